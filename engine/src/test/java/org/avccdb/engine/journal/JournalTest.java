package org.avccdb.engine.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.StorageException;
import org.avccdb.engine.keys.EntryDescriptor;
import org.avccdb.engine.keys.RecordType;
import org.avccdb.engine.storage.FileNames;
import org.avccdb.engine.storage.NioStorage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Segments come, go and fail as they should. */
class JournalTest {
    private final MemoryStorage storage = new MemoryStorage();
    private final Fixture fixture = new Fixture(storage, new Random(17)).start(null);

    @Test
    void rotatesOnlyIntoWhatIsPrepared() {
        assertFalse(fixture.journal.isNextReady());
        assertFalse(fixture.journal.rotate(1, 0));
        assertEquals(0, fixture.journal.room());
        fixture.journal.prepareNext(0);
        fixture.journal.prepareNext(0);
        assertTrue(fixture.journal.isNextReady());
        assertTrue(fixture.journal.rotate(1, 0));
        assertFalse(fixture.journal.isNextReady());
        assertEquals(1, fixture.journal.activeNumber());
        assertEquals(List.of(FileNames.journal(1)), storage.list());
    }

    @Test
    void theFirstSegmentIsShortAndNeverASpare() {
        final MemoryStorage files = new MemoryStorage();
        final AtomicLong numbers = new AtomicLong();
        final Journal journal = new Journal(files, Fixture.ID, 1 << 20, 2, numbers::incrementAndGet, null);
        journal.prepareFirst();
        assertTrue(journal.rotate(1, 0));
        final int room = journal.room();
        assertTrue(room < 1 << 18 && room > 1 << 17, room + " bytes");
        for (int i = 0; i < 2; i++) {
            journal.prepareNext(0);
            assertTrue(journal.rotate(1 + i, 0));
            assertEquals(journal.usualRoom(), journal.room());
        }
        assertEquals((256 << 10) + (2 << 20), journal.neededBytes());
        journal.retire(1);
        journal.retire(2);
        assertEquals(List.of(FileNames.spare(2), FileNames.journal(3)), files.list());
        assertEquals(1 << 20, journal.neededBytes());
        journal.close();
    }

    @Test
    void retiredSegmentsBecomeSparesUpToALimitAndAreUsedAgain() {
        for (int i = 0; i < 5; i++) {
            fixture.rotate(0);
            fixture.append();
        }
        for (long number = 1; number < 5; number++) {
            fixture.journal.retire(number);
            fixture.journal.retire(number);
        }
        assertEquals(List.of(FileNames.spare(1), FileNames.spare(2), FileNames.journal(5)), storage.list());
        assertThrows(IllegalStateException.class, () -> fixture.journal.retire(5));
        fixture.journal.prepareNext(0);
        assertEquals(List.of(FileNames.spare(2), FileNames.journal(5), FileNames.journal(6)), storage.list());
        assertThrows(IllegalStateException.class, () -> fixture.journal.retire(6));
        fixture.journal.close();
        fixture.journal.close();
        assertEquals(List.of(FileNames.journal(5)), storage.list(), "only what was written to is kept");
        assertTrue(storage.openFiles().isEmpty());
    }

    @Test
    void sparesAndWhatIsReadyButForOneAreDeletedOneByOne() {
        for (int i = 0; i < 3; i++) {
            fixture.rotate(0);
            fixture.append();
        }
        assertFalse(fixture.journal.shrink());
        fixture.journal.retire(1);
        fixture.journal.retire(2);
        assertTrue(fixture.journal.shrink());
        assertEquals(List.of(FileNames.spare(1), FileNames.journal(3)), storage.list());
        assertTrue(fixture.journal.shrink());
        assertFalse(fixture.journal.shrink());
        assertEquals(List.of(FileNames.journal(3)), storage.list());
        fixture.rotate(0);
        while (fixture.journal.prepareNext(0)) {
            fixture.append();
        }
        assertTrue(storage.list().size() > 3, "used in quick succession, more are made ready");
        while (fixture.journal.shrink()) {
            fixture.append();
        }
        assertEquals(List.of(FileNames.journal(3), FileNames.journal(4), FileNames.journal(5)), storage.list());
        fixture.rotate(0);
        assertEquals(5, fixture.journal.activeNumber());
    }

    /** A power cut may have left holes in it. */
    @Test
    void aSegmentOfTheTimeBeforeIsNotUsedAgain() {
        fixture.append();
        final SegmentEnd end = new SegmentEnd(fixture.journal.activeNumber(), fixture.journal.position(), 1);
        fixture.journal.close();
        fixture.start(end);
        fixture.rotate(0);
        fixture.journal.retire(1);
        assertEquals(List.of(FileNames.journal(2)), storage.list());
    }

    @Test
    void whatIsPreparedIsSyncedOnceSomebodyHasAskedForASync() {
        fixture.rotate(0);
        fixture.append();
        fixture.rotate(0);
        assertEquals(List.of(), storage.synced());
        fixture.append();
        fixture.sync();
        fixture.journal.retire(1);
        fixture.rotate(0);
        assertEquals(List.of(FileNames.journal(1), FileNames.journal(2), FileNames.journal(3)), storage.synced());
    }

    @Test
    void whatIsBehindLeavesTheMemoryOfTheProcess() {
        fixture.rotate(0);
        fixture.append();
        fixture.rotate(0);
        fixture.append();
        assertEquals(List.of(), storage.unmapped());
        fixture.journal.prepareNext(0);
        assertEquals(List.of(FileNames.journal(1)), storage.unmapped());
        fixture.sync();
        assertEquals(
                1,
                new Layout(storage)
                        .parts.stream()
                                .filter(part -> part.segment() == 1 && part.type() == GroupDescriptor.TYPE_SYNCED)
                                .count(),
                "what is written all the same is written");
    }

    @Test
    void syncsEarlierSegmentsFirstAndNothingTwice() {
        for (int i = 0; i < 3; i++) {
            fixture.rotate(0);
            fixture.append();
        }
        final int before = storage.syncs();
        fixture.sync();
        assertEquals(
                List.of(FileNames.journal(1), FileNames.journal(2), FileNames.journal(3)),
                storage.synced().subList(before, storage.syncs()));
        fixture.sync();
        assertEquals(before + 3, storage.syncs());
        fixture.append();
        fixture.sync();
        assertEquals(before + 4, storage.syncs());
        fixture.rotate(0);
        final int prepared = storage.syncs();
        fixture.append();
        fixture.sync();
        assertEquals(prepared + 1, storage.syncs(), "what was synced before the rotation is synced");
    }

    /** What was synced is said by the next group, or else by a mark, but for a group that was synced alone. */
    @Test
    void marksWhatWasSyncedWhereNoGroupWill() {
        fixture.append();
        fixture.sync();
        assertEquals(List.of(), new Layout(storage).syncedButUnclaimed(1), "neither the header nor the group");
        for (int i = 0; i < 5; i++) {
            fixture.append();
            fixture.sync();
        }
        assertEquals(1, marks());
        fixture.append();
        fixture.append();
        fixture.sync();
        fixture.append();
        fixture.sync();
        assertEquals(2, marks());
        fixture.append();
        fixture.rotate(0);
        fixture.sync();
        assertEquals(List.of(), new Layout(storage).syncedButUnclaimed(fixture.groups.size()));
    }

    private long marks() {
        return new Layout(storage)
                .parts.stream()
                        .filter(part -> part.type() == GroupDescriptor.TYPE_SYNCED)
                        .count();
    }

    @Test
    void aRetiredSegmentIsNotSynced() {
        fixture.append();
        fixture.rotate(0);
        fixture.append();
        fixture.journal.retire(1);
        final int before = storage.syncs();
        fixture.sync();
        assertEquals(before + 1, storage.syncs());
    }

    @Test
    void aSegmentIsNotTakenAwayWhileItIsSynced() {
        fixture.append();
        fixture.rotate(0);
        fixture.append();
        storage.duringSync(name -> {
            if (name.equals(FileNames.journal(1))) {
                fixture.journal.retire(1);
                assertTrue(storage.openFiles().contains(name));
                assertTrue(storage.exists(name));
            }
        });
        fixture.sync();
        assertTrue(storage.exists(FileNames.journal(1)));
        fixture.journal.prepareNext(0);
        assertEquals(List.of(FileNames.journal(2), FileNames.journal(3)), storage.list(), "retired, and used again");
    }

    @Test
    void aSegmentIsInTheDirectoryBeforeItIsWrittenTo() {
        fixture.append();
        fixture.sync();
        assertEquals(
                List.of(FileNames.journal(1)),
                storage.powerCut(new Random(1), 8).list());
    }

    @Test
    void aFailedSyncIsTheLastOne() {
        fixture.append();
        fixture.rotate(0);
        fixture.append();
        storage.refuse("sync 000001.journal");
        final StorageException first = assertThrows(StorageException.class, fixture.journal::sync);
        storage.refuse("");
        final int syncs = storage.syncs();
        assertSame(first, assertThrows(StorageException.class, fixture.journal::sync));
        assertSame(first, assertThrows(StorageException.class, () -> fixture.journal.begin(9, false)));
        assertSame(first, assertThrows(StorageException.class, () -> fixture.journal.rotate(9, 0)));
        assertSame(first, assertThrows(StorageException.class, () -> fixture.journal.prepareNext(0)));
        assertSame(first, assertThrows(StorageException.class, fixture.journal::finish));
        assertEquals(syncs, storage.syncs());
        fixture.journal.abandon();
        fixture.journal.retire(1);
        assertFalse(storage.exists(FileNames.spare(1)), "a file whose sync failed is not used again");
        fixture.journal.close();
        assertTrue(storage.openFiles().isEmpty());
    }

    @Test
    void aFailedWriteLeavesNoRecordAndNoFurtherOne() {
        fixture.append();
        fixture.journal.begin(fixture.nextSequence(), false);
        storage.refuse("write");
        final UnsafeBuffer bytes = new UnsafeBuffer(new byte[16]);
        final StorageException first =
                assertThrows(StorageException.class, () -> fixture.journal.add(bytes, 0, bytes.capacity()));
        storage.refuse("");
        assertSame(first, assertThrows(StorageException.class, () -> fixture.journal.end(1)));
        final List<Group> found = new ArrayList<>();
        Fixture.replay(storage, found);
        assertEquals(fixture.groups, found);
    }

    @Test
    void aFailureToPrepareHeals() {
        fixture.append();
        fixture.sync();
        for (final String operation : List.of("create", "sync 0000", "recycle")) {
            fixture.rotate(0);
            fixture.append();
            if (operation.equals("recycle")) {
                for (final long number : JournalReplay.present(storage, 0)) {
                    if (number < fixture.journal.activeNumber()) {
                        fixture.journal.retire(number);
                    }
                }
            }
            storage.refuse(operation);
            assertThrows(StorageException.class, () -> fixture.journal.prepareNext(0), operation);
            assertFalse(fixture.journal.rotate(fixture.nextSequence(), 0), operation);
            fixture.append();
            storage.refuse("");
            fixture.journal.prepareNext(0);
            assertTrue(fixture.journal.rotate(fixture.nextSequence(), 0), operation);
            fixture.append();
        }
        fixture.journal.finish();
        final List<Group> found = new ArrayList<>();
        Fixture.replay(storage, found);
        assertEquals(fixture.groups.subList(fixture.groups.size() - 3, fixture.groups.size()), found);
    }

    @Test
    void aFailedSyncOfTheDirectoryDoesNotHeal() {
        fixture.append();
        storage.refuse("sync directory");
        final StorageException first = assertThrows(StorageException.class, () -> fixture.journal.prepareNext(0));
        storage.refuse("");
        assertSame(first, assertThrows(StorageException.class, () -> fixture.journal.prepareNext(0)));
        assertSame(first, assertThrows(StorageException.class, fixture.journal::sync));
    }

    @Test
    void refusesMisuse() {
        assertThrows(NullPointerException.class, () -> fixture.journal.begin(1, false));
        fixture.append();
        assertThrows(IllegalStateException.class, () -> fixture.journal.end(1));
        final long next = fixture.nextSequence();
        fixture.journal.begin(next, false);
        assertThrows(IllegalStateException.class, () -> fixture.journal.begin(next, false));
        assertThrows(IllegalStateException.class, fixture.journal::sync);
        assertThrows(IllegalArgumentException.class, () -> fixture.journal.end(0));
        final UnsafeBuffer half = new UnsafeBuffer(new byte[fixture.journal.room() / 2 + 1]);
        fixture.journal.add(half, 0, half.capacity());
        assertThrows(IllegalStateException.class, () -> fixture.journal.add(half, 0, half.capacity()));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Journal(storage, new byte[15], 4096, 1, fixture.numbers::incrementAndGet, null));
        assertThrows(IllegalArgumentException.class, () -> fixture.journal.prepareNext(Integer.MAX_VALUE));
    }

    /** A writer that never waits for the background, next to a background that takes away what the writer may be syncing. */
    @Test
    void bothRolesAtOnce() throws Exception {
        final ExecutorService background = Executors.newSingleThreadExecutor();
        try {
            final ConcurrentLinkedQueue<Long> left = new ConcurrentLinkedQueue<>();
            fixture.rotate(0);
            Future<?> task = null;
            int rotations = 0;
            while (rotations < 2000) {
                fixture.append();
                if (fixture.random.nextInt(4) == 0) {
                    fixture.sync();
                }
                if (task == null || task.isDone()) {
                    if (task != null) {
                        task.get();
                    }
                    task = background.submit(() -> {
                        for (Long number = left.poll(); number != null; number = left.poll()) {
                            fixture.journal.retire(number);
                        }
                        fixture.journal.prepareNext(0);
                    });
                }
                final long active = fixture.journal.activeNumber();
                if (fixture.journal.rotate(fixture.nextSequence(), 0)) {
                    left.add(active);
                    rotations++;
                } else {
                    while (fixture.journal.room() < 1000 && !fixture.journal.isNextReady()) {
                        task.get();
                        if (!fixture.journal.isNextReady()) {
                            background
                                    .submit(() -> fixture.journal.prepareNext(0))
                                    .get();
                        }
                    }
                }
            }
        } finally {
            background.shutdown();
            assertTrue(background.awaitTermination(5, TimeUnit.MINUTES));
        }
        fixture.journal.finish();
        fixture.journal.close();
        assertTrue(storage.openFiles().isEmpty());
        final List<Group> found = new ArrayList<>();
        assertTrue(Fixture.replay(storage, found).clean());
        assertTrue(found.size() <= fixture.groups.size());
        assertEquals(fixture.groups.subList(fixture.groups.size() - found.size(), fixture.groups.size()), found);
    }

    @Test
    void anAppendMakesNoGarbage(@TempDir final Path directory) {
        final NioStorage real = NioStorage.create(directory);
        try (Journal journal = new Journal(real, Fixture.ID, 16 << 20, 0, fixture.numbers::incrementAndGet, null)) {
            journal.prepareNext(0);
            assertTrue(journal.rotate(1, 0));
            final UnsafeBuffer direct = new UnsafeBuffer(ByteBuffer.allocateDirect(4096), 100, 132);
            EntryDescriptor.putHeader(direct, 0, RecordType.PUT, 16, 100, 7);
            final UnsafeBuffer array = new UnsafeBuffer(new byte[132]);
            array.putBytes(0, direct, 0, 132);
            final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long sequence = 1;
            long allocated = 0;
            for (int round = 0; round < 4; round++) {
                final long before = threads.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < 5000; i++) {
                    journal.begin(sequence, false);
                    journal.add(direct, 0, 132);
                    journal.add(array, 0, 132);
                    journal.end(2);
                    sequence += 2;
                }
                allocated = threads.getCurrentThreadAllocatedBytes() - before;
            }
            assertTrue(allocated < 5000, allocated + " bytes for 5000 groups");
            journal.finish();
            final long[] entries = new long[1];
            new JournalReplay(real, Fixture.ID, 0, 0, Map.of())
                    .run((first, payload, offset, length, count) -> entries[0] += count);
            assertEquals(40_000, entries[0]);
        }
    }
}
