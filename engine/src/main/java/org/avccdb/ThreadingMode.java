package org.avccdb;

/** Which threads the database's own work runs on. */
public enum ThreadingMode {
    /** Writer, flush, compaction and hashing have a thread each, which may be pinned to a core. */
    DEDICATED,
    /** The writer has a thread, the background work another one, and the hashing of it a third. */
    SHARED,
    /**
     * No threads: callers step the work, in an order that {@link Options#invokerSeed} decides. For tests that must run the
     * same way twice.
     */
    INVOKER
}
