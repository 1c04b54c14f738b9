package org.avccdb.engine.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.engine.storage.FileNames;
import org.avccdb.engine.storage.FileType;
import org.junit.jupiter.api.Test;

/** Whatever a kill or a power cut leaves: a prefix of the writes, with all that was synced, and never corruption. */
class JournalPowerCutTest {
    /** One database that lives, dies and is recovered several times. */
    private static final class Run {
        private final String what;
        private final Random random;
        private MemoryStorage storage = new MemoryStorage();
        private Fixture fixture;
        private long oldest = 1;
        private long after;
        private int flushed;

        Run(final int seed) {
            what = "seed " + seed;
            random = new Random(seed);
            fixture = new Fixture(storage, random).start(null);
            fixture.maxValue = 200;
        }

        void live(final int steps) {
            for (int i = 0; i < steps; i++) {
                final int step = random.nextInt(40);
                if (step == 0) {
                    fixture.rotate(0);
                } else if (step < 5) {
                    fixture.sync();
                } else if (step == 5) {
                    fixture.journal.prepareNext(random.nextBoolean() ? 0 : 10_000);
                } else if (step == 6) {
                    flush();
                } else {
                    fixture.append();
                }
            }
        }

        /** The oldest segment's content goes to tables, and the segment goes. */
        private void flush() {
            final List<Long> present = JournalReplay.present(storage, oldest);
            if (present.isEmpty() || present.get(0) >= fixture.journal.activeNumber()) {
                return;
            }
            final long number = present.get(0);
            while (flushed < fixture.groups.size() && fixture.segmentOf.get(flushed) <= number) {
                flushed++;
            }
            after = flushed == 0 ? 0 : fixture.groups.get(flushed - 1).lastSequence();
            fixture.synced = Math.max(fixture.synced, flushed);
            oldest = present.get(1);
            fixture.journal.retire(number);
        }

        void killAndRecover(final boolean powerCut) {
            if (random.nextInt(4) == 0) {
                final Group group = Group.random(random, fixture.nextSequence(), 3, 60);
                if (fixture.journal.room() > group.payload().length) {
                    fixture.journal.begin(group.firstSequence(), false);
                    fixture.journal.add(new UnsafeBuffer(group.payload()), 0, 16);
                }
            }
            if (random.nextInt(4) == 0) {
                fixture.journal.abandon();
                fixture.journal.finish();
                fixture.synced = fixture.groups.size();
            }
            final int[] units = {8, 512, 4096};
            storage = powerCut ? storage.powerCut(random, units[random.nextInt(3)]) : storage.copy();

            final List<Group> found = new ArrayList<>();
            final ReplayResult result = Fixture.replay(storage, oldest, after, fixture.ended, found);
            final int kept = flushed + found.size();
            assertTrue(kept <= fixture.groups.size(), what);
            assertEquals(fixture.groups.subList(flushed, kept), found, what);
            assertTrue(kept >= fixture.synced, () -> what + ": synced " + fixture.synced + ", found " + kept);
            assertTrue(powerCut || kept == fixture.groups.size(), () -> what + ": a kill lost something");
            foundWithoutManifest(found);

            final Fixture next = new Fixture(storage, random);
            next.numbers.set(fixture.numbers.get());
            next.groups.addAll(fixture.groups.subList(0, kept));
            next.segmentOf.addAll(fixture.segmentOf.subList(0, kept));
            next.synced = kept;
            next.maxValue = fixture.maxValue;
            if (random.nextBoolean()) {
                recordEnds(next, result);
                fixture = next.start(result.last());
            } else {
                flushed = kept;
                after = result.lastSequence();
                oldest = next.numbers.get() + 1;
                final boolean hasPrevious = random.nextBoolean();
                fixture = next.start(hasPrevious ? result.last() : null);
                JournalReplay.present(storage, 0).forEach(fixture.journal::retire);
                storage.syncDirectory();
            }
        }

        /**
         * Where only the tables say what is in them; a mere position just behind them may come once more, and where segments without
         * records are lost, what follows them need not be. */
        private void foundWithoutManifest(final List<Group> expected) {
            final List<Group> found = new ArrayList<>();
            Fixture.replay(storage, 0, after, fixture.ended, found);
            final List<Group> all = behindTables(fixture.groups);
            final List<Group> known = behindTables(found);
            assertTrue(known.size() <= all.size(), what);
            assertEquals(all.subList(0, known.size()), known, what);
            assertTrue(known.size() >= behindTables(expected).size(), what);
        }

        private List<Group> behindTables(final List<Group> groups) {
            return groups.stream().filter(group -> group.lastSequence() > after).toList();
        }

        private void recordEnds(final Fixture next, final ReplayResult result) {
            final Map<Long, SegmentEnd> ends = new HashMap<>(fixture.ended);
            for (final SegmentEnd end : result.ends()) {
                ends.put(end.number(), end);
                if (end.end() > 0) {
                    JournalReplay.sync(storage, end.number());
                }
            }
            next.ended.putAll(ends);
        }
    }

    @Test
    void aPowerCutLeavesAPrefixWithAllThatWasSynced() {
        for (int seed = 0; seed < 800; seed++) {
            final Run run = new Run(seed);
            for (int life = 0; life < 4; life++) {
                run.live(run.random.nextInt(80));
                run.killAndRecover(run.random.nextInt(4) > 0);
            }
        }
    }

    @Test
    void aSpareKeepsItsNameOrGetsItsNewOne() {
        final Run run = new Run(1);
        for (int i = 0; i < 20; i++) {
            run.live(50);
        }
        for (final String name : run.storage.powerCut(run.random, 512).list()) {
            assertTrue(FileNames.type(name) == FileType.JOURNAL || FileNames.type(name) == FileType.SPARE, name);
        }
    }
}
