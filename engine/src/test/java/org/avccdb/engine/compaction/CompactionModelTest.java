package org.avccdb.engine.compaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.avccdb.KeyRange;
import org.avccdb.Options;
import org.avccdb.engine.flush.FlushTask;
import org.avccdb.engine.manifest.Version;
import org.avccdb.engine.storage.SimulatedStorage;
import org.avccdb.engine.table.TableFile;
import org.junit.jupiter.api.Test;

/** Random histories, flushed and compacted at random, several tasks at once: what was written must not change. */
class CompactionModelTest {
    private static final int SEEDS = 20;
    private static final int TURNS = 400;

    @Test
    void nothingChangesWhateverRuns() {
        for (int seed = 0; seed < SEEDS; seed++) {
            new History(seed).run();
        }
    }

    private static final class History {
        private final String what;
        private final Random random;
        private final TestDatabase database;
        private final CompactionPicker picker;
        private final RandomPlans plans;
        private final int keys;
        private final int rate;
        private final boolean local;
        private final List<TableTask> compactions = new ArrayList<>();
        private RangeCompaction range;
        private FlushTask flush;
        private int flushed;
        private int from;
        private int to;

        History(final int seed) {
            what = "seed " + seed;
            random = new Random(seed);
            keys = 1 << random.nextInt(9);
            rate = random.nextInt(4) == 0 ? 100_000 : 0;
            local = random.nextBoolean();
            final Options options = TestDatabase.smallOptions()
                    .compactionRateBytesPerSecond(rate)
                    .compactionTableSizeMultiplier(1 + random.nextInt(2))
                    .build();
            database = new TestDatabase(new SimulatedStorage(), options);
            picker = new CompactionPicker(database.context(), () -> false);
            plans = new RandomPlans(database.context(), random);
            chooseKeys();
        }

        /** All of them, or a few that are neighbours, so that flushes find room between tables. */
        private void chooseKeys() {
            if (local) {
                from = random.nextInt(keys);
                to = Math.min(keys, from + 1 + random.nextInt(Math.max(1, keys / 8)));
            } else {
                from = 0;
                to = keys;
            }
        }

        void run() {
            try (database) {
                for (int turn = 0; turn < TURNS; turn++) {
                    turn();
                    database.advance(random.nextInt(1_000_000));
                }
                compactions.forEach(TableTask::close);
                if (flush != null) {
                    flush.close();
                }
                database.flush();
                database.compactAll(picker);
                database.check(what + ", at the end");
                database.checkNothingIsLeft(what);
            }
        }

        private void turn() {
            switch (random.nextInt(8)) {
                case 0, 1 -> {
                    for (int i = random.nextInt(60); i >= 0; i--) {
                        database.writeAnything(random, from, to);
                    }
                }
                case 2 -> {
                    if (random.nextInt(3) == 0) {
                        database.freeze();
                        chooseKeys();
                    }
                }
                case 3 -> beginFlush();
                case 4 -> beginCompaction();
                case 5 -> stepFlush();
                default -> stepCompactions();
            }
        }

        private void beginFlush() {
            if (flush == null && database.hasFrozen()) {
                flushed = database.frozenCount() > 1 && random.nextBoolean() ? 2 : 1;
                flush = database.flushTask(flushed);
            }
        }

        private void stepFlush() {
            if (flush == null) {
                return;
            }
            if (random.nextInt(20) == 0) {
                flush.close();
                flush = null;
            } else if (flush.step()) {
                database.apply(flush);
                flush.close();
                flush = null;
                database.dropFrozen(flushed);
                database.check(what);
            }
        }

        private void beginCompaction() {
            if (compactions.size() == 3) {
                return;
            }
            final Compaction plan = plan();
            if (plan != null) {
                compactions.add(new CompactionTask(database.context(), plan));
            }
        }

        private Compaction plan() {
            if (range != null) {
                final Compaction next = range.next();
                if (range.isDone()) {
                    range = null;
                }
                return next;
            }
            return switch (random.nextInt(4)) {
                case 0 -> plans.pick();
                case 1 -> {
                    if (random.nextInt(4) == 0) {
                        range = new RangeCompaction(database.context(), plans.range(keys));
                    }
                    yield null;
                }
                default -> picker.pick();
            };
        }

        private void stepCompactions() {
            if (compactions.isEmpty()) {
                return;
            }
            final TableTask task = compactions.get(random.nextInt(compactions.size()));
            if (random.nextInt(50) == 0) {
                task.close();
                compactions.remove(task);
                return;
            }
            for (int i = random.nextInt(4); i >= 0; i--) {
                while (random.nextBoolean()) {
                    task.help();
                }
                if (task.step()) {
                    database.apply(task);
                    task.close();
                    compactions.remove(task);
                    database.check(what + ", " + task);
                    return;
                }
            }
        }
    }

    @Test
    void afterARangeCompactionOnlyWhatIsLiveIsLeft() {
        for (int seed = 0; seed < SEEDS; seed++) {
            final String what = "seed " + seed;
            final Random random = new Random(seed);
            try (TestDatabase database = new TestDatabase(
                    new SimulatedStorage(), TestDatabase.smallOptions().build())) {
                final CompactionPicker picker = new CompactionPicker(database.context(), () -> false);
                final int keys = 1 << random.nextInt(9);
                for (int i = random.nextInt(12); i >= 0; i--) {
                    writeSome(database, random, keys);
                    if (random.nextBoolean()) {
                        database.compactAll(picker);
                    }
                }
                compact(database, KeyRange.all());
                database.check(what);
                final Version version = database.version();
                int levels = 0;
                long records = 0;
                for (int level = 0; level < Version.LEVELS; level++) {
                    levels += version.level(level).length > 0 ? 1 : 0;
                    records += version.records(level);
                }
                assertTrue(levels <= 1, what);
                assertEquals(0, version.level(0).length, what);
                assertEquals(database.content().size(), records, what);
                database.checkNothingIsLeft(what);
            }
        }
    }

    @Test
    void aRangeCompactionLeavesTheRestAlone() {
        final Random random = new Random(7);
        try (TestDatabase database = new TestDatabase(
                new SimulatedStorage(), TestDatabase.smallOptions().build())) {
            final CompactionPicker picker = new CompactionPicker(database.context(), () -> false);
            for (int i = 0; i < 20; i++) {
                writeSome(database, random, 500);
                database.compactAll(picker);
            }
            final KeyRange range = KeyRange.of(TestTables.key("k03"), TestTables.key("k04"));
            compact(database, range);
            database.check("range");
            final Version version = database.version();
            final int bottom = Tables.deepestLevel(version);
            int elsewhere = 0;
            for (int level = 1; level <= bottom; level++) {
                for (final TableFile table : version.level(level)) {
                    if (range.contains(table.meta().smallestKey())
                            || range.contains(table.meta().largestKey())) {
                        assertEquals(bottom, level);
                        assertEquals(0, table.meta().keyDeletes() + table.meta().versionDeletes());
                    } else if (level < bottom) {
                        elsewhere++;
                    }
                }
            }
            assertTrue(elsewhere > 0);
        }
    }

    private static void writeSome(final TestDatabase database, final Random random, final int keys) {
        for (int j = random.nextInt(100); j >= 0; j--) {
            database.writeAnything(random, keys);
        }
        database.flush();
    }

    private static void compact(final TestDatabase database, final KeyRange range) {
        final RangeCompaction compaction = new RangeCompaction(database.context(), range);
        while (!compaction.isDone()) {
            final Compaction plan = compaction.next();
            if (plan == null) {
                assertTrue(compaction.isDone());
            } else {
                database.run(new CompactionTask(database.context(), plan));
            }
        }
    }

    @Test
    void scoresSettle() {
        for (int seed = 0; seed < 20; seed++) {
            final Random random = new Random(seed);
            try (TestDatabase database = new TestDatabase(
                    new SimulatedStorage(), TestDatabase.smallOptions().build())) {
                final CompactionPicker picker = new CompactionPicker(database.context(), () -> false);
                for (int i = 0; i < 20; i++) {
                    for (int j = 0; j < 100; j++) {
                        database.writeAnything(random, 2000);
                    }
                    database.flush();
                    final int before = database.version().tables();
                    final int compactions = database.compactAll(picker);
                    // Each one takes at least one table one level deeper.
                    assertTrue(compactions <= before * Version.LEVELS, "seed " + seed + ": " + compactions);
                    assertTrue(!picker.isNeeded(database.version()), "seed " + seed);
                }
                assertTrue(Tables.deepestLevel(database.version()) >= 2, "seed " + seed);
                database.check("seed " + seed);
            }
        }
    }

    @Test
    void deletesSoonMeetWhatTheyHide() {
        final Options options =
                TestDatabase.smallOptions().compactionTotalSizeMultiplier(10).build();
        try (TestDatabase database = new TestDatabase(new SimulatedStorage(), options)) {
            final CompactionPicker picker = new CompactionPicker(database.context(), () -> false);
            final int keys = 3000;
            final long[] records = new long[2];
            for (int round = 0; round < 2; round++) {
                for (int i = 0; i < keys; i++) {
                    final byte[] key = TestTables.key(String.format("k%04d", i * 701 % keys));
                    if (round == 0) {
                        database.put(key, 1, new byte[50]);
                    } else {
                        database.delete(key);
                    }
                    if (i % 100 == 99) {
                        database.flush();
                        database.compactAll(picker);
                    }
                }
                for (int level = 1; level < Version.LEVELS; level++) {
                    records[round] += database.version().records(level);
                }
            }
            assertTrue(Tables.deepestLevel(database.version()) >= 2);
            assertTrue(records[1] < records[0] / 2, records[1] + " of " + records[0] + " records are left");
            database.check("deleted");
        }
    }
}
