package org.avccdb.engine.read;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.Cursor;
import org.avccdb.KeyRange;
import org.avccdb.Reader;
import org.avccdb.VersionedValue;
import org.avccdb.engine.memtable.Memtable;
import org.junit.jupiter.api.Test;

class ReadsTest {
    private static final byte[] KEY = Rec.bytes("k");
    private static final UnsafeBuffer KEY_BUFFER = new UnsafeBuffer(KEY);

    private static TestRuns database(Rec... records) {
        TestRuns database = new TestRuns();
        database.publish(database.memtable(records));
        database.views.makeVisible(100);
        return database;
    }

    @Test
    void answersEveryKindOfQuestion() {
        try (TestRuns database =
                database(Rec.put("k", 0, 1), Rec.put("k", 3, 2), Rec.put("k", 7, 3), Rec.deleteVersion("k", 5, 4))) {
            Reads reads = database.reads();
            assertArrayEquals(Rec.bytes("k=7@3"), reads.get(KEY));
            assertArrayEquals(Rec.bytes("k=7@3"), reads.getWithVersion(KEY, 0));
            assertArrayEquals(Rec.bytes("k=3@2"), reads.getWithVersion(KEY, 3));
            assertNull(reads.getWithVersion(KEY, 5));
            assertNull(reads.getWithVersion(KEY, Long.MAX_VALUE));
            VersionedValue asOf = reads.getAsOf(KEY, 6);
            assertEquals(3, asOf.version());
            assertEquals(2, asOf.sequence());
            assertArrayEquals(Rec.bytes("k=3@2"), asOf.value());
            assertEquals(0, reads.getAsOf(KEY, 0).version());
            assertEquals(7, reads.getAsOf(KEY, Long.MAX_VALUE).version());
            assertTrue(reads.contains(KEY));
            assertFalse(reads.contains(Rec.bytes("kk")));
            assertFalse(reads.contains(new byte[0]));
            assertEquals(3, reads.getVersionHistory(KEY, 0, 0).size());
            assertEquals(2, reads.getVersionHistory(KEY, 0, 6).size());
            assertEquals(0, reads.getVersionHistory(KEY, 4, 2).size());
            List<byte[]> values = reads.multiGet(List.of(KEY, Rec.bytes("none"), KEY));
            assertArrayEquals(Rec.bytes("k=7@3"), values.get(2));
            assertNull(values.get(1));
        }
    }

    @Test
    void copiesOnlyWhatFits() {
        try (TestRuns database = database(Rec.put("k", 7, 3))) {
            UnsafeBuffer target = new UnsafeBuffer(new byte[10]);
            assertEquals(5, database.reads().get(KEY_BUFFER, 0, 1, target, 5));
            assertEquals("k=7@3", target.getStringWithoutLengthAscii(5, 5));
            assertEquals(5, database.reads().get(KEY_BUFFER, 0, 1, target, 6));
            assertEquals("k=7@3", target.getStringWithoutLengthAscii(5, 5));
            assertEquals(Reader.NOT_FOUND, database.reads().get(KEY_BUFFER, 0, 0, target, 0));
            assertEquals(Reader.NOT_FOUND, database.reads().getAsOf(KEY_BUFFER, 0, 1, 6, target, 0));
            assertEquals(5, database.reads().getAsOf(KEY_BUFFER, 0, 1, 7, target, 0));
            assertEquals("k=7@3", target.getStringWithoutLengthAscii(0, 5));
        }
    }

    @Test
    void showsAValueForTheLengthOfTheCall() {
        try (TestRuns database = database(Rec.put("k", 7, 3))) {
            List<DirectBuffer> seen = new ArrayList<>();
            assertTrue(database.reads().read(KEY_BUFFER, 0, 1, (buffer, offset, length) -> {
                assertEquals("k=7@3", buffer.getStringWithoutLengthAscii(offset, length));
                seen.add(buffer);
            }));
            assertEquals(0, seen.get(0).capacity());
            assertThrows(
                    IllegalArgumentException.class,
                    () -> database.reads().read(KEY_BUFFER, 0, 1, (buffer, o, l) -> {
                        throw new IllegalArgumentException("of the consumer");
                    }));
            assertFalse(database.reads().read(KEY_BUFFER, 0, 0, (buffer, o, l) -> {
                throw new AssertionError("there is nothing to show");
            }));
            database.publish(database.memtable());
            assertEquals(1, database.views.reclaim(), "somebody is still inside");
        }
    }

    /** A consumer may read, nest reads deeper than there are places, replace views, and close cursors. */
    @Test
    void consumersMayDoWhatTheyLike() {
        Memtable[] newer = new Memtable[1];
        try (TestRuns database = database(Rec.put("k", 7, 3))) {
            Reads reads = database.reads();
            Cursor cursor = reads.cursor(KeyRange.all());
            cursor.next();
            assertTrue(reads.read(KEY_BUFFER, 0, 1, (buffer, offset, length) -> {
                cursor.close();
                newer[0] = database.memtable(Rec.put("k", 9, 4));
                database.publish(newer[0]);
                database.views.reclaim();
                nest(reads, 100);
                assertArrayEquals(Rec.bytes("k=9@4"), reads.get(KEY));
                assertEquals("k=7@3", buffer.getStringWithoutLengthAscii(offset, length));
            }));
        }
    }

    private static void nest(Reads reads, int depth) {
        if (depth > 0) {
            reads.read(KEY_BUFFER, 0, 1, (buffer, offset, length) -> {
                nest(reads, depth - 1);
                assertEquals("k=9@4", buffer.getStringWithoutLengthAscii(offset, length));
            });
        }
    }

    @Test
    void interruptsDoNotCutReadsShort() {
        try (TestRuns database = new TestRuns()) {
            List<List<Rec>> runs = List.of(List.of(), List.of(Rec.put("k", 1, 1)), List.of(Rec.put("x", 1, 2)));
            database.publish(runs, 1, 1, 2, new Random(1));
            Thread.currentThread().interrupt();
            assertArrayEquals(Rec.bytes("k=1@1"), database.reads().get(KEY));
            try (Cursor cursor = database.reads().cursor(KeyRange.all())) {
                assertTrue(cursor.next());
                assertTrue(cursor.next());
                assertFalse(cursor.next());
            }
            assertTrue(Thread.interrupted());
        }
    }

    @Test
    void sameMomentForAllKeysOfAMultiGet() {
        try (TestRuns database = database(Rec.put("a", 1, 1), Rec.put("b", 1, 2), Rec.put("a", 1, 3))) {
            database.views.makeVisible(2);
            List<byte[]> values = database.reads().multiGet(List.of(Rec.bytes("a"), Rec.bytes("b")));
            assertArrayEquals(Rec.bytes("a=1@1"), values.get(0));
            assertArrayEquals(Rec.bytes("b=1@2"), values.get(1));
        }
    }
}
