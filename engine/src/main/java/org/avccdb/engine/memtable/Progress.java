package org.avccdb.engine.memtable;

/**
 * What the writes so far have brought the database to.
 *
 * @param lastSequence the sequence number of the last record
 * @param appliedPosition the caller's number that the last batch with one carried
 * @param highestVersion the highest version that was ever put
 */
public record Progress(long lastSequence, long appliedPosition, long highestVersion) {}
