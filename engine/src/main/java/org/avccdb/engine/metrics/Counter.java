package org.avccdb.engine.metrics;

/** What any thread counts. */
public enum Counter {
    /** Bytes that background work has read from files. */
    FILE_BYTES_READ,
    /** Bytes written to files. */
    FILE_BYTES_WRITTEN,
    FLUSHES,
    LEVEL0_COMPACTIONS,
    DEEPER_COMPACTIONS,
    /** Compactions that only gave a table another level; they are counted among the others too. */
    MOVES,
    /** Background work that failed and is tried again. */
    BACKGROUND_ERRORS
}
