package org.avccdb.engine.compaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.avccdb.CorruptionException;
import org.avccdb.StorageException;
import org.avccdb.engine.manifest.VersionEdit;
import org.avccdb.engine.storage.FileNames;
import org.avccdb.engine.storage.FileType;
import org.avccdb.engine.storage.SimulatedStorage;
import org.avccdb.engine.table.TableFile;
import org.avccdb.engine.table.TableMeta;
import org.avccdb.engine.table.TableOrigin;
import org.junit.jupiter.api.Test;

/** A compaction in slices of keys, with helpers who come and go. */
class SlicedMergeTest {
    private SimulatedStorage storage = new SimulatedStorage();

    /** Three tables in level 0, and more below. */
    private TestDatabase database() {
        final TestDatabase database =
                new TestDatabase(storage, TestDatabase.smallOptions().build());
        final Random random = new Random(42);
        for (int i = 0; i < 12; i++) {
            write(database, random);
            database.compactAll(new CompactionPicker(database.context(), () -> false));
        }
        while (database.version().level(0).length < 3) {
            write(database, random);
        }
        return database;
    }

    private static void write(final TestDatabase database, final Random random) {
        for (int i = 0; i < 120; i++) {
            database.writeAnything(random, 300);
        }
        database.flush();
    }

    private static CompactionTask compaction(final TestDatabase database) {
        final Compaction plan = new CompactionPicker(database.context(), () -> false).pick();
        assertTrue(plan.slices().size() > 1);
        return new CompactionTask(database.context(), plan);
    }

    /** Until nothing is left for a helper; begun by the owner. */
    private static int helpWithAll(final CompactionTask task) {
        assertFalse(task.help());
        assertFalse(task.step());
        int steps = 0;
        while (task.help()) {
            steps++;
        }
        return steps;
    }

    @Test
    void aHelperMayDoItAll() {
        try (TestDatabase database = database()) {
            final CompactionTask task = compaction(database);
            final long read = task.plan().allInputs().stream()
                    .mapToLong(table -> table.meta().records())
                    .sum();
            assertTrue(helpWithAll(task) > 3);
            assertTrue(task.step());
            assertFalse(task.help());
            assertEquals(read, task.statistics().recordsRead());
            final VersionEdit edit = task.edit();
            checkGroup(edit);
            task.refused();
            database.run(task);
            database.check("helped");
            database.checkNothingIsLeft("helped");
        }
    }

    /** One table says how many there are, whoever wrote the others before. */
    private static void checkGroup(final VersionEdit edit) {
        final List<TableMeta> tables =
                edit.added().stream().map(VersionEdit.Added::meta).toList();
        assertTrue(tables.size() > 2);
        final long group = tables.get(0).origin().group();
        assertTrue(tables.stream().allMatch(table -> table.origin().group() == group));
        assertTrue(tables.stream().anyMatch(table -> table.number() == group));
        assertEquals(
                List.of(tables.size()),
                tables.stream()
                        .map(TableMeta::origin)
                        .map(TableOrigin::groupSize)
                        .filter(size -> size > 0)
                        .toList());
    }

    @Test
    void whoStepsItChangesNothing() {
        final Random random = new Random(5);
        for (int round = 0; round < 20; round++) {
            storage = new SimulatedStorage();
            try (TestDatabase database = database()) {
                final CompactionTask task = compaction(database);
                while (!task.step()) {
                    for (int i = random.nextInt(3); i > 0; i--) {
                        task.help();
                    }
                }
                checkGroup(task.edit());
                task.refused();
                database.run(task);
                database.check("round " + round);
            }
        }
    }

    @Test
    void threadsHelpUntilItIsDoneOrGivenUp() throws Exception {
        final Random random = new Random(7);
        final AtomicInteger helped = new AtomicInteger();
        try (TestDatabase database = database()) {
            for (int round = 0; round < 300; round++) {
                final CompactionTask task = compaction(database);
                final int steps = random.nextInt(12);
                final AtomicBoolean done = new AtomicBoolean();
                final Thread helper = new Thread(() -> {
                    while (!done.get()) {
                        if (task.help()) {
                            helped.incrementAndGet();
                        }
                        Thread.onSpinWait();
                    }
                });
                final AtomicReference<Throwable> thrown = new AtomicReference<>();
                helper.setUncaughtExceptionHandler((thread, failure) -> thrown.set(failure));
                helper.start();
                for (int i = 0; i < steps; i++) {
                    if (task.step()) {
                        break;
                    }
                }
                task.close();
                database.checkNothingIsLeft("round " + round);
                done.set(true);
                helper.join();
                assertNull(thrown.get());
                database.checkNothingIsLeft("round " + round + ", later");
            }
            assertTrue(helped.get() > 0);
            database.run(compaction(database));
            database.check("in the end");
        }
    }

    @Test
    void whatAHelperMeetsFailsTheTask() {
        try (TestDatabase database = database()) {
            int failures = 0;
            boolean failed = true;
            for (int nth = 1; failed; nth++) {
                final CompactionTask task = compaction(database);
                storage.failAt(null, FileType.TABLE, nth, SimulatedStorage.FaultKind.ERROR);
                helpWithAll(task);
                failed = false;
                try {
                    assertTrue(task.step());
                } catch (final StorageException e) {
                    failed = true;
                    failures++;
                    assertFalse(task.help());
                    assertThrows(StorageException.class, task::step);
                }
                storage.clearFaults();
                task.close();
                database.checkNothingIsLeft("operation " + nth);
            }
            assertTrue(failures > 4, failures + " failures");
            database.run(compaction(database));
            database.check("after all failures");
        }
    }

    @Test
    void allOfEachTableMustHaveBeenRead() {
        try (TestDatabase database = database();
                CompactionTask task = compaction(database)) {
            final List<TableFile> inputs = task.plan().allInputs();
            final InputTally tally = new InputTally();
            for (final TableFile input : inputs) {
                final long half = input.meta().records() / 2;
                tally.add(input.meta(), half, 5, 12);
                refuse(tally, inputs, "records end");
                tally.add(input.meta(), input.meta().records() - half, 7, 12);
            }
            tally.check(inputs);
            tally.add(inputs.get(1).meta(), 0, 1, 12);
            assertEquals(
                    FileNames.table(inputs.get(1).meta().number()),
                    refuse(tally, inputs, "not those that were written"));
        }
    }

    private static String refuse(final InputTally tally, final List<TableFile> inputs, final String why) {
        final CorruptionException refusal = assertThrows(CorruptionException.class, () -> tally.check(inputs));
        assertTrue(refusal.getMessage().contains(why), refusal.getMessage());
        return refusal.file();
    }
}
