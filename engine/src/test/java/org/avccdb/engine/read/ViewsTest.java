package org.avccdb.engine.read;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.ClosedException;
import org.avccdb.Cursor;
import org.avccdb.KeyRange;
import org.avccdb.SnapshotReleasedException;
import org.avccdb.engine.memtable.Memtable;
import org.avccdb.memdb.MemoryPurpose;
import org.junit.jupiter.api.Test;

class ViewsTest {
    private static final byte[] KEY = Rec.bytes("k");

    @Test
    void letsGoOfAViewWhenItsReadersHaveLeft() {
        try (TestRuns database = new TestRuns()) {
            Memtable first = database.memtable(Rec.put("k", 1, 1));
            Memtable second = database.memtable(Rec.put("k", 1, 2));
            database.publish(first);
            Place place = database.views.enter();
            database.publish(second);
            assertEquals(0, database.views.reclaim());
            assertEquals(2, first.references());
            database.views.exit(place);
            assertEquals(1, database.views.reclaim());
            assertEquals(1, first.references());
            assertEquals(2, second.references());
        }
    }

    @Test
    void pinsWhatItSeesAndLetsGoOfItOnce() {
        try (TestRuns database = new TestRuns()) {
            Memtable first = database.memtable(Rec.put("k", 1, 1), Rec.put("k", 1, 2));
            database.publish(first);
            database.views.makeVisible(1);
            SnapshotPin snapshot = database.views.pinSnapshot();
            database.views.makeVisible(2);
            Memtable second = database.memtable(Rec.put("k", 1, 3));
            database.publish(second);
            database.views.makeVisible(3);
            database.views.reclaim();
            Reads then = new Reads(database.views, snapshot, database.cursors, nanos -> {});
            assertArrayEquals(Rec.bytes("k=1@1"), then.get(KEY));
            assertArrayEquals(Rec.bytes("k=1@3"), database.reads().get(KEY));
            assertEquals(1, snapshot.sequence());
            Views.PinStats stats = database.views.pinStats();
            assertEquals(1, stats.count());
            assertEquals(first.arena().capacity(), stats.bytes());
            assertTrue(stats.oldestAgeNanos() > 0);
            snapshot.close();
            snapshot.close();
            assertEquals(1, database.views.reclaim());
            assertEquals(1, first.references());
            assertEquals(0, database.views.pinStats().count());
            assertThrows(SnapshotReleasedException.class, () -> then.get(KEY));
        }
    }

    @Test
    void aReaderInsideKeepsASnapshotThatIsClosed() {
        try (TestRuns database = new TestRuns()) {
            Memtable first = database.memtable(Rec.put("k", 1, 1));
            database.publish(first);
            SnapshotPin snapshot = database.views.pinSnapshot();
            database.publish(database.memtable());
            Place place = database.views.enter();
            snapshot.close();
            database.views.reclaim();
            assertEquals(3, first.references() + 1);
            database.views.exit(place);
            database.views.reclaim();
            assertEquals(1, first.references());
        }
    }

    @Test
    void keepsRunsOfTablesWhereOnlyMemtablesChange() {
        try (TestRuns database = new TestRuns()) {
            List<List<Rec>> runs = List.of(List.of(), List.of(Rec.put("a", 3, 2)), List.of(Rec.put("a", 9, 1)));
            database.publish(runs, 1, 1, 2, new Random(0));
            Place place = database.views.enter();
            ReadView before = database.views.view(place);
            database.publish(database.memtable(), database.memtable(Rec.put("b", 4, 3)));
            ReadView behind = database.views.view(place);
            database.views.exit(place);
            assertNotSame(before, behind);
            assertEquals(3, before.runs());
            assertEquals(4, behind.runs());
            assertSame(before.run(1), behind.run(2));
            assertSame(before.run(2), behind.run(3));
            assertEquals(9, behind.olderMaxPutVersion(0));
            assertEquals(9, behind.olderMaxPutVersion(2));
            assertEquals(0, behind.olderMaxPutVersion(3));
        }
    }

    @Test
    void anOverlayIsReadAsNewest() {
        try (TestRuns database = new TestRuns()) {
            Memtable below = database.memtable(Rec.put("k", 7, 1), Rec.put("other", 1, 2));
            database.publish(below);
            database.views.makeVisible(2);
            PinnedView base = database.views.pin(database.views);
            Memtable own = database.memtable(Rec.delete("k", 3), Rec.put("k", 5, 4));
            ReadView overlay = ReadView.overlay(List.of(own), List.of(), base.viewOrNull(), base.sequence());
            assertEquals(7, overlay.olderMaxPutVersion(0));
            Reads reads = new Reads(
                    database.views,
                    place -> {
                        place.sees(4);
                        return overlay;
                    },
                    database.cursors,
                    nanos -> {});
            assertArrayEquals(Rec.bytes("k=5@4"), reads.get(KEY));
            assertEquals(1, reads.getVersionHistory(KEY, 0, 0).size());
            assertArrayEquals(Rec.bytes("other=1@2"), reads.get(Rec.bytes("other")));
            assertArrayEquals(Rec.bytes("k=7@1"), database.reads().get(KEY));
            base.release();
            overlay.release();
            database.views.reclaim();
            assertEquals(1, own.references());
        }
    }

    @Test
    void aClosedOneLetsNobodyIn() {
        TestRuns database = new TestRuns();
        database.publish(database.memtable(Rec.put("k", 1, 1)));
        SnapshotPin snapshot = database.views.pinSnapshot();
        database.close();
        assertThrows(ClosedException.class, database.views::enter);
        assertThrows(ClosedException.class, () -> database.reads().get(KEY));
        assertThrows(ClosedException.class, database.views::pinSnapshot);
        snapshot.close();
        assertEquals(0, database.ledger.totalBytes());
    }

    @Test
    void closingWaitsForReaders() throws Exception {
        TestRuns database = new TestRuns();
        database.publish(database.memtable(Rec.put("k", 1, 1)));
        database.views.makeVisible(1);
        CountDownLatch inside = new CountDownLatch(1);
        AtomicBoolean left = new AtomicBoolean();
        Crew crew = new Crew();
        crew.add(() -> database.reads().read(new UnsafeBuffer(KEY), 0, 1, (buffer, offset, length) -> {
            inside.countDown();
            sleep(30);
            assertEquals("k=1@1", buffer.getStringWithoutLengthAscii(offset, length));
            left.set(true);
        }));
        inside.await();
        assertTrue(database.views.close());
        assertTrue(left.get());
        crew.join();
        database.close();
    }

    /** What it is looking at goes when it leaves. */
    @Test
    void closingFromInsideDoesNotWaitForItself() {
        TestRuns database = new TestRuns();
        Memtable memtable = database.memtable(Rec.put("k", 1, 1));
        database.publish(memtable);
        database.views.makeVisible(1);
        assertTrue(database.reads().read(new UnsafeBuffer(KEY), 0, 1, (buffer, offset, length) -> {
            assertFalse(database.views.close());
            assertEquals(2, memtable.references());
            assertEquals("k=1@1", buffer.getStringWithoutLengthAscii(offset, length));
        }));
        assertEquals(1, memtable.references());
        assertTrue(database.views.close());
        database.close();
    }

    @Test
    void countsWhatCursorsKeepAfterTheClosingAsOrphaned() {
        TestRuns database = new TestRuns();
        database.publish(database.memtable(Rec.put("k", 1, 1)));
        database.views.makeVisible(1);
        Cursor cursor = database.reads().cursor(KeyRange.all());
        assertTrue(cursor.next());
        database.close();
        assertTrue(database.ledger.bytes(MemoryPurpose.ORPHANED) > 0);
        assertEquals(0, database.ledger.bytes(MemoryPurpose.MEMTABLE));
        cursor.close();
        assertEquals(0, database.ledger.totalBytes());
    }

    /**
     * One writer, which rotates and drops what was overwritten as a compaction would; readers must find at each sequence
     * number just the write that has it.
     */
    @Test
    void aReadersViewAndNumberGoTogether() throws Exception {
        try (TestRuns database = new TestRuns()) {
            AtomicBoolean stop = new AtomicBoolean();
            Crew crew = new Crew();
            Memtable first = database.memtable(Rec.put("k", 0, 1));
            first.retain();
            database.publish(first);
            database.views.makeVisible(1);
            for (int i = 0; i < 2; i++) {
                crew.add(() -> {
                    while (!stop.get()) {
                        assertFindsTheLastWrite(database);
                    }
                });
            }
            crew.add(() -> {
                while (!stop.get()) {
                    SnapshotPin snapshot = database.views.pinSnapshot();
                    Reads reads = new Reads(database.views, snapshot, database.cursors, nanos -> {});
                    long sequence = snapshot.sequence();
                    assertArrayEquals(Rec.bytes("k=0@" + sequence), reads.get(KEY));
                    snapshot.close();
                }
            });
            crew.add(() -> {
                while (!stop.get()) {
                    database.views.reclaim();
                }
            });
            write(database, first, 1_500, crew);
            stop.set(true);
            crew.join();
        }
    }

    private static void assertFindsTheLastWrite(TestRuns database) {
        Place place = database.views.enter();
        try {
            ReadView view = database.views.view(place);
            Lookup lookup = place.lookup();
            assertTrue(lookup.latest(view, place.sequence(), new UnsafeBuffer(KEY), 0, 1), "missed the last write");
            assertEquals(place.sequence(), lookup.sequence());
        } finally {
            place.lookup().letGo();
            database.views.exit(place);
        }
    }

    private static void write(TestRuns database, Memtable first, int rotations, Crew crew) {
        long sequence = 1;
        // What holds the last write stays in the view until the next one is visible.
        ArrayDeque<Memtable> frozen = new ArrayDeque<>(List.of(first));
        Memtable active = null;
        for (int i = 0; i < rotations && !crew.hasFailed(); i++) {
            if (active != null) {
                frozen.addFirst(active);
            }
            active = database.freshMemtable(16 << 10);
            // All but the newest of the frozen ones hold nothing but what has been overwritten.
            List<Memtable> kept = new ArrayList<>(frozen).subList(0, Math.min(1, frozen.size()));
            database.publish(active, kept);
            while (frozen.size() > 1) {
                frozen.removeLast().release();
            }
            for (int j = 0; j < 3; j++) {
                TestRuns.add(active, Rec.put("k", 0, ++sequence));
                database.views.makeVisible(sequence);
            }
        }
        active.release();
        frozen.forEach(Memtable::release);
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
