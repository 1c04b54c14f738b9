package org.avccdb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import org.avccdb.engine.storage.SimulatedStorage;
import org.avccdb.engine.storage.SimulatedStorage.CrashKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Crashes the database at every kind of moment, in every way that is known, and looks what comes back: the state after some
 * of its writes, in order, each whole, with all that was promised to be there. What came back must stay, whatever happens
 * then. A message names what it takes to see the same again.
 */
final class CrashTest {
    private static final List<CrashKind> KINDS = List.of(CrashKind.values());

    private static final int STEPS = 150;
    private static final int REOPEN_IN = 40;
    private static final int STEPS_AFTER_RECOVERY = 6;
    private static final int DEEPEST = 3;
    /** One operation in so many is followed by a crash of each kind. */
    private static final int SAMPLE = 12;

    /** What a crash left, how much of the history is to be found there, and how much of that is on disk. */
    private record Image(
            SimulatedStorage storage, WriteHistory history, int least, int durable, int depth, String where) {
        int most() {
            return history.writes();
        }
    }

    private static final class Run {
        private final long seed;
        private final SplittableRandom random;
        private final Deque<Image> images = new ArrayDeque<>();
        private long checked;

        Run(long seed) {
            this.seed = seed;
            random = new SplittableRandom(seed);
        }

        private Options options() {
            return Options.builder()
                    .threadingMode(ThreadingMode.INVOKER)
                    .invokerSeed(random.nextLong())
                    .writeBufferBytes(16 << 10)
                    .journalSegmentBytes(random.nextBoolean() ? 16 << 10 : 0)
                    .compactionTableBytes(8 << 10)
                    .compactionTotalBytes(32 << 10)
                    .maxManifestBytes(4 << 10)
                    .blockBytes(512)
                    .blockCacheBytes(32 << 10)
                    .build();
        }

        private AvccDb open(SimulatedStorage storage) {
            return CrashTest.open(storage, options());
        }

        void run() {
            SimulatedStorage storage = new SimulatedStorage();
            RandomWorkload workload = new RandomWorkload(null, new WriteHistory(), random, true);
            storage.onOperation((number, operation) -> crashNow(storage, workload, number, operation));
            AvccDb db = open(storage);
            workload.use(db);
            for (int step = 0; step < STEPS; step++) {
                if (random.nextInt(REOPEN_IN) == 0) {
                    db.close();
                    workload.madeDurable();
                    db = open(storage);
                    workload.use(db);
                } else {
                    workload.step();
                }
                checkImages();
            }
            db.close();
            checkImages();
            assertEquals(List.of(), storage.openFiles());
            assertTrue(checked > STEPS, () -> "only " + checked + " images");
        }

        private void crashNow(
                SimulatedStorage storage, RandomWorkload workload, long number, SimulatedStorage.Operation operation) {
            if (random.nextInt(SAMPLE) != 0) {
                return;
            }
            String when = "seed " + seed + ", after operation " + number + " (" + operation + ")";
            crash(storage, workload.history(), workload.durable(), workload.acknowledged(), 0, when);
        }

        /** A crash of every kind, now. */
        private void crash(
                SimulatedStorage storage, WriteHistory history, int durable, int acknowledged, int depth, String when) {
            for (CrashKind kind : CrashKind.values()) {
                powerCut(storage, history, durable, depth, when, kind);
            }
            SimulatedStorage left = storage.processKillImage();
            images.push(new Image(left, history, acknowledged, durable, depth, when + ", process killed"));
        }

        private void powerCut(
                SimulatedStorage storage, WriteHistory history, int durable, int depth, String when, CrashKind kind) {
            long crashSeed = random.nextLong();
            images.push(new Image(
                    storage.crash(kind, crashSeed),
                    history,
                    durable,
                    durable,
                    depth,
                    when + ", " + kind + " " + crashSeed));
        }

        private void checkImages() {
            for (Image image = images.poll(); image != null; image = images.poll()) {
                try {
                    check(image);
                } catch (RuntimeException | AssertionError failure) {
                    throw new AssertionError(image.where() + ": " + failure, failure);
                }
            }
        }

        private void check(Image image) {
            checked++;
            SimulatedStorage storage = image.storage();
            if (image.depth() < DEEPEST && random.nextInt(8) == 0) {
                crashInRecovery(image);
            }
            AvccDb db = open(storage);
            storage.onOperation(null);
            int writes = recovered(db, image);
            RandomWorkload workload = new RandomWorkload(db, image.history().upTo(writes), random, true);
            boolean goOn = random.nextInt(3) == 0;
            for (int i = goOn ? random.nextInt(STEPS_AFTER_RECOVERY) : 0; i > 0; i--) {
                workload.step();
            }
            if (goOn && image.depth() < DEEPEST) {
                CrashKind kind = KINDS.get(random.nextInt(KINDS.size()));
                powerCut(
                        storage,
                        workload.history(),
                        workload.durable(),
                        image.depth() + 1,
                        image.where() + ", after recovery and "
                                + (workload.history().writes() - writes) + " writes",
                        kind);
            }
            db.close();
            assertEquals(List.of(), storage.openFiles(), "files left open");
            if (goOn) {
                AvccDb again = open(storage);
                RandomWorkload.check(
                        again, workload.history(), workload.history().writes(), "reopened");
                again.close();
            }
        }

        private void crashInRecovery(Image image) {
            SimulatedStorage storage = image.storage();
            storage.onOperation((number, operation) -> {
                if (random.nextInt(6) != 0) {
                    return;
                }
                String when = image.where() + ", in recovery after operation " + number + " (" + operation + ")";
                int depth = image.depth() + 1;
                if (random.nextInt(4) == 0) {
                    images.push(new Image(
                            storage.processKillImage(),
                            image.history(),
                            image.least(),
                            image.durable(),
                            depth,
                            when + ", process killed"));
                } else {
                    CrashKind kind = KINDS.get(random.nextInt(KINDS.size()));
                    powerCut(storage, image.history(), image.durable(), depth, when, kind);
                }
            });
        }

        /** How many of the writes have come back. */
        private static int recovered(AvccDb db, Image image) {
            long sequence;
            try (Snapshot snapshot = db.snapshot()) {
                sequence = snapshot.sequence();
            }
            int writes = image.history().writesUpTo(sequence);
            assertTrue(writes >= 0, () -> "sequence number " + sequence + " is in the middle of a write");
            assertTrue(
                    writes >= image.least(),
                    () -> writes + " of " + image.history().writes() + " writes came back, but " + image.least()
                            + " were promised");
            assertTrue(writes <= image.most(), () -> writes + " writes came back, of " + image.most());
            RandomWorkload.check(db, image.history(), writes, "recovered");
            return writes;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatWasPromisedComesBackAndNothingElse(long seed) {
        new Run(seed).run();
    }

    /** Of a database that is new, and of one that was closed; before a second segment has its name on disk. */
    @ParameterizedTest
    @EnumSource(CrashKind.class)
    void theFirstWriteSurvivesLossOfPower(CrashKind kind) {
        for (int seed = 0; seed < 20; seed++) {
            Options options = Options.builder()
                    .threadingMode(ThreadingMode.INVOKER)
                    .invokerSeed(seed)
                    .build();
            SimulatedStorage storage = new SimulatedStorage();
            for (byte written = 1; written <= 2; written++) {
                SimulatedStorage left;
                try (AvccDb db = open(storage, options)) {
                    db.put(new byte[] {written}, new byte[] {written}, WriteOptions.SYNC);
                    left = storage.crash(kind, seed);
                }
                try (AvccDb db = open(left, options)) {
                    for (byte key = 1; key <= written; key++) {
                        assertArrayEquals(new byte[] {key}, db.get(new byte[] {key}), kind + ", seed " + seed);
                    }
                }
            }
        }
    }

    private static AvccDb open(SimulatedStorage storage, Options options) {
        return new AvccDb(new Engine(Opening.open(storage, options, false)));
    }
}
