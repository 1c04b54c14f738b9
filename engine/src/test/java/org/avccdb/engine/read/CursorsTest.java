package org.avccdb.engine.read;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.DirectBuffer;
import org.avccdb.ClosedException;
import org.avccdb.Cursor;
import org.avccdb.CursorReleasedException;
import org.avccdb.KeyRange;
import org.avccdb.VersionedValue;
import org.avccdb.engine.memtable.Memtable;
import org.junit.jupiter.api.Test;

class CursorsTest {
    /** Over memtables, tables and levels, against the model. */
    @Test
    void movesOverAllRunsAsTheModel() {
        for (int seed = 0; seed < 150; seed++) {
            Random random = new Random(seed);
            RandomRecords records = new RandomRecords(random, 1 + random.nextInt(12), random.nextInt(150));
            int memtables = 1 + random.nextInt(3);
            int level0 = random.nextInt(3);
            List<List<Rec>> runs = records.layered(memtables + level0, random.nextInt(4));
            try (TestRuns database = new TestRuns()) {
                database.publish(runs, memtables, level0, records.lastSequence(), random);
                for (int i = 0; i < 4; i++) {
                    walk(random, database, records, "seed " + seed);
                }
            }
        }
    }

    private static void walk(Random random, TestRuns database, RandomRecords records, String seed) {
        KeyRange range = KeyRange.of(
                random.nextInt(3) == 0 ? records.anyKey() : null, random.nextInt(3) == 0 ? records.anyKey() : null);
        boolean allVersions = random.nextBoolean();
        LiveModel model = new LiveModel(records, range, records.lastSequence(), allVersions);
        StringBuilder trace = new StringBuilder(seed);
        try (Cursor cursor = database.cursors.open(database.views, range, allVersions)) {
            for (int step = 0; step < 60; step++) {
                boolean found;
                boolean there;
                switch (random.nextInt(10)) {
                    case 0 -> {
                        trace.append(" first");
                        found = cursor.first();
                        there = model.first();
                    }
                    case 1 -> {
                        trace.append(" last");
                        found = cursor.last();
                        there = model.last();
                    }
                    case 2 -> {
                        trace.append(" seek");
                        byte[] key = records.anyKey();
                        found = cursor.seek(key);
                        there = model.seek(key);
                    }
                    case 3, 4, 5 -> {
                        trace.append(" prev");
                        found = cursor.prev();
                        there = model.prev();
                    }
                    default -> {
                        trace.append(" next");
                        found = cursor.next();
                        there = model.next();
                    }
                }
                assertEquals(there, found, trace::toString);
                assertEquals(there, cursor.isValid(), trace::toString);
                if (there) {
                    assertEquals(model.shown(), shown(cursor), trace::toString);
                }
            }
        }
    }

    private static String shown(Cursor cursor) {
        DirectBuffer key = cursor.key();
        DirectBuffer value = cursor.value();
        byte[] keyBytes = new byte[key.capacity()];
        byte[] valueBytes = new byte[value.capacity()];
        key.getBytes(0, keyBytes);
        value.getBytes(0, valueBytes);
        assertArrayEquals(keyBytes, cursor.keyBytes());
        assertArrayEquals(valueBytes, cursor.valueBytes());
        return LiveModel.text(keyBytes, new VersionedValue(valueBytes, cursor.version(), cursor.sequence()));
    }

    private static TestRuns twoKeys() {
        TestRuns database = new TestRuns();
        database.publish(database.memtable(Rec.put("a", 1, 1), Rec.put("b", 2, 2)));
        database.views.makeVisible(2);
        return database;
    }

    private static Cursor open(TestRuns database) {
        return database.reads().cursor(KeyRange.all());
    }

    @Test
    void showsNothingWhereItIsOnNoRecord() {
        try (TestRuns database = twoKeys();
                Cursor cursor = open(database)) {
            assertThrowsOnAccess(cursor);
            assertTrue(cursor.next());
            assertTrue(cursor.next());
            assertFalse(cursor.next());
            assertThrowsOnAccess(cursor);
            assertFalse(cursor.next());
            assertTrue(cursor.prev());
            assertEquals(2, cursor.version());
            assertTrue(cursor.prev());
            assertFalse(cursor.prev());
            assertThrowsOnAccess(cursor);
            assertTrue(cursor.next());
            assertEquals(1, cursor.sequence());
        }
    }

    private static void assertThrowsOnAccess(Cursor cursor) {
        assertFalse(cursor.isValid());
        assertThrows(IllegalStateException.class, cursor::key);
        assertThrows(IllegalStateException.class, cursor::value);
        assertThrows(IllegalStateException.class, cursor::keyBytes);
        assertThrows(IllegalStateException.class, cursor::valueBytes);
        assertThrows(IllegalStateException.class, cursor::version);
        assertThrows(IllegalStateException.class, cursor::sequence);
    }

    @Test
    void viewsAreEmptyOnceItMovesOrCloses() {
        try (TestRuns database = twoKeys()) {
            Cursor cursor = open(database);
            cursor.first();
            DirectBuffer key = cursor.key();
            DirectBuffer value = cursor.value();
            assertEquals("a=1@1", value.getStringWithoutLengthAscii(0, value.capacity()));
            cursor.next();
            assertEquals(0, key.capacity());
            assertEquals(0, value.capacity());
            assertThrows(IndexOutOfBoundsException.class, () -> value.getByte(0));
            DirectBuffer again = cursor.value();
            assertEquals(5, again.capacity());
            cursor.close();
            assertEquals(0, again.capacity());
            assertEquals(0, cursorsOpen(database));
        }
    }

    private static int cursorsOpen(TestRuns database) {
        return database.cursors.open();
    }

    private static void assertEveryMethodThrows(Class<? extends RuntimeException> type, Cursor cursor) {
        assertThrows(type, cursor::first);
        assertThrows(type, cursor::last);
        assertThrows(type, cursor::next);
        assertThrows(type, cursor::prev);
        assertThrows(type, () -> cursor.seek(new byte[0]));
        assertThrows(type, cursor::isValid);
        assertThrows(type, cursor::key);
        assertThrows(type, cursor::value);
        assertThrows(type, cursor::keyBytes);
        assertThrows(type, cursor::valueBytes);
        assertThrows(type, cursor::version);
        assertThrows(type, cursor::sequence);
    }

    @Test
    void aClosedOneRefuses() {
        try (TestRuns database = twoKeys()) {
            Cursor cursor = open(database);
            cursor.next();
            cursor.close();
            cursor.close();
            assertEveryMethodThrows(CursorReleasedException.class, cursor);
            Cursor unused = open(database);
            unused.close();
            assertEveryMethodThrows(CursorReleasedException.class, unused);
            assertEquals(0, cursorsOpen(database));
        }
    }

    @Test
    void oneOfAClosedDatabaseRefusesAndShowsTheOldBytes() {
        TestRuns database = twoKeys();
        Cursor cursor = open(database);
        cursor.next();
        DirectBuffer value = cursor.value();
        database.close();
        assertEveryMethodThrows(ClosedException.class, cursor);
        assertEquals("a=1@1", value.getStringWithoutLengthAscii(0, value.capacity()));
        cursor.close();
        assertEquals(0, value.capacity());
        assertEveryMethodThrows(CursorReleasedException.class, cursor);
        assertEquals(0, database.ledger.totalBytes());
        assertThrows(ClosedException.class, () -> open(database));
    }

    @Test
    void outlivesItsSnapshotAndWhatIsPublishedLater() {
        try (TestRuns database = new TestRuns()) {
            Memtable memtable = database.memtable(Rec.put("a", 1, 1));
            database.publish(memtable);
            database.views.makeVisible(1);
            SnapshotPin snapshot = database.views.pinSnapshot();
            Cursor cursor = new Reads(database.views, snapshot, database.cursors, nanos -> {}).cursor(KeyRange.all());
            snapshot.close();
            TestRuns.add(memtable, Rec.put("b", 1, 2));
            database.publish(database.memtable(Rec.put("c", 1, 3)));
            database.views.makeVisible(3);
            database.views.reclaim();
            assertEquals(2, memtable.references());
            assertTrue(cursor.next());
            assertFalse(cursor.next());
            cursor.close();
            assertEquals(1, memtable.references());
        }
    }

    @Test
    void leavesOutTablesBesideItsRange() {
        try (TestRuns database = new TestRuns()) {
            List<List<Rec>> runs = List.of(
                    List.of(),
                    List.of(Rec.put("a", 1, 4), Rec.put("c", 1, 5)),
                    List.of(Rec.put("x", 1, 3)),
                    List.of(Rec.put("b", 1, 1), Rec.put("y", 1, 2)));
            database.publish(runs, 1, 2, 5, new Random(1));
            assertEquals("b c ", keys(database, KeyRange.of(Rec.bytes("b"), Rec.bytes("x"))));
            assertEquals("x y ", keys(database, KeyRange.atLeast(Rec.bytes("x"))));
            assertEquals("a ", keys(database, KeyRange.lessThan(Rec.bytes("b"))));
            assertEquals("", keys(database, KeyRange.of(Rec.bytes("x"), Rec.bytes("b"))));
            assertEquals("", keys(database, KeyRange.lessThan(new byte[0])));
        }
    }

    private static String keys(TestRuns database, KeyRange range) {
        StringBuilder keys = new StringBuilder();
        try (Cursor cursor = database.reads().cursor(range)) {
            while (cursor.next()) {
                keys.append((char) cursor.keyBytes()[0]).append(' ');
            }
        }
        return keys.toString();
    }

    /** It is free some time after the closing, and nobody is harmed who is inside. */
    @Test
    void canBeClosedByAnotherThreadThanItsUser() throws Exception {
        try (TestRuns database = manyKeys()) {
            Crew crew = new Crew();
            List<Cursor> cursors = new ArrayList<>();
            CountDownLatch ready = new CountDownLatch(3);
            for (int i = 0; i < 3; i++) {
                Cursor cursor = open(database);
                cursors.add(cursor);
                crew.add(() -> {
                    cursor.next();
                    ready.countDown();
                    assertThrows(CursorReleasedException.class, () -> readForEver(cursor));
                });
            }
            ready.await();
            cursors.forEach(Cursor::close);
            crew.join();
            assertEquals(3, cursorsOpen(database));
            assertEquals(0, database.cursors.reclaimDeferred());
            Waiting.until(() -> database.cursors.reclaimDeferred() > 0 || cursorsOpen(database) == 0);
            Waiting.until(() -> {
                database.cursors.reclaimDeferred();
                return cursorsOpen(database) == 0;
            });
            assertEquals(0, database.views.pinStats().count());
        }
    }

    private static void readForEver(Cursor cursor) {
        long seen = 0;
        while (true) {
            if (!cursor.next()) {
                cursor.first();
            }
            DirectBuffer value = cursor.value();
            // The view may have been emptied by the closing.
            for (int i = 0; i < value.capacity(); i++) {
                seen += value.getByte(i);
            }
            assertTrue(seen != Long.MIN_VALUE);
        }
    }

    private static TestRuns manyKeys() {
        TestRuns database = new TestRuns();
        List<Rec> records = new ArrayList<>();
        List<Rec> older = new ArrayList<>();
        for (int i = 1; i <= 1000; i++) {
            (i % 3 == 0 ? older : records)
                    .add(Rec.put("key" + (char) ('a' + i % 26) + i, i, i % 3 == 0 ? i : 1000 + i));
        }
        older.sort(Rec.ORDER);
        database.publish(List.of(records, older), 1, 1, 3000, new Random(5));
        return database;
    }

    @Test
    void canBeHandedFromThreadToThread() throws Exception {
        try (TestRuns database = manyKeys();
                Cursor cursor = open(database)) {
            StringBuilder seen = new StringBuilder();
            int[] count = {0};
            AtomicBoolean more = new AtomicBoolean(true);
            while (more.get()) {
                Crew crew = new Crew();
                crew.add(() -> {
                    for (int i = 0; i < 100 && more.get(); i++) {
                        more.set(cursor.next());
                        count[0] += more.get() ? 1 : 0;
                    }
                });
                crew.join();
            }
            assertEquals(1000, count[0], seen::toString);
        }
    }

    /** Against the rules, but it must not do harm. */
    @Test
    void survivesBeingUsedByTwoThreadsAtOnce() throws Exception {
        try (TestRuns database = manyKeys()) {
            Cursor cursor = open(database);
            Crew crew = new Crew();
            CountDownLatch bothUsed = new CountDownLatch(2);
            for (int i = 0; i < 2; i++) {
                crew.add(() -> {
                    for (int step = 0; step < 3000; step++) {
                        if (!cursor.next()) {
                            cursor.first();
                        }
                        if (step == 100) {
                            bothUsed.countDown();
                        }
                    }
                });
            }
            bothUsed.await();
            crew.join();
            cursor.isValid();
            cursor.close();
            assertEquals(0, cursorsOpen(database));
        }
    }

    @Test
    void isFreedWhenItIsForgotten() throws Exception {
        try (TestRuns database = twoKeys()) {
            WeakReference<Cursor> forgotten = forget(database);
            assertEquals(1, database.views.pinStats().count());
            Waiting.until(() -> {
                System.gc();
                database.cursors.reclaimDeferred();
                return database.views.pinStats().count() == 0;
            });
            assertNull(forgotten.get());
            assertEquals(0, cursorsOpen(database));
        }
    }

    private static WeakReference<Cursor> forget(TestRuns database) {
        Cursor cursor = open(database);
        cursor.next();
        return new WeakReference<>(cursor);
    }

    @Test
    void isKeptByItsViews() {
        try (TestRuns database = twoKeys()) {
            WeakReference<Cursor> forgotten;
            DirectBuffer value;
            {
                Cursor cursor = open(database);
                cursor.next();
                value = cursor.value();
                forgotten = new WeakReference<>(cursor);
            }
            for (int i = 0; i < 3; i++) {
                System.gc();
            }
            assertEquals("a=1@1", value.getStringWithoutLengthAscii(0, value.capacity()));
            assertEquals(1, cursorsOpen(database));
            forgotten.get().close();
        }
    }

    /** What a cursor of another thread pins goes by itself, some time after its closing. */
    @Test
    void isFreedAfterTheDatabaseWithoutABackgroundThread() throws Exception {
        TestRuns database = twoKeys();
        AtomicReference<Cursor> made = new AtomicReference<>();
        Crew crew = new Crew();
        crew.add(() -> {
            made.set(open(database));
            made.get().next();
        });
        crew.join();
        database.close();
        assertTrue(database.ledger.totalBytes() > 0);
        made.get().close();
        Waiting.until(() -> database.ledger.totalBytes() == 0);
    }

    @Test
    void racesOfUseAndCloseEndWell() throws Exception {
        try (TestRuns database = manyKeys()) {
            for (int round = 0; round < 60; round++) {
                Cursor cursor = open(database);
                Crew crew = new Crew();
                crew.add(() -> {
                    try {
                        readForEver(cursor);
                    } catch (CursorReleasedException expected) {
                        cursor.close();
                    }
                });
                crew.add(cursor::close);
                cursor.close();
                crew.join();
            }
            Waiting.until(() -> {
                database.cursors.reclaimDeferred();
                return cursorsOpen(database) == 0;
            });
            assertEquals(0, database.views.pinStats().count());
        }
    }

    @Test
    void racesOfUseAndTheEndOfTheDatabaseEndWell() throws Exception {
        for (int round = 0; round < 10; round++) {
            TestRuns database = manyKeys();
            Crew crew = new Crew();
            CountDownLatch started = new CountDownLatch(2);
            for (int i = 0; i < 2; i++) {
                crew.add(() -> {
                    try (Cursor cursor = open(database)) {
                        cursor.first();
                        started.countDown();
                        assertThrows(ClosedException.class, () -> readForEver(cursor));
                    }
                });
            }
            started.await();
            database.close();
            crew.join();
            assertEquals(0, database.ledger.totalBytes());
        }
    }
}
