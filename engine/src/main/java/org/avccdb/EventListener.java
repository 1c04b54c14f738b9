package org.avccdb;

/**
 * Is told what the database does beside its callers' work.
 *
 * <p>The methods are called one after the other on a thread of their own, {@code avccdb-events}; with {@link
 * ThreadingMode#INVOKER} by whoever steps the database's work. They hold up no write, flush or compaction, and may use the
 * database. Closing it waits two seconds at most for what is left to be told. What they throw is written to the database's log,
 * and goes no further. All do nothing unless they are overridden.
 */
public interface EventListener {
    /** A listener that does nothing. */
    EventListener NONE = new EventListener() {};

    /**
     * Frozen memtables begin to be written to tables.
     *
     * @param event which
     */
    default void flushBegun(final FlushBegun event) {}

    /**
     * Frozen memtables are in tables, durably.
     *
     * @param event which
     */
    default void flushCompleted(final FlushCompleted event) {}

    /**
     * Tables begin to be merged.
     *
     * @param event which
     */
    default void compactionBegun(final CompactionBegun event) {}

    /**
     * Tables are merged, durably.
     *
     * @param event which
     */
    default void compactionCompleted(final CompactionCompleted event) {}

    /**
     * A table is part of the database now.
     *
     * @param event which
     */
    default void tableCreated(final TableCreated event) {}

    /**
     * A table's file has been deleted.
     *
     * @param event which
     */
    default void tableDeleted(final TableDeleted event) {}

    /**
     * Writes begin to wait. The small delays of {@link StallCause#LEVEL0_SLOWDOWN} are not told, but counted in {@link
     * Stats.Writes}.
     *
     * @param event why
     */
    default void writeStallBegun(final WriteStallBegun event) {}

    /**
     * Writes do not wait any more.
     *
     * @param event why they did not, and for how long
     */
    default void writeStallEnded(final WriteStallEnded event) {}

    /**
     * A memtable was full and a new one has taken its place.
     *
     * @param event what was in it
     */
    default void rotated(final Rotated event) {}

    /**
     * A flush, a compaction or other background work failed; it will be tried again.
     *
     * @param event what failed
     */
    default void backgroundError(final BackgroundError event) {}

    /**
     * The database accepts no more writes until it is reopened.
     *
     * @param event why
     */
    default void writingStopped(final WritingStopped event) {}

    /**
     * See {@link #flushBegun}.
     *
     * @param memtables how many memtables
     * @param records how many records are in them
     * @param dataBytes bytes of their keys and values
     */
    record FlushBegun(int memtables, long records, long dataBytes) {}

    /**
     * See {@link #flushCompleted}.
     *
     * @param memtables how many memtables
     * @param records how many records were in them
     * @param dataBytes bytes of their keys and values
     * @param level where the tables went
     * @param tables how many tables were written
     * @param tableBytes their size
     * @param nanos how long it took
     */
    record FlushCompleted(
            int memtables, long records, long dataBytes, int level, int tables, long tableBytes, long nanos) {}

    /**
     * See {@link #compactionBegun}.
     *
     * @param cause why
     * @param level the level that the tables come from
     * @param targetLevel the level that they are merged into
     * @param tables how many tables are read
     * @param bytes their bytes together
     */
    record CompactionBegun(CompactionCause cause, int level, int targetLevel, int tables, long bytes) {}

    /**
     * See {@link #compactionCompleted}.
     *
     * @param cause why
     * @param level the level that the tables came from
     * @param targetLevel the level that they were merged into
     * @param moved whether a table only changed its level
     * @param tablesRead how many tables were read
     * @param tablesWritten how many tables were written
     * @param bytesRead bytes of the tables read
     * @param bytesWritten bytes of the tables written
     * @param nanos how long it took
     */
    record CompactionCompleted(
            CompactionCause cause,
            int level,
            int targetLevel,
            boolean moved,
            int tablesRead,
            int tablesWritten,
            long bytesRead,
            long bytesWritten,
            long nanos) {}

    /**
     * See {@link #tableCreated}.
     *
     * @param table its number
     * @param level its level
     * @param bytes its size
     * @param records how many records it has
     */
    record TableCreated(long table, int level, long bytes, long records) {}

    /**
     * See {@link #tableDeleted}.
     *
     * @param table its number
     * @param bytes its size
     */
    record TableDeleted(long table, long bytes) {}

    /**
     * See {@link #writeStallBegun}.
     *
     * @param cause why
     */
    record WriteStallBegun(StallCause cause) {}

    /**
     * See {@link #writeStallEnded}.
     *
     * @param cause why
     * @param nanos for how long
     */
    record WriteStallEnded(StallCause cause, long nanos) {}

    /**
     * See {@link #rotated}.
     *
     * @param records how many records are in the full memtable
     * @param dataBytes bytes of their keys and values
     * @param nanos how long writes waited for it
     */
    record Rotated(long records, long dataBytes, long nanos) {}

    /**
     * See {@link #backgroundError}.
     *
     * @param work what failed, in words
     * @param error why
     */
    record BackgroundError(String work, Throwable error) {}

    /**
     * See {@link #writingStopped}.
     *
     * @param reason why, in words
     * @param error the failure behind it, or null where somebody asked for it
     */
    record WritingStopped(String reason, Throwable error) {}
}
