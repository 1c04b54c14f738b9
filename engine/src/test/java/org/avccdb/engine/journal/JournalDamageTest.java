package org.avccdb.engine.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.CorruptionException;
import org.avccdb.engine.keys.EntryDescriptor;
import org.avccdb.engine.storage.FileNames;
import org.junit.jupiter.api.Test;

/** Damage anywhere is corruption where it must be, and else costs no more than what follows it. */
class JournalDamageTest {
    /** How the journal is left: by a kill, by a kill right after a sync, by a clean close. */
    private enum Ending {
        KILLED,
        SYNCED,
        CLEAN
    }

    private static Fixture journal(final MemoryStorage storage, final int seed, final Ending ending) {
        final Fixture fixture = new Fixture(storage, new Random(seed)).start(null);
        fixture.maxEntries = 2;
        fixture.maxValue = 20;
        // Old content behind the records.
        for (int i = 0; i < 60; i++) {
            fixture.append();
        }
        fixture.rotate(0);
        for (long number = 1; number < fixture.journal.activeNumber(); number++) {
            fixture.journal.retire(number);
        }
        fixture.groups.subList(0, fixture.groups.size() - 1).clear();
        final Group before = fixture.groups.get(0);
        for (int segment = 0; segment < 3; segment++) {
            for (int i = 0; i < 6; i++) {
                fixture.append();
                if (fixture.random.nextInt(seed % 3 + 2) == 0) {
                    fixture.sync();
                }
            }
            if (segment < 2) {
                fixture.rotate(0);
            }
        }
        fixture.groups.remove(before);
        fixture.synced = Math.max(0, fixture.synced - 1);
        switch (ending) {
            case KILLED -> fixture.append();
            case SYNCED -> fixture.sync();
            case CLEAN -> fixture.journal.finish();
        }
        return fixture;
    }

    private static void check(
            final String what, final Fixture fixture, final Layout layout, final MemoryStorage damaged) {
        final Layout.Verdict expected = layout.verdict(damaged);
        final List<Group> found = new ArrayList<>();
        CorruptionException corruption = null;
        try {
            Fixture.replay(damaged, found);
        } catch (CorruptionException e) {
            corruption = e;
        }
        if (expected.corrupt() != null) {
            assertNotNull(corruption, () -> what + ": damage to " + expected + " was taken for a torn tail");
            // Where a header is gone too, nobody can tell whether something before it is.
            assertTrue(layout.isFirstOrHeader(expected.corrupt(), corruption, damaged), what + ": " + corruption);
        } else {
            assertEquals(null, corruption, what);
            assertEquals(fixture.groups.subList(0, expected.groups()), found, what);
        }
        assertTrue(damaged.openFiles().isEmpty(), what);
    }

    @Test
    void everyByte() {
        for (int seed = 0; seed < 3; seed++) {
            for (final Ending ending : Ending.values()) {
                final MemoryStorage storage = new MemoryStorage();
                final Fixture fixture = journal(storage, seed, ending);
                final Layout layout = new Layout(storage);
                assertEquals(fixture.groups.size(), layout.groups());
                final MemoryStorage damaged = layout.storage();
                check("seed " + seed + ", " + ending + ", nothing", fixture, layout, damaged);
                for (final String name : layout.contents.keySet()) {
                    final byte[] content = damaged.content(name);
                    for (int i = 0; i < content.length; i++) {
                        // Behind the records a few are enough.
                        if (i < 800 || i % 97 == 0) {
                            final byte was = content[i];
                            content[i] ^= (byte) (1 << fixture.random.nextInt(8));
                            check(
                                    "seed " + seed + ", " + ending + ", " + name + " byte " + i,
                                    fixture,
                                    layout,
                                    damaged);
                            content[i] = was;
                        }
                    }
                }
            }
        }
    }

    @Test
    void theRestOfAFile() {
        for (int seed = 0; seed < 12; seed++) {
            for (final Ending ending : Ending.values()) {
                final MemoryStorage storage = new MemoryStorage();
                final Fixture fixture = journal(storage, seed, ending);
                final Layout layout = new Layout(storage);
                for (final String name : layout.contents.keySet()) {
                    for (int from = fixture.random.nextInt(16); from < 1500; from += 1 + fixture.random.nextInt(60)) {
                        final String what = "seed " + seed + ", " + ending + ", " + name + " from " + from;
                        final byte[] old = layout.contents.get(name);
                        final MemoryStorage damaged = layout.storage();
                        damaged.put(name, Arrays.copyOf(old, from));
                        check(what + " cut off", fixture, layout, damaged);
                        damaged.put(name, Arrays.copyOf(Arrays.copyOf(old, from), old.length));
                        check(what + " zero", fixture, layout, damaged);
                        final byte[] garbage = new byte[old.length];
                        fixture.random.nextBytes(garbage);
                        System.arraycopy(old, 0, garbage, 0, from);
                        damaged.put(name, garbage);
                        check(what + " garbage", fixture, layout, damaged);
                    }
                }
            }
        }
    }

    @Test
    void manyPlacesAtOnce() {
        for (int seed = 0; seed < 800; seed++) {
            final MemoryStorage storage = new MemoryStorage();
            final Ending ending = Ending.values()[seed % 3];
            final Fixture fixture = journal(storage, seed, ending);
            final Layout layout = new Layout(storage);
            final MemoryStorage damaged = layout.storage();
            final List<String> names = List.copyOf(layout.contents.keySet());
            for (int i = fixture.random.nextInt(6); i >= 0; i--) {
                final byte[] content = damaged.content(names.get(fixture.random.nextInt(names.size())));
                final int from = fixture.random.nextInt(1500);
                final int to = from + 1 + fixture.random.nextInt(fixture.random.nextBoolean() ? 8 : 300);
                for (int at = from; at < to; at++) {
                    content[at] = (byte) fixture.random.nextInt(i % 2 == 0 ? 1 : 256);
                }
            }
            check("seed " + seed + ", " + ending, fixture, layout, damaged);
        }
    }

    @Test
    void onlyTheLastSyncedRecordIsUnprotected() {
        for (int seed = 0; seed < 300; seed++) {
            final MemoryStorage storage = new MemoryStorage();
            final Fixture fixture = journal(storage, seed, Ending.SYNCED);
            final Layout layout = new Layout(storage);

            final List<Layout.Part> unclaimed = layout.syncedButUnclaimed(fixture.synced);

            assertTrue(unclaimed.size() <= 1, "seed " + seed + ": " + unclaimed);
        }
    }

    @Test
    void nothingIsUnprotectedAfterACleanClose() {
        final MemoryStorage storage = new MemoryStorage();
        final Fixture fixture = journal(storage, 1, Ending.CLEAN);

        assertEquals(List.of(), new Layout(storage).syncedButUnclaimed(fixture.groups.size()));
    }

    @Test
    void aMissingSegmentIsCorruption() {
        final MemoryStorage storage = new MemoryStorage();
        journal(storage, 2, Ending.KILLED);
        final List<Long> numbers = JournalReplay.present(storage, 0);
        assertEquals(3, numbers.size());
        final long flushed = firstSequence(storage, numbers.get(0)) - 1;
        for (int i = 0; i < 2; i++) {
            final MemoryStorage damaged = storage.copy();
            damaged.delete(FileNames.journal(numbers.get(i)));
            CorruptionException corruption = null;
            try {
                Fixture.replay(damaged, numbers.get(0), flushed, Map.of(), new ArrayList<>());
            } catch (CorruptionException e) {
                corruption = e;
            }
            assertNotNull(corruption);
            assertEquals(FileNames.journal(numbers.get(i)), corruption.file());
        }
    }

    private static long firstSequence(final MemoryStorage storage, final long number) {
        try (SegmentReader segment = new SegmentReader(storage, number, Fixture.ID)) {
            return segment.segmentFirstSequence();
        }
    }

    @Test
    void anotherDatabasesSegmentIsCorruption() {
        final MemoryStorage storage = new MemoryStorage();
        journal(storage, 3, Ending.KILLED);
        final byte[] other = Fixture.ID.clone();
        other[15]++;

        assertThrows(
                CorruptionException.class,
                () -> new JournalReplay(storage, other, 0, 0, Map.of()).run((a, b, c, d, e) -> {}));
    }

    /** Records that a value holds a copy of are no records, wherever they are. */
    @Test
    void aCopyOfTheJournalInAValueIsNoEvidence() {
        final MemoryStorage storage = new MemoryStorage();
        final Fixture fixture = new Fixture(storage, new Random(11)).start(null);
        for (int i = 0; i < 8; i++) {
            fixture.append();
            fixture.sync();
        }
        final byte[] copy = Arrays.copyOf(storage.content(FileNames.journal(1)), fixture.journal.position());
        final int before = fixture.groups.size();
        // Behind each other, so that one of them is at a multiple of 8.
        final int at = fixture.journal.position();
        for (int shift = 0; shift < 8; shift++) {
            final byte[] payload = new byte[16 + shift + copy.length];
            EntryDescriptor.putHeader(new UnsafeBuffer(payload), 0, 1, 0, shift + copy.length, 1);
            System.arraycopy(copy, 0, payload, 16 + shift, copy.length);
            if (fixture.journal.room() > payload.length) {
                fixture.append(new Group(fixture.nextSequence(), 1, 1, payload));
            }
        }
        final MemoryStorage damaged = storage.copy();
        Arrays.fill(damaged.content(FileNames.journal(1)), at, at + 40, (byte) 0);

        final List<Group> found = new ArrayList<>();
        Fixture.replay(damaged, found);
        assertEquals(fixture.groups.subList(0, before), found);
    }
}
