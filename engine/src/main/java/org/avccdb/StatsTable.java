package org.avccdb;

import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** Statistics as people read them. */
final class StatsTable {
    private static final double MICROSECOND = 1_000;
    private static final double MILLISECOND = 1_000_000;
    private static final double KIB = 1 << 10;

    private final StringBuilder text = new StringBuilder(2_048);

    private StatsTable() {}

    static String of(final Stats stats) {
        final StatsTable table = new StatsTable();
        table.writes(stats.writes());
        table.storage(stats);
        table.levels(stats.levels());
        table.compactions(stats.compactions());
        table.latencies(stats);
        return table.text.toString();
    }

    private void writes(final Stats.Writes writes) {
        line(
                "writes         %d in %d groups, %d records, %s",
                writes.calls(), writes.mergeGroups(), writes.records(), size(writes.bytes()));
        line(
                "held up        %d times delayed, %s; %d times paused, %s; paused now: %s",
                writes.delays(),
                time(writes.delayNanos()),
                writes.pauses(),
                time(writes.pauseNanos()),
                writes.paused() ? "yes" : "no");
        line("queue          %d of %d slots", writes.queued(), writes.queueSlots());
    }

    private void storage(final Stats stats) {
        final Stats.Journal journal = stats.journal();
        line(
                "journal        %s, %d syncs, %s, %d rotations",
                size(journal.bytes()), journal.syncs(), time(journal.syncNanos()), journal.rotations());
        final Stats.Memtables memtables = stats.memtables();
        line(
                "memtables      active %s, %d frozen %s, pinned %s, oldest pin %s",
                size(memtables.activeBytes()),
                memtables.frozen(),
                size(memtables.frozenBytes()),
                size(memtables.pinnedBytes()),
                time(memtables.oldestPinNanos()));
        final Stats.BlockCache cache = stats.blockCache();
        line(
                "block cache    %s of %s, %d hits, %d misses",
                size(cache.bytes()), size(cache.capacityBytes()), cache.hits(), cache.misses());
        final Stats.Files files = stats.files();
        line(
                "files          %s read, %s written, %d tables open",
                size(files.bytesRead()), size(files.bytesWritten()), files.openTables());
        line(
                "open           %d snapshots, %d cursors",
                stats.readers().snapshots(), stats.readers().cursors());
        text.append("native memory ");
        new TreeMap<>(stats.nativeMemory())
                .forEach((purpose, bytes) ->
                        text.append(' ').append(purpose).append(' ').append(size(bytes)));
        text.append('\n');
    }

    private void levels(final List<Stats.Level> levels) {
        line("%n%5s %8s %12s %12s %12s %12s %12s", "level", "tables", "size", "compactions", "read", "written", "time");
        for (int i = 0; i < levels.size(); i++) {
            final Stats.Level level = levels.get(i);
            line(
                    "%5d %8d %12s %12d %12s %12s %12s",
                    i,
                    level.tables(),
                    size(level.bytes()),
                    level.compactions(),
                    size(level.bytesRead()),
                    size(level.bytesWritten()),
                    time(level.nanos()));
        }
    }

    private void compactions(final Stats.Compactions compactions) {
        line(
                "flushes %d, compactions of level 0 %d, of deeper levels %d, by seeks %d, moves %d, errors %d",
                compactions.flushes(),
                compactions.ofLevel0(),
                compactions.ofDeeperLevels(),
                compactions.bySeeks(),
                compactions.moves(),
                compactions.errors());
    }

    private void latencies(final Stats stats) {
        line("%n%-13s %10s %11s %11s %11s %11s %11s", "microseconds", "count", "p50", "p99", "p99.9", "p99.99", "max");
        for (final Latency latency : Latency.values()) {
            final Histogram histogram = stats.latency(latency);
            line(
                    "%-13s %10d %11.1f %11.1f %11.1f %11.1f %11.1f",
                    latency.name().toLowerCase(Locale.ROOT),
                    histogram.getTotalCount(),
                    histogram.getValueAtPercentile(50) / MICROSECOND,
                    histogram.getValueAtPercentile(99) / MICROSECOND,
                    histogram.getValueAtPercentile(99.9) / MICROSECOND,
                    histogram.getValueAtPercentile(99.99) / MICROSECOND,
                    histogram.getMaxValue() / MICROSECOND);
        }
    }

    private void line(final String format, final Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    static String size(final long bytes) {
        if (bytes < KIB) {
            return bytes + " B";
        }
        double size = bytes / KIB;
        for (final String unit : List.of("KiB", "MiB", "GiB")) {
            if (size < KIB) {
                return String.format(Locale.ROOT, "%.1f %s", size, unit);
            }
            size /= KIB;
        }
        return String.format(Locale.ROOT, "%.1f TiB", size);
    }

    static String time(final long nanos) {
        return nanos < MILLISECOND
                ? String.format(Locale.ROOT, "%.1f us", nanos / MICROSECOND)
                : String.format(Locale.ROOT, "%.1f ms", nanos / MILLISECOND);
    }
}
