package org.avccdb.engine.metrics;

import java.util.ArrayList;
import java.util.List;
import org.avccdb.EventListener.CompactionCompleted;
import org.avccdb.EventListener.FlushCompleted;
import org.avccdb.Latency;
import org.avccdb.Limits;
import org.avccdb.Stats;

/**
 * What a database counts and measures. Nothing here waits or makes garbage, but for {@link #stats}.
 *
 * <ol>
 *   <li>The methods that say so are called with the writer's role only; any thread may call the others.
 *   <li>Any thread may ask for {@link #stats} at any time.
 * </ol>
 */
public final class Metrics {
    private final Counters counters = new Counters();
    private final Latencies latencies = new Latencies();
    private final List<LevelCounters> levels = new ArrayList<>();

    private final RoleCounter calls = new RoleCounter();
    private final RoleCounter groups = new RoleCounter();
    private final RoleCounter records = new RoleCounter();
    private final RoleCounter bytes = new RoleCounter();
    private final RoleCounter syncs = new RoleCounter();
    private final RoleCounter syncNanos = new RoleCounter();
    private final RoleCounter rotations = new RoleCounter();
    private final RoleCounter delays = new RoleCounter();
    private final RoleCounter delayNanos = new RoleCounter();
    private final RoleCounter pauses = new RoleCounter();
    private final RoleCounter pauseNanos = new RoleCounter();
    private volatile boolean paused;

    public Metrics() {
        for (int i = 0; i < Limits.LEVELS; i++) {
            levels.add(new LevelCounters());
        }
    }

    /** A merge group is visible. Writer's role. */
    public void committed(final int callsOfGroup, final int recordsOfGroup, final long bytesOfGroup) {
        calls.add(callsOfGroup);
        groups.add(1);
        records.add(recordsOfGroup);
        bytes.add(bytesOfGroup);
    }

    /** The journal was synced. Writer's role. */
    public void synced(final long nanos) {
        syncs.add(1);
        syncNanos.add(nanos);
        latencies.record(Latency.JOURNAL_SYNC, nanos);
    }

    /** Memtable and journal segment were changed. Writer's role. */
    public void rotated(final long nanos) {
        rotations.add(1);
        latencies.record(Latency.ROTATION, nanos);
    }

    /** Writes were slowed down. Writer's role. */
    public void delayed(final long nanos) {
        delays.add(1);
        delayNanos.add(nanos);
        latencies.record(Latency.STALL, nanos);
    }

    /** Writes wait from now on. Writer's role. */
    public void pauseBegun() {
        paused = true;
    }

    /** Writes go on. Writer's role. */
    public void pauseEnded(final long nanos) {
        paused = false;
        pauses.add(1);
        pauseNanos.add(nanos);
        latencies.record(Latency.STALL, nanos);
    }

    public void flushed(final FlushCompleted flush) {
        counters.increment(Counter.FLUSHES);
        counters.add(Counter.FILE_BYTES_WRITTEN, flush.tableBytes());
        levels.get(flush.level()).flushed(flush.tableBytes(), flush.nanos());
        latencies.record(Latency.FLUSH, flush.nanos());
    }

    public void compacted(final CompactionCompleted compaction) {
        counters.increment(compaction.level() == 0 ? Counter.LEVEL0_COMPACTIONS : Counter.DEEPER_COMPACTIONS);
        if (compaction.moved()) {
            counters.increment(Counter.MOVES);
        }
        counters.add(Counter.FILE_BYTES_READ, compaction.bytesRead());
        counters.add(Counter.FILE_BYTES_WRITTEN, compaction.bytesWritten());
        levels.get(compaction.targetLevel())
                .compacted(compaction.bytesRead(), compaction.bytesWritten(), compaction.nanos());
        latencies.record(Latency.COMPACTION, compaction.nanos());
    }

    /** For what is not counted by the methods above. */
    public Counters counters() {
        return counters;
    }

    /** Measures what is not measured by the methods above. Callers on hot paths measure one in several. */
    public void record(final Latency latency, final long nanos) {
        latencies.record(latency, nanos);
    }

    /** A picture of everything. */
    public Stats stats(final Gauges gauges) {
        return new Stats(
                new Stats.Writes(
                        calls.get(),
                        groups.get(),
                        records.get(),
                        bytes.get(),
                        delays.get(),
                        delayNanos.get(),
                        pauses.get(),
                        pauseNanos.get(),
                        paused,
                        gauges.queued(),
                        gauges.queueSlots()),
                new Stats.Journal(gauges.journalBytes(), syncs.get(), syncNanos.get(), rotations.get()),
                gauges.memtables(),
                gauges.blockCache(),
                levels(gauges.levels()),
                new Stats.Compactions(
                        counters.get(Counter.FLUSHES),
                        counters.get(Counter.LEVEL0_COMPACTIONS),
                        counters.get(Counter.DEEPER_COMPACTIONS),
                        counters.get(Counter.MOVES),
                        0,
                        counters.get(Counter.BACKGROUND_ERRORS)),
                new Stats.Files(
                        counters.get(Counter.FILE_BYTES_READ),
                        // The journal's part is counted by the writer, at less cost.
                        counters.get(Counter.FILE_BYTES_WRITTEN) + bytes.get(),
                        gauges.openTables()),
                gauges.readers(),
                gauges.nativeMemory(),
                latencies.all());
    }

    private List<Stats.Level> levels(final List<Gauges.LevelSize> sizes) {
        final List<Stats.Level> pictures = new ArrayList<>();
        for (int i = 0; i < sizes.size(); i++) {
            final LevelCounters done = levels.get(i);
            pictures.add(new Stats.Level(
                    sizes.get(i).tables(),
                    sizes.get(i).bytes(),
                    done.compactions(),
                    done.bytesRead(),
                    done.bytesWritten(),
                    done.nanos()));
        }
        return pictures;
    }
}
