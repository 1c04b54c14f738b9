package org.avccdb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The way of a user through the whole database. */
final class AvccDbTest {
    @TempDir
    Path directory;

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static String text(byte[] bytes) {
        return bytes == null ? null : new String(bytes, UTF_8);
    }

    private static Options.Builder small() {
        return Options.builder().writeBufferBytes(64 << 10).compactionTableBytes(64 << 10);
    }

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void writesAndReadsBack(ThreadingMode mode) {
        Options options = small().threadingMode(mode).build();
        try (AvccDb db = AvccDb.open(directory, options)) {
            assertEquals(1, db.put(bytes("a"), bytes("1")));
            assertEquals(2, db.put(bytes("b"), bytes("2"), WriteOptions.SYNC));
            assertEquals("1", text(db.get(bytes("a"))));
            assertEquals("2", text(db.get(bytes("b"))));
            assertNull(db.get(bytes("c")));
            db.delete(bytes("a"));
            assertNull(db.get(bytes("a")));
        }
        try (AvccDb db = AvccDb.open(directory, options)) {
            assertNull(db.get(bytes("a")));
            assertEquals("2", text(db.get(bytes("b"))));
            assertTrue(db.verify().isClean());
        }
    }

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void keepsVersionsThroughFlushAndCompactionAndReopening(ThreadingMode mode) {
        Options options = small().threadingMode(mode).build();
        int keys = 500;
        int versions = 5;
        try (AvccDb db = AvccDb.open(directory, options)) {
            for (int v = 1; v <= versions; v++) {
                for (int k = 0; k < keys; k++) {
                    db.putWithVersion(bytes("key" + k), bytes("value" + k + "@" + v), v);
                }
            }
            db.flush();
            checkVersions(db, keys, versions);
            db.compactRange(KeyRange.all());
            checkVersions(db, keys, versions);
        }
        try (AvccDb db = AvccDb.open(directory, options)) {
            checkVersions(db, keys, versions);
        }
    }

    private static void checkVersions(AvccDb db, int keys, int versions) {
        for (int k = 0; k < keys; k++) {
            assertEquals("value" + k + "@" + versions, text(db.get(bytes("key" + k))));
            assertEquals("value" + k + "@3", text(db.getWithVersion(bytes("key" + k), 3)));
            List<VersionedValue> history = db.getVersionHistory(bytes("key" + k), 2, 4);
            assertEquals(
                    List.of(2L, 3L, 4L),
                    history.stream().map(VersionedValue::version).toList());
        }
        int seen = 0;
        try (Cursor cursor = db.versionCursor(KeyRange.all())) {
            while (cursor.next()) {
                seen++;
            }
        }
        assertEquals(keys * versions, seen);
    }

    @Test
    void survivesWithoutAClose() {
        AvccDb db = AvccDb.open(directory, small().build());
        for (int i = 0; i < 3000; i++) {
            db.put(bytes("key" + i), bytes("value" + i));
        }
        Snapshot snapshot = db.snapshot();
        assertEquals(3000, snapshot.sequence());
        Path copy = directory.resolveSibling(directory.getFileName() + "-copy");
        db.checkpoint(copy);
        db.put(bytes("key0"), bytes("new"));
        assertEquals("value0", text(snapshot.get(bytes("key0"))));
        snapshot.close();
        assertThrows(SnapshotReleasedException.class, () -> snapshot.get(bytes("key0")));
        db.close();
        db.close();
        assertThrows(ClosedException.class, () -> db.get(bytes("key0")));
        try (AvccDb copied = AvccDb.open(copy, small().build())) {
            for (int i = 0; i < 3000; i++) {
                assertEquals("value" + i, text(copied.get(bytes("key" + i))));
            }
        }
    }

    @Test
    void transactionsAreSeenWholeOrNotAtAll() {
        try (AvccDb db = AvccDb.open(directory, small().build())) {
            db.put(bytes("a"), bytes("old"));
            try (Transaction transaction = db.openTransaction()) {
                transaction.put(bytes("a"), bytes("new"));
                assertEquals("new", text(transaction.get(bytes("a"))));
                assertEquals("old", text(db.get(bytes("a"))));
                assertThrows(IllegalStateException.class, () -> db.put(bytes("b"), bytes("x")));
            }
            assertEquals("old", text(db.get(bytes("a"))));
            try (Transaction transaction = db.openTransaction()) {
                for (int i = 0; i < 5000; i++) {
                    transaction.put(bytes("t" + i), bytes("value" + i));
                }
                assertEquals("value77", text(transaction.get(bytes("t77"))));
                assertNull(db.get(bytes("t77")));
                assertEquals(5001, transaction.commit());
            }
            assertEquals("value77", text(db.get(bytes("t77"))));
            assertEquals(5002, db.put(bytes("a"), bytes("after")));
        }
        try (AvccDb db = AvccDb.open(directory, small().build())) {
            for (int i = 0; i < 5000; i++) {
                assertEquals("value" + i, text(db.get(bytes("t" + i))));
            }
            assertEquals("after", text(db.get(bytes("a"))));
        }
    }

    @Test
    void pipelinedWritesAreAwaited() {
        try (AvccDb db = AvccDb.open(directory, small().build())) {
            long ticket = 0;
            for (int i = 0; i < 20_000; i++) {
                long next = db.submitPut(bytes("key" + i), bytes("value" + i), 0, WriteOptions.DEFAULT);
                assertTrue(next > ticket);
                ticket = next;
            }
            db.awaitDurable(ticket);
            assertEquals("value19999", text(db.get(bytes("key19999"))));
            long beyond = ticket + 1000;
            assertThrows(IllegalArgumentException.class, () -> db.await(beyond));
        }
    }

    @Test
    void rebuildsALostManifest() throws Exception {
        try (AvccDb db = AvccDb.open(directory, small().build())) {
            for (int i = 0; i < 5000; i++) {
                db.put(bytes("key" + i % 1000), bytes("value" + i));
            }
            db.delete(bytes("key3"));
        }
        java.nio.file.Files.delete(directory.resolve("CURRENT"));
        assertThrows(CorruptionException.class, () -> AvccDb.open(directory, small().build()));
        try (AvccDb db = AvccDb.recover(directory, small().build())) {
            for (int i = 0; i < 1000; i++) {
                assertEquals(i == 3 ? null : "value" + (4000 + i), text(db.get(bytes("key" + i))));
            }
            assertTrue(db.verify().isClean(), () -> db.verify().toString());
        }
    }

    @Test
    void batchesLargerThanTheWriteBufferWork() {
        for (boolean direct : new boolean[] {true, false}) {
            Path where = directory.resolve("direct" + direct);
            Options options = small().disableLargeBatchTransaction(!direct).build();
            WriteBatch batch = new WriteBatch();
            byte[] large = new byte[300_000];
            large[7] = 7;
            batch.put(bytes("large"), large);
            for (int i = 0; i < 10_000; i++) {
                batch.put(bytes("key" + i), bytes("value" + i));
            }
            batch.appliedPosition(42);
            try (AvccDb db = AvccDb.open(where, options)) {
                assertEquals(10_001, db.write(batch));
                assertEquals(42, db.appliedPosition());
                assertArrayEquals(large, db.get(bytes("large")));
            }
            try (AvccDb db = AvccDb.open(where, options)) {
                assertArrayEquals(large, db.get(bytes("large")));
                assertEquals("value9999", text(db.get(bytes("key9999"))));
                assertEquals(42, db.appliedPosition());
                assertFalse(db.contains(bytes("key10000")));
            }
        }
    }

    @Test
    void whatSnapshotsPinGoesToTablesOfItsOwn() throws Exception {
        Options options = small().pinnedMemoryBytes(0).build();
        try (AvccDb db = AvccDb.open(directory, options)) {
            db.put(bytes("a"), bytes("old"));
            db.put(bytes("b"), bytes("kept"));
            try (Snapshot snapshot = db.snapshot()) {
                db.put(bytes("a"), bytes("new"));
                db.flush();
                db.compactRange(KeyRange.all());
                while (db.stats().memtables().pinnedBytes() > 0) {
                    Thread.sleep(5);
                }
                assertEquals("old", text(snapshot.get(bytes("a"))));
                assertEquals("kept", text(snapshot.get(bytes("b"))));
                try (Cursor cursor = snapshot.cursor(KeyRange.all())) {
                    assertTrue(cursor.last());
                    assertEquals("kept", text(cursor.valueBytes()));
                    assertTrue(cursor.prev());
                    assertEquals("old", text(cursor.valueBytes()));
                }
            }
            assertEquals("new", text(db.get(bytes("a"))));
        }
        try (java.util.stream.Stream<Path> files = java.nio.file.Files.list(directory)) {
            assertEquals(
                    1, files.filter(file -> file.toString().endsWith(".sst")).count());
        }
    }
}
