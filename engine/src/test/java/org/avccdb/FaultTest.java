package org.avccdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.avccdb.engine.storage.FileType;
import org.avccdb.engine.storage.SimulatedStorage;
import org.avccdb.engine.storage.SimulatedStorage.CrashKind;
import org.avccdb.engine.storage.SimulatedStorage.FaultKind;
import org.avccdb.engine.storage.SimulatedStorage.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Lets one operation of the storage fail, whichever it is, and looks that the database says so or copes, shows what was
 * acknowledged and nothing else, stops writing where what is on disk is in doubt, holds nothing when it is closed, and
 * has all that it promised when it is opened again.
 */
final class FaultTest {
    private static final Set<Operation> MANIFEST_EDIT = EnumSet.of(Operation.APPEND, Operation.FLUSH, Operation.SYNC);
    private static final int STEPS = 90;
    private static final Duration NO_HANG = Duration.ofMinutes(5);
    private static final int TRIES_TO_HEAL = 3000;

    /** A database that meets faults; the same for the same seed. */
    private static final class Run {
        private final SplittableRandom random;
        private final SimulatedStorage storage = new SimulatedStorage();
        private final RandomWorkload workload;
        private EngineParts parts;
        private AvccDb db;
        private boolean stopped;
        private boolean met;
        /** What fails is the journal or the manifest, and writing has to stop. */
        private boolean leavesDoubt;

        Run(long seed) {
            random = new SplittableRandom(seed);
            workload = new RandomWorkload(null, new WriteHistory(), random, false);
        }

        private Options options() {
            return Options.builder()
                    .threadingMode(ThreadingMode.INVOKER)
                    .invokerSeed(random.nextLong())
                    .writeBufferBytes(16 << 10)
                    .journalSegmentBytes(16 << 10)
                    .compactionTableBytes(8 << 10)
                    .compactionTotalBytes(32 << 10)
                    .blockBytes(512)
                    .blockCacheBytes(32 << 10)
                    .build();
        }

        private static AvccDb use(EngineParts parts) {
            return new AvccDb(new Engine(parts));
        }

        /** Opens the database; a fault may make that fail, but only once. */
        void open() {
            try {
                parts = Opening.open(storage, options(), false);
            } catch (AvccDbException refused) {
                assertInstanceOf(StorageException.class, refused);
                assertEquals(List.of(), storage.openFiles(), "left open by an opening that failed");
                parts = Opening.open(storage, options(), false);
            }
            db = use(parts);
            workload.use(db);
            WriteHistory history = workload.history();
            int writes = history.writesUpTo(sequence(db));
            assertTrue(writes >= workload.acknowledged(), () -> writes + " writes instead of " + history.writes());
            check(history, writes, "opened");
            workload.startFrom(writes);
            stopped = false;
        }

        /** A read may meet the fault, but only one. */
        private void check(WriteHistory history, int writes, String where) {
            try {
                RandomWorkload.check(db, history, writes, where);
            } catch (StorageException readFailed) {
                RandomWorkload.check(db, history, writes, where);
            }
        }

        void steps(int count) {
            for (int i = 0; i < count && !stopped; i++) {
                step();
            }
        }

        private void step() {
            boolean faultAhead = storage.hasFaults();
            try {
                workload.step();
            } catch (AvccDbException refused) {
                assertInstanceOf(StorageException.class, refused);
            }
            stopped = parts.writeSide().latch().isSet();
            if (leavesDoubt && faultAhead && !storage.hasFaults()) {
                assertTrue(stopped || parts.versions().failure() != null, "writing goes on, though in doubt");
            }
            if (!stopped) {
                workload.forgetRefused();
            } else {
                checkStopped();
            }
        }

        private void checkStopped() {
            int acknowledged = workload.acknowledged();
            check(workload.history(), acknowledged, "after writing has stopped");
            byte[] key = {1};
            WriteBatch batch = new WriteBatch();
            batch.put(key, key);
            for (int i = 0; i < 3; i++) {
                assertThrows(StorageException.class, () -> db.put(key, key));
                assertThrows(StorageException.class, () -> db.put(key, key, WriteOptions.SYNC));
                assertThrows(StorageException.class, () -> db.write(batch, WriteOptions.SYNC));
                long ticket = db.submitPut(key, key, 0, WriteOptions.DEFAULT);
                assertThrows(StorageException.class, () -> db.await(ticket));
                assertThrows(StorageException.class, this::writeTransaction);
                assertThrows(StorageException.class, db::flush);
                assertThrows(StorageException.class, () -> db.compactRange(KeyRange.all()));
            }
            check(workload.history(), acknowledged, "after writes that were refused");
        }

        private void writeTransaction() {
            try (Transaction transaction = db.openTransaction()) {
                transaction.put(new byte[] {1}, new byte[] {1});
                transaction.commit();
            }
        }

        /** What a power cut, and the death of the process, would leave now. */
        void checkCrashes() {
            WriteHistory history = workload.history();
            checkImage(storage.crash(CrashKind.NOTHING, 0), history, workload.durable(), "power cut");
            checkImage(storage.crash(CrashKind.EVERYTHING, 0), history, workload.durable(), "power cut, all kept");
            checkImage(storage.processKillImage(), history, workload.acknowledged(), "process killed");
        }

        private void checkImage(SimulatedStorage image, WriteHistory history, int least, String where) {
            EngineParts opened = Opening.open(image, options(), false);
            try (AvccDb left = use(opened)) {
                int writes = history.writesUpTo(sequence(left));
                assertTrue(writes >= least, () -> where + ": " + writes + " writes came back of " + least);
                RandomWorkload.check(left, history, writes, where);
                left.put(new byte[] {1}, new byte[] {1}, WriteOptions.SYNC);
            }
            checkReleased(opened, image);
        }

        private static long sequence(AvccDb db) {
            try (Snapshot snapshot = db.snapshot()) {
                return snapshot.sequence();
            }
        }

        void close() {
            db.close();
            checkReleased(parts, storage);
        }

        private static void checkReleased(EngineParts parts, SimulatedStorage storage) {
            assertEquals(0, parts.ledger().totalBytes(), () -> parts.ledger().toString());
            assertEquals(List.of(), storage.openFiles(), "left open");
        }

        /** The whole life of a database. */
        void live() {
            open();
            steps(STEPS / 2);
            checkCrashes();
            close();
            open();
            steps(STEPS / 2);
            checkCrashes();
            close();
            met = !storage.hasFaults();
            storage.clearFaults();
            open();
            assertFalse(stopped);
            for (int i = 0; i < 10; i++) {
                workload.single();
            }
            db.compactRange(KeyRange.all());
            assertTrue(db.verify().isClean(), () -> db.verify().problems().toString());
            RandomWorkload.check(db, workload.history(), workload.history().writes(), "at the end");
            close();
        }
    }

    private static List<FileType> types(Operation operation) {
        return switch (operation) {
            case SYNC_DIRECTORY, LIST -> List.of(FileType.OTHER);
            case CREATE, APPEND, FLUSH, SYNC, RENAME, DELETE, OPEN, READ, MAP, WRITE, CREATE_LOG, RECYCLE_LOG ->
                List.of(
                        FileType.CURRENT,
                        FileType.CURRENT_NEXT,
                        FileType.LOG,
                        FileType.MANIFEST,
                        FileType.JOURNAL,
                        FileType.TABLE,
                        FileType.SPARE);
            case LINK, LOCK -> List.of();
        };
    }

    private static List<FaultKind> kinds(Operation operation) {
        return switch (operation) {
            case APPEND, WRITE -> List.of(FaultKind.ERROR, FaultKind.SHORT_WRITE, FaultKind.NO_SPACE);
            case SYNC, SYNC_DIRECTORY -> List.of(FaultKind.ERROR, FaultKind.FAILED_SYNC);
            case CREATE, CREATE_LOG, FLUSH, RENAME -> List.of(FaultKind.ERROR, FaultKind.NO_SPACE);
            default -> List.of(FaultKind.ERROR);
        };
    }

    @ParameterizedTest
    @EnumSource(
            value = Operation.class,
            names = {"LINK", "LOCK"},
            mode = EnumSource.Mode.EXCLUDE)
    void aSingleFaultIsRefusedOrOvercome(Operation operation) {
        List<String> failures = new ArrayList<>();
        for (FileType type : types(operation)) {
            for (FaultKind kind : kinds(operation)) {
                // Every one of the first faults, then fewer and fewer, at places that depend on all the rest.
                for (int nth = 1, hit = 1; hit > 0; nth += 1 + nth / 2) {
                    String what = operation + " " + type + " " + kind + " number " + nth;
                    hit = live(operation, type, kind, nth, what, failures) ? 1 : 0;
                }
            }
        }
        assertEquals(List.of(), failures);
    }

    /** False where so many operations of that kind do not happen. */
    private static boolean live(
            Operation operation, FileType type, FaultKind kind, int nth, String what, List<String> failures) {
        boolean[] hit = new boolean[1];
        try {
            assertTimeoutPreemptively(
                    NO_HANG,
                    () -> {
                        Run run = new Run(nth);
                        run.leavesDoubt = (operation == Operation.WRITE && type == FileType.JOURNAL)
                                || (type == FileType.MANIFEST && MANIFEST_EDIT.contains(operation));
                        run.storage.failAt(operation, type, nth, kind);
                        run.live();
                        hit[0] = run.met;
                    },
                    what);
        } catch (AssertionError | RuntimeException failure) {
            StackTraceElement[] trace = failure.getStackTrace();
            failures.add(what + ": " + failure + " at " + List.of(trace).subList(0, Math.min(4, trace.length)) + "\n");
            hit[0] = failures.size() < 10;
        }
        return hit[0];
    }

    @Test
    void aFullDiskRefusesWritesUntilThereIsRoomAgain() {
        int full = 0;
        for (long seed = 1; seed <= 16; seed++) {
            long now = seed;
            full += assertTimeoutPreemptively(NO_HANG, () -> fillAndHeal(now), "seed " + now) ? 1 : 0;
        }
        assertTrue(full > 8, "disks that were full: " + full);
    }

    /** False where compactions always made enough room. */
    private static boolean fillAndHeal(long seed) {
        Run run = new Run(seed);
        run.open();
        run.steps(10 + run.random.nextInt(30));
        long used = run.storage.lengths().values().stream()
                .mapToLong(Long::longValue)
                .sum();
        run.storage.limitCapacity(used + run.random.nextInt(64 << 10));
        int refused = 0;
        for (int i = 0; i < 400 && refused < 20; i++) {
            try {
                run.workload.batch(5, WriteOptions.DEFAULT);
            } catch (NoSpaceException full) {
                refused++;
                run.workload.forgetRefused();
                RandomWorkload.check(run.db, run.workload.history(), run.workload.acknowledged(), "full, seed " + seed);
            }
        }
        run.checkCrashes();
        run.storage.liftCapacity();
        if (run.random.nextBoolean()) {
            run.db.flush();
        }
        heal(run, seed);
        run.db.flush();
        run.steps(20);
        assertFalse(run.stopped);
        run.close();
        run.open();
        assertEquals(run.workload.acknowledged(), run.workload.history().writes());
        run.close();
        return refused == 20;
    }

    @ParameterizedTest
    @EnumSource(
            value = Operation.class,
            names = {"APPEND", "SYNC"})
    void aTransactionInDoubtIsThereWholeOrNotAtAll(Operation operation) {
        for (FaultKind kind : kinds(operation)) {
            for (int nth = 1; nth <= 3; nth++) {
                Run run = new Run(nth);
                run.open();
                run.steps(5);
                run.db.flush();
                run.workload.madeDurable();
                run.storage.failAt(operation, FileType.MANIFEST, nth, kind);
                try {
                    run.workload.transaction(400, true);
                    assertTrue(nth > 1, () -> operation + " " + kind + " went unnoticed");
                } catch (StorageException inDoubt) {
                    run.checkStopped();
                }
                run.storage.clearFaults();
                run.checkCrashes();
                run.close();
                run.open();
                run.close();
            }
        }
    }

    private static void heal(Run run, long seed) {
        for (int i = 0; i < TRIES_TO_HEAL; i++) {
            try {
                run.workload.put(WriteOptions.SYNC);
                return;
            } catch (NoSpaceException notYet) {
                run.workload.forgetRefused();
            }
        }
        fail("writes are still refused, seed " + seed);
    }
}
