package org.avccdb;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.avccdb.WriteHistory.Row;
import org.avccdb.engine.storage.SimulatedStorage;
import org.avccdb.engine.storage.SimulatedStorage.CrashKind;
import org.avccdb.model.Key;
import org.avccdb.model.ModelState;
import org.avccdb.model.ProofComparison;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes back after a crash is what is proven then, with the root that the records ask for. */
final class ProofCrashTest {
    private static final int STEPS = 120;
    private static final int SAMPLE = 60;
    private static final int MOST_IMAGES = 8;

    private record Image(SimulatedStorage storage, WriteHistory history, String where) {}

    private static Options options(SplittableRandom random) {
        return Options.builder()
                .threadingMode(ThreadingMode.INVOKER)
                .invokerSeed(random.nextLong())
                .writeBufferBytes(16 << 10)
                .compactionTableBytes(8 << 10)
                .compactionTotalBytes(32 << 10)
                .blockBytes(512)
                .build();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void whatComesBackIsProven(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        SimulatedStorage storage = new SimulatedStorage();
        RandomWorkload workload = new RandomWorkload(null, new WriteHistory(), random, true);
        Deque<Image> images = new ArrayDeque<>();
        CrashKind[] kinds = CrashKind.values();
        storage.onOperation((number, operation) -> {
            if (random.nextInt(SAMPLE) == 0 && images.size() < MOST_IMAGES) {
                CrashKind kind = kinds[random.nextInt(kinds.length)];
                String where = "seed " + seed + ", after operation " + number + ", " + kind;
                images.add(new Image(storage.crash(kind, random.nextLong()), workload.history(), where));
            }
        });
        try (AvccDb db = new AvccDb(new Engine(Opening.open(storage, options(random), false)))) {
            workload.use(db);
            for (int step = 0; step < STEPS; step++) {
                workload.step();
            }
        }
        assertTrue(images.size() > 5, () -> images.size() + " images");
        for (Image image : images) {
            try {
                check(image, options(random));
            } catch (RuntimeException | AssertionError failure) {
                throw new AssertionError(image.where + ": " + failure, failure);
            }
        }
    }

    private static void check(Image image, Options options) {
        EngineParts parts = Opening.open(image.storage, options, false);
        try (AvccDb db = new AvccDb(new Engine(parts));
                Snapshot snapshot = db.snapshot()) {
            int writes = image.history.writesUpTo(snapshot.sequence());
            NavigableMap<Key, NavigableMap<Long, VersionedValue>> rows = new TreeMap<>();
            for (Row row : image.history.state(writes)) {
                rows.computeIfAbsent(Key.of(row.key().getBytes(ISO_8859_1)), any -> new TreeMap<>())
                        .put(
                                row.version(),
                                new VersionedValue(row.value().getBytes(ISO_8859_1), row.version(), row.sequence()));
            }
            ProofComparison.everything(snapshot, ModelState.of(rows, snapshot.sequence()), 5);
            new RootOracle(parts).check(db, false, image.where);
            assertEquals(db.masterRoot(), snapshot.masterRoot());
        }
    }
}
