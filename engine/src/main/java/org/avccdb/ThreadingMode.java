package org.avccdb;

/** Which threads the database's own work runs on. */
public enum ThreadingMode {
    /**
     * Writer, flush, compaction and hashing have a thread each, which may be pinned to a core. One more helps with the next
     * memtable while writers wait for a flush, and with long compactions while they hold writers up, and while nothing is
     * written, unless compactions are pinned.
     */
    DEDICATED,
    /** The writer has a thread, and all the background work another one; compactions are helped as in {@link #DEDICATED}. */
    SHARED,
    /**
     * No threads: callers step the work, in an order that {@link Options#invokerSeed} decides. For tests that must run the
     * same way twice.
     */
    INVOKER
}
