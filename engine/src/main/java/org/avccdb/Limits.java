package org.avccdb;

/** The limits of what is written and of options, as constants; those of a file format are in its descriptor. */
public final class Limits {
    /** Longest key, in bytes. */
    public static final int MAX_KEY_BYTES = 0xFFFF;

    /** Highest version that a write may have. */
    public static final long MAX_VERSION = Long.MAX_VALUE - 1;

    /** Largest write, in bytes as {@link WriteBatch#byteSize} counts them: batches are in one array, journals in one file. */
    public static final int MAX_BATCH_BYTES = (1 << 30) - 1;

    /** Highest {@link Options#maxValueBytes}: a put of such a value with the longest key is still a batch. */
    public static final int MAX_VALUE_BYTES = (1 << 30) - (128 << 10);

    /** Levels of tables, level 0 included. */
    public static final int LEVELS = 7;

    static final int MIN_WRITE_BUFFER_BYTES = 16 << 10;
    static final int MAX_WRITE_BUFFER_BYTES = (1 << 30) - 1;
    static final int MAX_FROZEN_MEMTABLES = 64;
    static final int MAX_ARENA_POOL = 64;

    static final int MIN_BLOCK_BYTES = 256;
    static final int MAX_BLOCK_BYTES = 16 << 20;
    static final int MAX_RESTART_INTERVAL = 1024;
    static final int MAX_FILTER_BITS_PER_KEY = 64;
    static final int MAX_OPEN_FILES = 1 << 20;

    static final int MIN_TABLE_BYTES = 1 << 10;
    static final int MAX_TABLE_BYTES = 1 << 30;
    static final double MAX_MULTIPLIER = 1000;
    static final int MAX_L0_TABLES = 10_000;

    static final int MIN_MANIFEST_BYTES = 4 << 10;
    static final int MIN_JOURNAL_SEGMENT_BYTES = 16 << 10;
    static final int MAX_JOURNAL_SEGMENT_BYTES = 1 << 30;

    static final int MIN_RING_SLOTS = 8;
    static final int MAX_RING_SLOTS = 1 << 20;
    static final int MAX_CORE = 1 << 16;

    /** Far above any disk, far below where sums overflow. */
    static final long MAX_BYTES = 1L << 50;

    private Limits() {}
}
