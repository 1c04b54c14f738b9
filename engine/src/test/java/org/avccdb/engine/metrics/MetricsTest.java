package org.avccdb.engine.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.avccdb.CompactionCause;
import org.avccdb.EventListener.CompactionCompleted;
import org.avccdb.EventListener.FlushCompleted;
import org.avccdb.Latency;
import org.avccdb.Limits;
import org.avccdb.Stats;
import org.avccdb.memdb.MemoryPurpose;
import org.junit.jupiter.api.Test;

class MetricsTest {
    private final Metrics metrics = new Metrics();

    static Gauges gauges() {
        final List<Gauges.LevelSize> levels = new ArrayList<>();
        for (int i = 0; i < Limits.LEVELS; i++) {
            levels.add(new Gauges.LevelSize(i + 1, 100L * (i + 1)));
        }
        return new Gauges(
                levels,
                new Stats.Memtables(1, 2, 3, 4, 5),
                new Stats.BlockCache(6, 7, 8, 9),
                new Stats.Readers(10, 11),
                Map.of(MemoryPurpose.MEMTABLE, 12L),
                13,
                14,
                15,
                16);
    }

    @Test
    void everythingIsInThePicture() {
        metrics.committed(1, 2, 3);
        metrics.committed(10, 20, 30);
        metrics.synced(40);
        metrics.rotated(50);
        metrics.delayed(60);
        metrics.pauseBegun();
        metrics.flushed(new FlushCompleted(1, 2, 3, 0, 1, 1_000, 70));
        metrics.compacted(new CompactionCompleted(CompactionCause.LEVEL0_COUNT, 0, 1, false, 4, 2, 400, 300, 80));
        metrics.compacted(new CompactionCompleted(CompactionCause.LEVEL_SIZE, 1, 2, true, 1, 0, 0, 0, 90));
        metrics.compacted(new CompactionCompleted(CompactionCause.RANGE, 0, 3, false, 1, 1, 10, 20, 100));
        metrics.counters().increment(Counter.BACKGROUND_ERRORS);
        metrics.counters().add(Counter.FILE_BYTES_READ, 7);
        final Stats stats = metrics.stats(gauges());

        assertEquals(new Stats.Writes(11, 2, 22, 33, 1, 60, 0, 0, true, 15, 16), stats.writes());
        assertEquals(new Stats.Journal(14, 1, 40, 1), stats.journal());
        assertEquals(new Stats.Memtables(1, 2, 3, 4, 5), stats.memtables());
        assertEquals(new Stats.BlockCache(6, 7, 8, 9), stats.blockCache());
        assertEquals(Limits.LEVELS, stats.levels().size());
        assertEquals(new Stats.Level(1, 100, 0, 0, 1_000, 70), stats.levels().get(0));
        assertEquals(new Stats.Level(2, 200, 1, 400, 300, 80), stats.levels().get(1));
        assertEquals(new Stats.Level(3, 300, 1, 0, 0, 90), stats.levels().get(2));
        assertEquals(new Stats.Level(4, 400, 1, 10, 20, 100), stats.levels().get(3));
        assertEquals(new Stats.Level(7, 700, 0, 0, 0, 0), stats.levels().get(6));
        assertEquals(new Stats.Compactions(1, 2, 1, 1, 0, 1), stats.compactions());
        assertEquals(new Stats.Files(417, 1_353, 13), stats.files());
        assertEquals(new Stats.Readers(10, 11), stats.readers());
        assertEquals(Map.of(MemoryPurpose.MEMTABLE, 12L), stats.nativeMemory());

        metrics.pauseEnded(500);
        final Stats.Writes after = metrics.stats(gauges()).writes();
        assertEquals(1, after.pauses());
        assertEquals(500, after.pauseNanos());
        assertFalse(after.paused());
    }

    @Test
    void eachLatencyHasItsHistogram() {
        metrics.synced(1_000);
        metrics.rotated(2_000);
        metrics.delayed(3_000);
        metrics.pauseEnded(4_000);
        metrics.flushed(new FlushCompleted(1, 2, 3, 0, 1, 4, 5_000));
        metrics.compacted(new CompactionCompleted(CompactionCause.RANGE, 0, 1, false, 1, 1, 1, 1, 6_000));
        metrics.record(Latency.PUT, 7_000);
        metrics.record(Latency.GET, 8_000);
        metrics.record(Latency.SYNC_WAIT, 9_000);
        final Map<Latency, Long> expected = new EnumMap<>(Map.of(
                Latency.JOURNAL_SYNC, 1_000L,
                Latency.ROTATION, 2_000L,
                Latency.STALL, 4_000L,
                Latency.FLUSH, 5_000L,
                Latency.COMPACTION, 6_000L,
                Latency.PUT, 7_000L,
                Latency.GET, 8_000L,
                Latency.SYNC_WAIT, 9_000L));
        assertEquals(Latency.values().length, expected.size());
        final Stats stats = metrics.stats(gauges());
        expected.forEach((latency, nanos) -> {
            final Histogram histogram = stats.latency(latency);
            assertEquals(latency == Latency.STALL ? 2 : 1, histogram.getTotalCount(), latency.name());
            assertNear(nanos, histogram.getMaxValue());
        });
    }

    private static void assertNear(final long expected, final long actual) {
        assertTrue(Math.abs(expected - actual) <= expected / 100, actual + " is not near " + expected);
    }

    @Test
    void timesOutOfRangeAreBroughtIntoIt() {
        metrics.record(Latency.GET, -5);
        metrics.record(Latency.GET, Long.MAX_VALUE);
        final Histogram histogram = metrics.stats(gauges()).latency(Latency.GET);
        assertEquals(2, histogram.getTotalCount());
        assertEquals(0, histogram.getMinValue());
        assertNear(Latencies.MAX_NANOS, histogram.getMaxValue());
    }

    @Test
    void aPictureDoesNotChange() {
        metrics.record(Latency.PUT, 1_000);
        metrics.committed(1, 1, 1);
        final Stats stats = metrics.stats(gauges());
        final String text = stats.toString();
        metrics.record(Latency.PUT, 2_000);
        metrics.committed(1, 1, 1);
        stats.latency(Latency.PUT).recordValue(3_000);
        stats.latency(Latency.PUT).reset();
        assertEquals(1, stats.latency(Latency.PUT).getTotalCount());
        assertEquals(1, stats.writes().calls());
        assertThrows(UnsupportedOperationException.class, () -> stats.levels().clear());
        assertThrows(
                UnsupportedOperationException.class, () -> stats.nativeMemory().clear());
        assertEquals(text, stats.toString());
        assertEquals(2, metrics.stats(gauges()).latency(Latency.PUT).getTotalCount());
    }

    @Test
    void aPictureHasNoRoomForTimesThatWereNot() {
        metrics.record(Latency.PUT, 1_000);
        metrics.record(Latency.FLUSH, Latencies.MAX_NANOS);
        final Stats stats = metrics.stats(gauges());
        final int whole = stats.latency(Latency.FLUSH).getEstimatedFootprintInBytes();
        for (final Latency latency : Latency.values()) {
            final int footprint = stats.latency(latency).getEstimatedFootprintInBytes();
            assertTrue(latency == Latency.FLUSH || footprint < whole / 4, () -> latency + ": " + footprint);
        }
    }

    @Test
    void nothingIsLostOfManyThreadsWhilePicturesAreTaken() throws InterruptedException {
        final int each = 20_000;
        final List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 3; t++) {
            final Thread thread = new Thread(() -> {
                for (int i = 1; i <= each; i++) {
                    metrics.record(Latency.GET, i);
                    metrics.counters().increment(Counter.MOVES);
                }
            });
            threads.add(thread);
            thread.start();
        }
        long last = 0;
        while (threads.stream().anyMatch(Thread::isAlive)) {
            final Histogram picture = metrics.stats(gauges()).latency(Latency.GET);
            assertTrue(picture.getTotalCount() >= last, "a count went down");
            last = picture.getTotalCount();
            long counted = 0;
            for (final var value : picture.recordedValues()) {
                counted += value.getCountAtValueIteratedTo();
            }
            assertEquals(last, counted, "the total is not that of the counts");
        }
        for (final Thread thread : threads) {
            thread.join();
        }
        final Stats stats = metrics.stats(gauges());
        assertEquals(3 * each, stats.latency(Latency.GET).getTotalCount());
        assertEquals(3 * each, stats.compactions().moves());
    }

    @Test
    void theTableNamesEverything() {
        metrics.committed(3, 7, 2_048);
        metrics.record(Latency.PUT, 4_000);
        final String text = metrics.stats(gauges()).toString();
        for (final String part : List.of(
                "writes         3 in 1 groups, 7 records, 2.0 KiB",
                "15 of 16 slots",
                "8 hits, 9 misses",
                "10 snapshots, 11 cursors",
                "MEMTABLE 12 B",
                "paused now: no")) {
            assertTrue(text.contains(part), part + " is not in\n" + text);
        }
        for (final Latency latency : Latency.values()) {
            assertTrue(text.contains("\n" + latency.name().toLowerCase(java.util.Locale.ROOT) + " "), text);
        }
        assertEquals(
                Limits.LEVELS,
                text.lines()
                        .filter(line -> line.matches(" +[0-6] +[1-7] +[1-7]00 B .*"))
                        .count());
    }
}
