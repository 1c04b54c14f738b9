package org.avccdb;

/** What {@link Stats} has latencies of, in nanoseconds. */
public enum Latency {
    /** A write without sync, from the call to its return; one call in several is measured. */
    PUT,
    /** A write that waits for the disk, from the call to its return. */
    SYNC_WAIT,
    /** A point lookup; one call in several is measured. */
    GET,
    /** A sync of the journal by the writer. */
    JOURNAL_SYNC,
    /** Changing to the next memtable and journal segment, while writes wait. */
    ROTATION,
    /** Writes waiting for flush or compaction, or slowed down for them. */
    STALL,
    /** Writing frozen memtables to tables. */
    FLUSH,
    /** Merging tables. */
    COMPACTION
}
