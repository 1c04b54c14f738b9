package org.avccdb.engine.compaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.avccdb.CorruptionException;
import org.avccdb.KeyRange;
import org.avccdb.StorageException;
import org.avccdb.engine.manifest.Version;
import org.avccdb.engine.manifest.VersionEdit;
import org.avccdb.engine.storage.FileNames;
import org.avccdb.engine.storage.FileType;
import org.avccdb.engine.storage.SimulatedStorage;
import org.avccdb.engine.table.TableMeta;
import org.junit.jupiter.api.Test;

/** What flushes and compactions do when they are left unfinished, fail, are slowed down, or find damage. */
class TableTaskTest {
    private SimulatedStorage storage = new SimulatedStorage();

    /** Three tables in level 0, more in the levels below. */
    private TestDatabase database(final long rate) {
        final TestDatabase database = new TestDatabase(
                storage,
                TestDatabase.smallOptions().compactionRateBytesPerSecond(rate).build());
        final Random random = new Random(42);
        final CompactionPicker picker = new CompactionPicker(database.context(), () -> false);
        for (int i = 0; i < 12; i++) {
            write(database, random);
            database.flush();
            database.compactAll(picker);
        }
        while (database.version().level(0).length < 3) {
            write(database, random);
            database.flush();
        }
        return database;
    }

    private static void write(final TestDatabase database, final Random random) {
        for (int i = 0; i < 80; i++) {
            database.writeAnything(random, 300);
        }
    }

    private static TableTask compaction(final TestDatabase database) {
        final Compaction plan = new CompactionPicker(database.context(), () -> false).pick();
        assertFalse(plan.isMove());
        return new CompactionTask(database.context(), plan);
    }

    private static TableTask flush(final TestDatabase database) {
        return database.flushTask(1);
    }

    @Test
    void givingUpAtAnyStepLeavesNothingBehind() {
        try (TestDatabase database = database(0)) {
            write(database, new Random(1));
            database.freeze();
            for (final boolean flush : new boolean[] {true, false}) {
                boolean done = false;
                for (int steps = 0; !done; steps++) {
                    try (TableTask task = flush ? flush(database) : compaction(database)) {
                        for (int i = 0; i < steps && !done; i++) {
                            done = task.step();
                        }
                    }
                    database.checkNothingIsLeft("flush " + flush + " after " + steps + " steps");
                }
                database.check("flush " + flush);
            }
            database.run(flush(database));
            database.dropFrozen(1);
            database.run(compaction(database));
            database.check("in the end");
        }
    }

    @Test
    void aDeleteThatStaysInLevel0HidesWhatIsOlderThere() {
        try (TestDatabase database =
                new TestDatabase(storage, TestDatabase.smallOptions().build())) {
            database.put(TestTables.key("m"), 0, new byte[10]);
            database.flush();
            database.put(TestTables.key("k"), 0, new byte[10]);
            database.put(TestTables.key("m"), 0, new byte[10]);
            database.flush();
            for (int i = 0; i < 2; i++) {
                database.delete(TestTables.key("k"));
                database.put(TestTables.key("m"), 0, new byte[10]);
                database.flush();
            }
            final Version version = database.version();
            assertEquals(3, version.level(0).length);
            final Compaction plan = CompactionPicker.withinLevel0(
                    database.context(), version, Arrays.asList(version.level(0)).subList(0, 2));
            database.run(new CompactionTask(
                    database.context(), plan.claim(database.context().inFlight())));
            assertEquals(2, database.version().level(0).length);
            assertEquals(1, database.version().keyDeletes(0));
            database.check("merged within level 0");
        }
    }

    @Test
    void tablesOfAnEditThatWasTakenAreNotDeleted() {
        try (TestDatabase database = database(0)) {
            final TableTask task = compaction(database);
            while (!task.step()) {
                assertEquals(0, task.delayNanos());
            }
            final VersionEdit edit = task.edit();
            assertThrows(IllegalStateException.class, task::edit);
            task.close();
            task.close();
            assertFalse(edit.added().isEmpty());
            for (final VersionEdit.Added added : edit.added()) {
                assertTrue(storage.exists(FileNames.table(added.meta().number())));
            }
        }
    }

    @Test
    void thereIsNoEditBeforeTheEnd() {
        try (TestDatabase database = database(0);
                TableTask task = compaction(database)) {
            assertThrows(IllegalStateException.class, task::edit);
            assertFalse(task.step());
            assertThrows(IllegalStateException.class, task::edit);
        }
    }

    @Test
    void everyFailureOfTheStorageIsSurvived() {
        for (final SimulatedStorage.FaultKind kind : SimulatedStorage.FaultKind.values()) {
            int failures = 0;
            storage = new SimulatedStorage();
            try (TestDatabase database = database(0)) {
                write(database, new Random(1));
                database.freeze();
                for (final boolean flush : new boolean[] {true, false}) {
                    int nth = 1;
                    while (fails(database, flush, nth, kind)) {
                        nth++;
                    }
                    failures += nth - 1;
                    if (flush) {
                        database.dropFrozen(1);
                    }
                    database.check(kind + ", flush " + flush);
                }
            }
            assertTrue(failures > 4, kind + ": " + failures);
        }
    }

    /** Runs a task, of which the nth operation on a table fails, if there are so many. */
    private boolean fails(
            final TestDatabase database, final boolean flush, final int nth, final SimulatedStorage.FaultKind kind) {
        final TableTask task = flush ? flush(database) : compaction(database);
        storage.failAt(null, FileType.TABLE, nth, kind);
        boolean failed = false;
        try {
            boolean done = false;
            while (!done) {
                done = task.step();
            }
        } catch (final StorageException e) {
            failed = true;
        }
        storage.clearFaults();
        task.close();
        if (failed) {
            final String what = kind + " " + nth + ", flush " + flush;
            database.checkNothingIsLeft(what);
            return true;
        }
        database.run(flush ? flush(database) : compaction(database));
        return false;
    }

    @Test
    void compactionsKeepToTheRate() {
        final long rate = 1 << 20;
        try (TestDatabase database = database(rate)) {
            final TableTask task = compaction(database);
            long waited = 0;
            boolean done = task.step();
            while (!done) {
                final long delay = task.delayNanos();
                if (delay > 1) {
                    database.advance(delay - 1);
                    final TaskStatistics before = task.statistics();
                    assertFalse(task.step());
                    assertEquals(before.bytesWritten(), task.statistics().bytesWritten());
                    database.advance(1);
                    waited += delay;
                }
                done = task.step();
            }
            final TaskStatistics statistics = task.statistics();
            final double expected = statistics.bytesWritten() * 1e9 / rate;
            // The end of the last table may be written without waiting for it.
            assertTrue(waited >= expected * 0.5 && waited <= expected * 1.05, waited + " of " + expected);
            assertEquals(waited, statistics.nanos());
            database.apply(task);
            task.close();
            database.check("paced");
        }
    }

    @Test
    void statisticsAddUp() {
        try (TestDatabase database = database(0)) {
            final Compaction plan = new CompactionPicker(database.context(), () -> false).pick();
            final long inputs = plan.allInputs().stream()
                    .mapToLong(table -> table.meta().records())
                    .sum();
            final CompactionTask task = new CompactionTask(database.context(), plan);
            while (!task.step()) {
                assertNotNull(task.statistics());
            }
            final VersionEdit edit = task.edit();
            final TaskStatistics statistics = task.statistics();
            final long outputs = edit.added().stream()
                    .mapToLong(added -> added.meta().records())
                    .sum();
            final long bytes = edit.added().stream()
                    .mapToLong(added -> added.meta().bytes())
                    .sum();
            assertEquals(inputs, statistics.recordsRead());
            assertEquals(inputs - outputs, statistics.recordsDropped());
            assertEquals(plan.inputBytes(), statistics.bytesRead());
            assertEquals(bytes, statistics.bytesWritten());
            assertEquals(edit.added().size(), statistics.tablesWritten());
            assertTrue(statistics.recordsDropped() > 0);
            task.close();
        }
    }

    @Test
    void outputsSayWhatTheyReplace() {
        try (TestDatabase database = database(0)) {
            final Compaction plan = new CompactionPicker(database.context(), () -> false).pick();
            final CompactionTask task = new CompactionTask(database.context(), plan);
            while (!task.step()) {
                assertNotNull(task.plan());
            }
            final VersionEdit edit = task.edit();
            int inGroup = 0;
            for (final VersionEdit.Added added : edit.added()) {
                final TableMeta meta = added.meta();
                inGroup++;
                assertEquals(plan.outputLevel(), meta.origin().level());
                assertEquals(edit.added().get(0).meta().number(), meta.origin().group());
                assertEquals(
                        inGroup == edit.added().size() ? inGroup : 0,
                        meta.origin().groupSize());
                assertTrue(meta.origin().replaced().length >= plan.inputs());
            }
            assertTrue(inGroup > 1);
            task.close();
        }
    }

    @Test
    void aTableThatHoldsLessThanItShouldIsNotReplaced() {
        try (TestDatabase database = database(0)) {
            final long number = database.version().level(0)[1].meta().number();
            final String name = FileNames.table(number);
            final long[] before = numbers(database.version());
            for (long at = 0; at < storage.length(name); at += 97) {
                final byte old = storage.bytes(name)[(int) at];
                storage.overwrite(name, at, new byte[] {(byte) (old + 1)});
                database.closeReaders();
                try (TableTask task = compaction(database)) {
                    boolean done = false;
                    while (!done) {
                        done = task.step();
                    }
                } catch (final CorruptionException e) {
                    assertEquals(name, e.file());
                }
                storage.overwrite(name, at, new byte[] {old});
                database.closeReaders();
                database.checkNothingIsLeft("byte " + at);
            }
            assertEquals(before.length, numbers(database.version()).length);
            database.run(compaction(database));
            database.check("sound again");
        }
    }

    private static long[] numbers(final Version version) {
        return java.util.stream.IntStream.range(0, Version.LEVELS)
                .boxed()
                .flatMap(level -> java.util.Arrays.stream(version.level(level)))
                .mapToLong(table -> table.meta().number())
                .toArray();
    }

    @Test
    void whenEverythingIsDroppedThereAreNoTables() {
        try (TestDatabase database = new TestDatabase(
                storage, TestDatabase.smallOptions().compactionL0Trigger(2).build())) {
            for (int i = 0; i < 50; i++) {
                database.put(TestTables.key("k" + i), 1, new byte[30]);
            }
            database.put(TestTables.key("l"), 1, new byte[30]);
            database.flush();
            for (int i = 0; i < 50; i++) {
                database.delete(TestTables.key("k" + i));
            }
            database.deleteVersion(TestTables.key("l"), 1);
            database.flush();
            final RangeCompaction all = new RangeCompaction(database.context(), KeyRange.all());
            for (Compaction plan = all.next(); plan != null; plan = all.next()) {
                database.run(new CompactionTask(database.context(), plan));
            }
            assertEquals(0, database.version().tables());
            database.check("empty");
            database.checkNothingIsLeft("empty");
        }
    }
}
