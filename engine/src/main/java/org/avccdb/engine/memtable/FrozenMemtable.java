package org.avccdb.engine.memtable;

/**
 * A memtable that waits to become a table, with what the manifest must know once it has.
 *
 * @param memtable nobody writes to it any more; the holder of this object has a reference
 * @param nextJournal the oldest journal segment that is needed when it is in tables
 * @param progress what its writes have brought the database to
 */
public record FrozenMemtable(Memtable memtable, long nextJournal, Progress progress) {}
