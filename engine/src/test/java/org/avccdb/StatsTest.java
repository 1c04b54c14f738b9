package org.avccdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.avccdb.memdb.MemoryPurpose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatsTest {
    @Test
    void whatItIsMadeFromMayChangeAfterwards() {
        final Map<Latency, Histogram> latencies = new EnumMap<>(Latency.class);
        for (final Latency latency : Latency.values()) {
            latencies.put(latency, new Histogram(2));
        }
        final List<Stats.Level> levels = new ArrayList<>(List.of(new Stats.Level(1, 2, 3, 4, 5, 6)));
        final Map<MemoryPurpose, Long> memory = new EnumMap<>(Map.of(MemoryPurpose.POOL, 7L));
        final Stats stats = new Stats(
                new Stats.Writes(0, 0, 0, 0, 0, 0, 0, 0, false, 0, 0),
                new Stats.Journal(0, 0, 0, 0),
                new Stats.Memtables(0, 0, 0, 0, 0),
                new Stats.BlockCache(0, 0, 0, 0),
                levels,
                new Stats.Compactions(0, 0, 0, 0, 0, 0),
                new Stats.Files(0, 0, 0),
                new Stats.Readers(0, 0),
                memory,
                latencies);
        final String text = stats.toString();
        latencies.get(Latency.GET).recordValue(5);
        latencies.clear();
        levels.clear();
        memory.clear();
        assertEquals(0, stats.latency(Latency.GET).getTotalCount());
        assertEquals(List.of(new Stats.Level(1, 2, 3, 4, 5, 6)), stats.levels());
        assertEquals(Map.of(MemoryPurpose.POOL, 7L), stats.nativeMemory());
        assertEquals(text, stats.toString());
        assertTrue(text.contains("POOL 7 B"), text);
    }

    @Test
    void aDatabaseMeasuresWhatItDoes(@TempDir Path directory) {
        Options options = Options.builder()
                .writeBufferBytes(16 << 10)
                .compactionL0Trigger(2)
                .maxFrozenMemtables(1)
                .build();
        try (AvccDb db = AvccDb.open(directory, options)) {
            byte[] key = {1};
            for (int i = 0; i < 2_000; i++) {
                db.put(key, new byte[100]);
                db.get(key);
            }
            db.put(key, key, WriteOptions.SYNC);
            db.flush();
            db.compactRange(KeyRange.all());
            Stats stats = db.stats();
            for (Latency latency : Latency.values()) {
                if (latency != Latency.STALL) {
                    assertTrue(stats.latency(latency).getTotalCount() > 0, latency::toString);
                }
            }
            long gets = stats.latency(Latency.GET).getTotalCount();
            assertTrue(gets > 50 && gets < 2_000, () -> gets + " lookups were timed");
            try (Snapshot snapshot = db.snapshot()) {
                for (int i = 0; i < 100; i++) {
                    snapshot.getAsOf(key, 5);
                }
            }
            assertTrue(db.stats().latency(Latency.GET).getTotalCount() > gets);
        }
    }

    @Test
    void sizesAndTimesHaveFittingUnits() {
        assertEquals("1023 B", StatsTable.size(1023));
        assertEquals("1.0 KiB", StatsTable.size(1024));
        assertEquals("1.5 MiB", StatsTable.size(3 << 19));
        assertEquals("2.0 GiB", StatsTable.size(2L << 30));
        assertEquals("3.0 TiB", StatsTable.size(3L << 40));
        assertEquals("2048.0 TiB", StatsTable.size(1L << 51));
        assertEquals("1.5 us", StatsTable.time(1_500));
        assertEquals("2.5 ms", StatsTable.time(2_500_000));
    }
}
