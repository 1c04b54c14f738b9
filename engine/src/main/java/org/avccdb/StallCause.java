package org.avccdb;

/** Why writes are slowed down or wait. */
public enum StallCause {
    /** Level 0 has at least {@link Options#writeL0SlowdownTrigger} tables: each write waits a little. */
    LEVEL0_SLOWDOWN,
    /** Level 0 has {@link Options#writeL0PauseTrigger} tables: writes wait for compaction. */
    LEVEL0_PAUSE,
    /** {@link Options#maxFrozenMemtables} wait to be flushed. */
    FROZEN_MEMTABLES,
    /** The next memtable or journal segment is not ready yet. */
    ROTATION
}
