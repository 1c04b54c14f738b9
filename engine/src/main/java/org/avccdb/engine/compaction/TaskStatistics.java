package org.avccdb.engine.compaction;

/**
 * What a flush or a compaction has done so far.
 *
 * @param bytesRead length of the tables taken in, or the bytes of keys and values where memtables were
 * @param bytesWritten length of the tables written
 * @param recordsRead records taken in
 * @param recordsDropped how many of them were not written
 * @param tablesWritten tables finished
 * @param nanos time from its beginning to its end, or to now
 */
public record TaskStatistics(
        long bytesRead, long bytesWritten, long recordsRead, long recordsDropped, int tablesWritten, long nanos) {}
