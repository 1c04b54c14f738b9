package org.avccdb.engine.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.CorruptionException;
import org.avccdb.engine.keys.EntryDescriptor;
import org.avccdb.engine.keys.RecordType;
import org.avccdb.engine.storage.FileNames;
import org.avccdb.engine.storage.NioStorage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was written comes back, and the result says how far. */
class JournalRoundTripTest {
    @Test
    void givesBackWhatWasWritten() {
        for (int seed = 0; seed < 200; seed++) {
            final MemoryStorage storage = new MemoryStorage();
            final Fixture fixture = new Fixture(storage, new Random(seed)).start(null);
            fixture.run(seed);
            final boolean clean = seed % 2 == 0;
            if (clean) {
                fixture.journal.finish();
            }
            fixture.journal.close();
            assertTrue(storage.openFiles().isEmpty(), "seed " + seed);

            final List<Group> found = new ArrayList<>();
            final ReplayResult result = Fixture.replay(storage, found);

            assertEquals(fixture.groups, found, "seed " + seed);
            assertEquals(fixture.nextSequence() - 1, result.lastSequence(), "seed " + seed);
            final boolean written = storage.list().stream().anyMatch(name -> name.endsWith(".journal"));
            assertEquals(clean && written, result.clean(), "seed " + seed);
            assertEquals(found.size(), result.groups(), "seed " + seed);
            assertEquals(found.stream().mapToLong(Group::entryCount).sum(), result.entries(), "seed " + seed);
            assertEquals(
                    found.stream().mapToLong(group -> group.payload().length).sum(), result.bytes(), "seed " + seed);
            assertTrue(storage.openFiles().isEmpty(), "seed " + seed);
        }
    }

    @Test
    void givesBackWhatWasWrittenToRealFiles(@TempDir final Path directory) {
        final NioStorage storage = NioStorage.create(directory);
        final Fixture fixture = new Fixture(storage, new Random(1)).start(null);
        fixture.run(300);
        fixture.journal.close();
        for (final long number : JournalReplay.present(storage, 0)) {
            JournalReplay.sync(storage, number);
        }

        final List<Group> found = new ArrayList<>();
        Fixture.replay(storage, found);

        assertEquals(fixture.groups, found);
    }

    @Test
    void givesBackOnlyWhatIsAskedFor() {
        for (int seed = 0; seed < 100; seed++) {
            final MemoryStorage storage = new MemoryStorage();
            final Fixture fixture = new Fixture(storage, new Random(seed)).start(null);
            fixture.run(200);
            final long after = fixture.random.nextInt((int) fixture.nextSequence());

            final List<Group> found = new ArrayList<>();
            final ReplayResult result = Fixture.replay(storage, 0, after, Map.of(), found);

            final List<Group> expected = fixture.groups.stream()
                    .filter(group ->
                            group.sequences() == 0 ? group.firstSequence() > after : group.lastSequence() > after)
                    .toList();
            assertEquals(expected, found, "seed " + seed + ", after " + after);
            assertEquals(fixture.nextSequence() - 1, result.lastSequence(), "seed " + seed + ", after " + after);
        }
    }

    @Test
    void anEmptyDirectoryIsAnEmptyJournal() {
        final ReplayResult result = Fixture.replay(new MemoryStorage(), 7, 41, Map.of(), new ArrayList<>());

        assertEquals(41, result.lastSequence());
        assertNull(result.last());
        assertFalse(result.clean());
    }

    @Test
    void aSegmentThatWasOnlyPreparedIsNothing() {
        final MemoryStorage storage = new MemoryStorage();
        final Fixture fixture = new Fixture(storage, new Random(3)).start(null);
        fixture.append();
        fixture.journal.prepareNext(0);
        fixture.journal.finish();

        final List<Group> found = new ArrayList<>();
        final ReplayResult result = Fixture.replay(storage, found);

        assertEquals(fixture.groups, found);
        assertTrue(result.clean());
        assertEquals(1, result.last().number());
        assertEquals(List.of(result.last(), new SegmentEnd(2, 0, result.lastSequence())), result.ends());
    }

    @Test
    void aGroupTooLargeForAnySegmentGetsOneOfItsOwn() {
        final MemoryStorage storage = new MemoryStorage();
        final Fixture fixture = new Fixture(storage, new Random(4)).start(null);
        fixture.append();
        fixture.journal.prepareNext(0);
        final byte[] payload = new byte[EntryDescriptor.HEADER_LENGTH + 3 * Fixture.SEGMENT_BYTES];
        EntryDescriptor.putHeader(
                new UnsafeBuffer(payload), 0, RecordType.PUT, 0, payload.length - EntryDescriptor.HEADER_LENGTH, 5);
        assertFalse(fixture.journal.rotate(fixture.nextSequence(), payload.length));
        fixture.append(new Group(fixture.nextSequence(), 1, 1, payload));
        final long large = fixture.journal.activeNumber();
        for (int i = 0; i < 100; i++) {
            fixture.append();
        }

        final List<Group> found = new ArrayList<>();
        Fixture.replay(storage, found);
        assertEquals(fixture.groups, found);

        fixture.journal.retire(large);
        assertFalse(storage.exists(FileNames.spare(large)), "a spare of another size");
        assertFalse(storage.exists(FileNames.journal(large)));
    }

    @Test
    void fillsASegmentToTheLastByte() {
        final MemoryStorage storage = new MemoryStorage();
        final Fixture fixture = new Fixture(storage, new Random(5)).start(null);
        fixture.rotate(0);
        final byte[] payload = new byte[fixture.journal.room()];
        EntryDescriptor.putHeader(
                new UnsafeBuffer(payload), 0, RecordType.PUT, 0, payload.length - EntryDescriptor.HEADER_LENGTH, 5);
        fixture.append(new Group(1, 1, 1, payload));
        assertEquals(1, fixture.journal.activeNumber());
        assertEquals(0, fixture.journal.room());
        assertThrows(IllegalStateException.class, () -> fixture.write(Group.random(fixture.random, 2, 1, 0), false));
        fixture.journal.abandon();
        fixture.journal.finish();

        final List<Group> found = new ArrayList<>();
        assertTrue(Fixture.replay(storage, found).clean());
        assertEquals(fixture.groups, found);
    }

    @Test
    void anAbandonedGroupIsNotThere() {
        final MemoryStorage storage = new MemoryStorage();
        final Fixture fixture = new Fixture(storage, new Random(6)).start(null);
        for (int i = 0; i < 20; i++) {
            fixture.append();
            fixture.journal.begin(fixture.nextSequence(), false);
            fixture.journal.add(new UnsafeBuffer(new byte[50]), 0, 50);
            fixture.journal.abandon();
        }

        final List<Group> found = new ArrayList<>();
        Fixture.replay(storage, found);
        assertEquals(fixture.groups, found);
    }

    @Test
    void sequenceNumbersMayBeLeftOutAtTheBeginningOfASegmentOnly() {
        final MemoryStorage storage = new MemoryStorage();
        final Fixture fixture = new Fixture(storage, new Random(7)).start(null);
        fixture.append(put(1));
        fixture.journal.prepareNext(0);
        assertTrue(fixture.journal.rotate(1000, 0));
        fixture.append(put(1000));
        final List<Group> found = new ArrayList<>();
        assertEquals(1000, Fixture.replay(storage, found).lastSequence());
        assertEquals(fixture.groups, found);

        fixture.append(put(1002));
        assertThrows(CorruptionException.class, () -> Fixture.replay(storage, new ArrayList<>()));
    }

    @Test
    void sequenceNumbersNeverGoBack() {
        final MemoryStorage storage = new MemoryStorage();
        final Fixture fixture = new Fixture(storage, new Random(8)).start(null);
        fixture.append(put(1));
        fixture.append(put(2));
        fixture.journal.prepareNext(0);
        assertTrue(fixture.journal.rotate(2, 0));

        assertThrows(CorruptionException.class, () -> Fixture.replay(storage, new ArrayList<>()));
    }

    @Test
    void entriesThatNobodyCanHaveWrittenAreCorruption() {
        final byte[] unknownType = put(1).payload().clone();
        unknownType[0] = RecordType.RANGE_DELETE;
        for (final Group group : List.of(new Group(1, 1, 1, unknownType), new Group(1, 2, 2, put(1).payload()))) {
            final MemoryStorage storage = new MemoryStorage();
            final Fixture fixture = new Fixture(storage, new Random(9)).start(null);
            fixture.append(group);

            final CorruptionException e =
                    assertThrows(CorruptionException.class, () -> Fixture.replay(storage, new ArrayList<>()));
            assertEquals(FileNames.journal(1), e.file());
        }
    }

    private static Group put(final long sequence) {
        final byte[] payload = new byte[EntryDescriptor.HEADER_LENGTH + 20];
        EntryDescriptor.putHeader(new UnsafeBuffer(payload), 0, RecordType.PUT, 10, 10, 3);
        return new Group(sequence, 1, 1, payload);
    }
}
