package org.avccdb;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.Histogram;
import org.avccdb.memdb.MemoryPurpose;

/**
 * What a database has done since it was opened, and what it holds. An immutable picture: its parts were read one after the
 * other while work went on, so sums may be off by what happened meanwhile.
 */
public final class Stats {
    private final Writes writes;
    private final Journal journal;
    private final Memtables memtables;
    private final BlockCache blockCache;
    private final List<Level> levels;
    private final Compactions compactions;
    private final Files files;
    private final Readers readers;
    private final Map<MemoryPurpose, Long> nativeMemory;
    private final Map<Latency, Histogram> latencies;

    /**
     * Made by the database.
     *
     * @param writes the writes
     * @param journal the journal
     * @param memtables the memtables
     * @param blockCache the block cache
     * @param levels the levels, from level 0 on
     * @param compactions flushes and compactions
     * @param files what was read from files and written to them
     * @param readers what is open
     * @param nativeMemory bytes of native memory for each purpose
     * @param latencies times in nanoseconds; copied
     */
    public Stats(
            final Writes writes,
            final Journal journal,
            final Memtables memtables,
            final BlockCache blockCache,
            final List<Level> levels,
            final Compactions compactions,
            final Files files,
            final Readers readers,
            final Map<MemoryPurpose, Long> nativeMemory,
            final Map<Latency, ? extends AbstractHistogram> latencies) {
        this.writes = writes;
        this.journal = journal;
        this.memtables = memtables;
        this.blockCache = blockCache;
        this.levels = List.copyOf(levels);
        this.compactions = compactions;
        this.files = files;
        this.readers = readers;
        this.nativeMemory = Map.copyOf(nativeMemory);
        this.latencies = new EnumMap<>(Latency.class);
        latencies.forEach((latency, histogram) -> this.latencies.put(latency, copy(histogram)));
    }

    /**
     * Only as long as its longest time: whoever asks once a second should not fill the heap. It is consistent in itself, because
     * its total is counted anew from what was copied.
     */
    private static Histogram copy(final AbstractHistogram histogram) {
        final Histogram copy = new Histogram(histogram.getNumberOfSignificantValueDigits());
        copy.add(histogram);
        return copy;
    }

    /**
     * The writes.
     *
     * @param calls writes that callers made; a batch is one
     * @param mergeGroups groups in which they went to the journal
     * @param records records in them
     * @param bytes bytes of them in the journal
     * @param delays how often writes were slowed down
     * @param delayNanos for how long altogether
     * @param pauses how often writes waited for flush or compaction
     * @param pauseNanos for how long altogether
     * @param paused whether they do now
     * @param queued writes in the ring now
     * @param queueSlots how many have room there
     */
    public record Writes(
            long calls,
            long mergeGroups,
            long records,
            long bytes,
            long delays,
            long delayNanos,
            long pauses,
            long pauseNanos,
            boolean paused,
            int queued,
            int queueSlots) {}

    /**
     * The journal.
     *
     * @param bytes length of the segments that were begun since the database was opened and are still needed
     * @param syncs how often it was synced
     * @param syncNanos how long that took altogether
     * @param rotations how often a new memtable and segment were begun
     */
    public record Journal(long bytes, long syncs, long syncNanos, long rotations) {}

    /**
     * The memtables.
     *
     * @param activeBytes bytes of keys and values in the one that is written to
     * @param frozen how many wait to be flushed
     * @param frozenBytes bytes of keys and values in them
     * @param pinnedBytes memory of flushed ones that open snapshots and cursors still need
     * @param oldestPinNanos age of the oldest snapshot or cursor that is open, 0 where there is none
     */
    public record Memtables(long activeBytes, int frozen, long frozenBytes, long pinnedBytes, long oldestPinNanos) {}

    /**
     * The cache of uncompressed blocks.
     *
     * @param capacityBytes how much it may hold, 0 where there is none
     * @param bytes how much it holds
     * @param hits how often a block was found in it
     * @param misses how often one was not
     */
    public record BlockCache(long capacityBytes, long bytes, long hits, long misses) {}

    /**
     * One level of tables.
     *
     * @param tables how many there are
     * @param bytes their bytes
     * @param compactions how often something was merged into it
     * @param bytesRead what was read for that
     * @param bytesWritten what was written to it by that, and by flushes
     * @param nanos how long that took altogether
     */
    public record Level(int tables, long bytes, long compactions, long bytesRead, long bytesWritten, long nanos) {}

    /**
     * Flushes and compactions.
     *
     * @param flushes how often memtables were written to tables
     * @param ofLevel0 compactions of level 0
     * @param ofDeeperLevels compactions of deeper levels
     * @param moves how many of both only gave a table another level
     * @param bySeeks compactions that were caused by reads: there are none
     * @param errors background work that failed and was tried again
     */
    public record Compactions(
            long flushes, long ofLevel0, long ofDeeperLevels, long moves, long bySeeks, long errors) {}

    /**
     * Files.
     *
     * @param bytesRead bytes that the background work has read
     * @param bytesWritten bytes of tables that flushes and compactions have written, and of operations written to the journal
     * @param openTables tables that are open now
     */
    public record Files(long bytesRead, long bytesWritten, int openTables) {}

    /**
     * What is open now.
     *
     * @param snapshots snapshots
     * @param cursors cursors
     */
    public record Readers(int snapshots, int cursors) {}

    /**
     * The writes.
     *
     * @return what callers wrote and how they were held up
     */
    public Writes writes() {
        return writes;
    }

    /**
     * The journal.
     *
     * @return its size, syncs and rotations
     */
    public Journal journal() {
        return journal;
    }

    /**
     * The memtables.
     *
     * @return what is in memory only, and what is pinned there
     */
    public Memtables memtables() {
        return memtables;
    }

    /**
     * The block cache.
     *
     * @return its size, hits and misses
     */
    public BlockCache blockCache() {
        return blockCache;
    }

    /**
     * The levels of tables.
     *
     * @return one for each, from level 0 on
     */
    public List<Level> levels() {
        return levels;
    }

    /**
     * Flushes and compactions.
     *
     * @return how many there were
     */
    public Compactions compactions() {
        return compactions;
    }

    /**
     * Files.
     *
     * @return what was read and written, and what is open
     */
    public Files files() {
        return files;
    }

    /**
     * Snapshots and cursors.
     *
     * @return how many are open
     */
    public Readers readers() {
        return readers;
    }

    /**
     * Native memory.
     *
     * @return bytes for each purpose
     */
    public Map<MemoryPurpose, Long> nativeMemory() {
        return nativeMemory;
    }

    /**
     * How long things took.
     *
     * @param latency which
     * @return a copy of the histogram, in nanoseconds, within a hundredth
     */
    public Histogram latency(final Latency latency) {
        return latencies.get(latency).copy();
    }

    /**
     * The same as tables for people.
     *
     * @return several lines
     */
    @Override
    public String toString() {
        return StatsTable.of(this);
    }
}
