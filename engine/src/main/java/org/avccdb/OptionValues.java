package org.avccdb;

import java.util.HashMap;
import java.util.Map;

/** The values of all options, and what they mean. Immutable; the engine asks for each once, not on its hot paths. */
abstract class OptionValues {
    private final Map<Option<?>, Object> values;
    private final EventListener eventListener;

    /** What is not given has its default. */
    OptionValues(final Map<Option<?>, Object> values, final EventListener eventListener) {
        final Map<Option<?>, Object> complete = new HashMap<>();
        OptionTable.all().forEach(option -> complete.put(option, values.getOrDefault(option, option.defaultValue())));
        this.values = Map.copyOf(complete);
        this.eventListener = eventListener;
    }

    @SuppressWarnings("unchecked") // values are put in together with the option of their type only
    final <T> T get(final Option<T> option) {
        return (T) values.get(option);
    }

    final Map<Option<?>, Object> values() {
        return values;
    }

    /**
     * Size of a memtable; a write of any size works all the same. 16 KiB to 1 GiB - 1; the default is 32 MiB (avccDB:
     * 4 MiB): fewer and larger level-0 tables, so less to merge, while the skip list still finds its way within a few
     * cache misses.
     *
     * @return size of a memtable
     */
    public int writeBufferBytes() {
        return get(OptionTable.WRITE_BUFFER_BYTES);
    }

    /**
     * How many full memtables may wait to be flushed before writes wait too. 1 to 64; the default is 2: one is written
     * while another one waits, so that a burst does not stall.
     *
     * @return most memtables that may wait for a flush
     */
    public int maxFrozenMemtables() {
        return get(OptionTable.MAX_FROZEN_MEMTABLES);
    }

    /**
     * How many memtable arenas are kept for their next use, so that a rotation need not ask the system for memory. 0
     * to 64; the default is 3: one for each memtable that may exist.
     *
     * @return arenas kept for their next use
     */
    public int arenaPoolSize() {
        return get(OptionTable.ARENA_POOL_SIZE);
    }

    /**
     * Size of a table's blocks before compression: what a point lookup decompresses. 256 B to 16 MiB; the default is 4
     * KiB.
     *
     * @return size of a block
     */
    public int blockBytes() {
        return get(OptionTable.BLOCK_BYTES);
    }

    /**
     * After how many records in a block a key is written whole again. 1 to 1024; the default is 4
     * (avccDB: 16): a lookup walks over one or two records instead of seven or
     * eight, each in cache lines of its own; files are 3% larger.
     *
     * @return records from one whole key to the next
     */
    public int blockRestartInterval() {
        return get(OptionTable.BLOCK_RESTART_INTERVAL);
    }

    /**
     * How blocks are compressed. The default is LZ4: it costs less than the reading it saves.
     *
     * @return how blocks are compressed
     */
    public Compression compression() {
        return get(OptionTable.COMPRESSION);
    }

    /**
     * Bits of a table's filter for each of its keys; 0 for no filters. 0 to 64; the default is 10: one lookup in a
     * hundred looks into a table in vain.
     *
     * @return bits for each key, 0 for no filters
     */
    public int filterBitsPerKey() {
        return get(OptionTable.FILTER_BITS_PER_KEY);
    }

    /**
     * Native memory for blocks of tables, uncompressed; 0 for no cache. The default is 256 MiB (avccDB: 8 MiB): it
     * grows to that only where so much is read, and a block found here takes half the time of one to be decompressed.
     *
     * @return size of the cache, 0 for none
     */
    public long blockCacheBytes() {
        return get(OptionTable.BLOCK_CACHE_BYTES);
    }

    /**
     * How many tables are kept open while nobody reads them; 0 for none. 0 to 1,048,576; the default is 500: half of
     * the files that a process may usually have open.
     *
     * @return most tables kept open
     */
    public int openFilesCacheCapacity() {
        return get(OptionTable.OPEN_FILES_CACHE_CAPACITY);
    }

    /**
     * Size of a table that compaction writes into level 1. 1 KiB to 1 GiB; the default is 8 MiB (avccDB: 2 MiB): a
     * quarter of the files, while a compaction still comes in small steps.
     *
     * @return size of a table
     */
    public int compactionTableBytes() {
        return get(OptionTable.COMPACTION_TABLE_BYTES);
    }

    /**
     * How much larger the tables of each deeper level are. 1 to 1000; the default is 1.
     *
     * @return how much larger the tables of the next level are
     */
    public double compactionTableSizeMultiplier() {
        return get(OptionTable.COMPACTION_TABLE_SIZE_MULTIPLIER);
    }

    /**
     * Size of level 1, above which it is merged into the next. From 1 KiB; the default is 256 MiB (avccDB: 10 MiB):
     * what comes from level 0 waits until it is as much as it overlaps there, so that neither is merged into the other
     * again and again.
     *
     * @return size of level 1
     */
    public long compactionTotalBytes() {
        return get(OptionTable.COMPACTION_TOTAL_BYTES);
    }

    /**
     * How much larger each deeper level is. 1 to 1000; the default is 10.
     *
     * @return how much larger the next level is
     */
    public double compactionTotalSizeMultiplier() {
        return get(OptionTable.COMPACTION_TOTAL_SIZE_MULTIPLIER);
    }

    /**
     * From how many tables on level 0 is merged: into level 1 where that is worth it, else its newest tables, of about
     * one size, into one. 1 to 10,000; the default is 4.
     *
     * @return tables from which on level 0 is merged
     */
    public int compactionL0Trigger() {
        return get(OptionTable.COMPACTION_L0_TRIGGER);
    }

    /**
     * From how many tables in level 0 on writes are slowed down, more with each further table. At least {@link
     * #compactionL0Trigger}; the default is 20, or {@link #writeL0PauseTrigger} where that is lower.
     *
     * @return tables from which on writes are slowed down
     */
    public int writeL0SlowdownTrigger() {
        return get(OptionTable.WRITE_L0_SLOWDOWN_TRIGGER);
    }

    /**
     * From how many tables in level 0 on writes wait for compaction. At least {@link #writeL0SlowdownTrigger}; the
     * default is 36.
     *
     * @return tables from which on writes wait
     */
    public int writeL0PauseTrigger() {
        return get(OptionTable.WRITE_L0_PAUSE_TRIGGER);
    }

    /**
     * Accepted for those who bring their settings along; it has no effect, because there are no compactions that are
     * caused by reads.
     *
     * @return has no effect
     */
    public boolean disableSeeksCompaction() {
        return get(OptionTable.DISABLE_SEEKS_COMPACTION);
    }

    /**
     * How fast compaction may write while nobody waits for it; 0, the default, for no limit.
     *
     * @return the limit, 0 for none
     */
    public long compactionRateBytesPerSecond() {
        return get(OptionTable.COMPACTION_RATE);
    }

    /**
     * From which size on the manifest is written anew. 4 KiB to 1 GiB; the default is 64 MiB.
     *
     * @return size from which on the manifest is written anew
     */
    public long maxManifestBytes() {
        return get(OptionTable.MAX_MANIFEST_BYTES);
    }

    /**
     * Longest value that is accepted. 0 to 1 GiB - 128 KiB; the default is 64 MiB.
     *
     * @return longest value that is accepted
     */
    public int maxValueBytes() {
        return get(OptionTable.MAX_VALUE_BYTES);
    }

    /**
     * Whether each write goes to the journal alone, as with {@link WriteOptions#noMerge}. The default is false.
     *
     * @return whether each write goes to the journal alone
     */
    public boolean noWriteMerge() {
        return get(OptionTable.NO_WRITE_MERGE);
    }

    /**
     * Whether nothing is ever synced, whatever the writes ask for: much may then be lost with the power, and the
     * database with it. For what can be made again. The default is false.
     *
     * @return whether nothing is ever synced
     */
    public boolean noSync() {
        return get(OptionTable.NO_SYNC);
    }

    /**
     * Whether the database is only read: it shares its directory with other readers, writes nothing there, and replays
     * journals in memory. The default is false.
     *
     * @return whether the database is only read
     */
    public boolean readOnly() {
        return get(OptionTable.READ_ONLY);
    }

    /**
     * Whether a database that is there already is refused with a {@link DatabaseExistsException}. The default is
     * false.
     *
     * @return whether a database that is there already is refused
     */
    public boolean errorIfExists() {
        return get(OptionTable.ERROR_IF_EXISTS);
    }

    /**
     * Whether a database that is not there is refused with a {@link DatabaseMissingException} instead of being
     * created. The default is false.
     *
     * @return whether a database that is not there is refused
     */
    public boolean errorIfMissing() {
        return get(OptionTable.ERROR_IF_MISSING);
    }

    /**
     * Whether a batch larger than the write buffer goes through the journal all the same, instead of into tables
     * directly. The default is false.
     *
     * @return whether large batches go through the journal
     */
    public boolean disableLargeBatchTransaction() {
        return get(OptionTable.DISABLE_LARGE_BATCH_TRANSACTION);
    }

    /**
     * In which order versions may be written; an existing database is opened only with the order it was created with.
     * The default is ARBITRARY.
     *
     * @return the order
     */
    public VersionOrder versionOrder() {
        return get(OptionTable.VERSION_ORDER);
    }

    /**
     * Whether answers can be proven. The default is MERKLE.
     *
     * @return whether answers can be proven
     */
    public Authentication authentication() {
        return get(OptionTable.AUTHENTICATION);
    }

    /**
     * Whether more is checked than has to be: the checksum of a block that is not compressed each time that it is read, and
     * not only the first time, and in a compaction that each table has the root that it is known by. The default is false.
     *
     * @return whether more is checked
     */
    public boolean paranoidChecks() {
        return get(OptionTable.PARANOID_CHECKS);
    }

    /**
     * How many writes may be on their way to the writer. A power of two, 8 to 1,048,576; the default is 1024: more
     * than can wait for one sync.
     *
     * @return most writes on their way
     */
    public int ringSlots() {
        return get(OptionTable.RING_SLOTS);
    }

    /**
     * How many threads write. The default is MULTI.
     *
     * @return how many threads write
     */
    public ProducerType producerType() {
        return get(OptionTable.PRODUCER_TYPE);
    }

    /**
     * Which threads the database's own work runs on. The default is DEDICATED where the process has at least 4 cores,
     * else SHARED: threads of their own would only take the cores from their callers.
     *
     * @return which threads there are
     */
    public ThreadingMode threadingMode() {
        return get(OptionTable.THREADING_MODE);
    }

    /**
     * What decides the order of the work in {@link ThreadingMode#INVOKER}. The default is 0.
     *
     * @return what decides the order
     */
    public long invokerSeed() {
        return get(OptionTable.INVOKER_SEED);
    }

    /**
     * The core that each role's thread is pinned to; roles that are not in it run anywhere. Needs the library affinity
     * on the class path; without it, threads run anywhere. The default is empty.
     *
     * @return the core of each role
     */
    public Map<ThreadRole, Integer> pinning() {
        return get(OptionTable.PINNING);
    }

    /**
     * Size of a journal segment. 16 KiB to 1 GiB; 0, the default, for 4 MiB, or the write buffer where that is smaller.
     *
     * @return size of a segment, 0 to derive it
     */
    public int journalSegmentBytes() {
        return get(OptionTable.JOURNAL_SEGMENT_BYTES);
    }

    /**
     * How much memory flushed memtables may take that only open snapshots and cursors still need; beyond it they are
     * written to private tables and let go. The default is 256 MiB.
     *
     * @return most memory for what is only read
     */
    public long pinnedMemoryBytes() {
        return get(OptionTable.PINNED_MEMORY_BYTES);
    }

    /**
     * Is told what the database does. Not saved. The default is {@link EventListener#NONE}.
     *
     * @return who is told
     */
    public EventListener eventListener() {
        return eventListener;
    }

    /**
     * Size of the tables of a level, which grows with {@link Options#compactionTableSizeMultiplier}.
     *
     * @param level 1 or deeper
     * @return the size, 1 GiB at most
     */
    public int compactionTableBytes(final int level) {
        final double bytes = compactionTableBytes() * Math.pow(compactionTableSizeMultiplier(), Math.max(0, level - 1));
        return (int) Math.min(bytes, Limits.MAX_TABLE_BYTES);
    }

    /**
     * Size of a level, which grows with {@link Options#compactionTotalSizeMultiplier}.
     *
     * @param level 1 or deeper
     * @return the size above which it is merged into the next level
     */
    public long compactionTotalBytes(final int level) {
        final double bytes = compactionTotalBytes() * Math.pow(compactionTotalSizeMultiplier(), Math.max(0, level - 1));
        return (long) Math.min(bytes, Limits.MAX_BYTES);
    }

    /** Refuses values that are out of range, or do not go together. */
    final void check() {
        OptionTable.all().forEach(this::checkRange);
        checkOrder("writeL0SlowdownTrigger", writeL0SlowdownTrigger(), "compactionL0Trigger", compactionL0Trigger());
        checkOrder("writeL0PauseTrigger", writeL0PauseTrigger(), "writeL0SlowdownTrigger", writeL0SlowdownTrigger());
    }

    private <T> void checkRange(final Option<T> option) {
        option.check(get(option));
    }

    private static void checkOrder(final String name, final int value, final String lowerName, final int lower) {
        if (value < lower) {
            throw new IllegalArgumentException(
                    "option " + name + " is " + value + ", but must be at least " + lowerName + ", which is " + lower);
        }
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof OptionValues that
                && values.equals(that.values)
                && eventListener.equals(that.eventListener);
    }

    @Override
    public int hashCode() {
        return values.hashCode() * 31 + eventListener.hashCode();
    }

    /** All values, as they are saved, in one line. */
    @Override
    public String toString() {
        return "Options[" + String.join(", ", OptionText.lines(this)) + "]";
    }
}
