package org.avccdb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What avccDB got wrong, each mistake in the simplest way in which it was seen, wherever the records are by then. */
final class KnownMistakesTest {
    private static final Options OPTIONS = Options.builder()
            .writeBufferBytes(16 << 10)
            .blockBytes(256)
            .compactionTableBytes(4 << 10)
            .compactionTotalBytes(16 << 10)
            .threadingMode(ThreadingMode.INVOKER)
            .build();

    @TempDir
    Path directory;

    private AvccDb db;

    @BeforeEach
    void open() {
        db = AvccDb.open(directory, OPTIONS);
    }

    @AfterEach
    void close() {
        db.close();
    }

    private void reopen() {
        db.close();
        db = AvccDb.open(directory, OPTIONS);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static String text(byte[] bytes) {
        return bytes == null ? null : new String(bytes, UTF_8);
    }

    private static String text(VersionedValue value) {
        return value == null ? null : text(value.value()) + "@" + value.version();
    }

    /** Checks in the memtable, in a table of level 0, behind other tables, merged down, and after openings between them. */
    private void wherever(Consumer<AvccDb> check) {
        check.accept(db);
        reopen();
        check.accept(db);
        db.flush();
        check.accept(db);
        reopen();
        check.accept(db);
        db.put(bytes("\uffff"), bytes("newer"));
        db.flush();
        check.accept(db);
        db.compactRange(KeyRange.all());
        check.accept(db);
        reopen();
        check.accept(db);
        assertTrue(db.verify().isClean());
    }

    @Test
    void versionsAreThereAfterAReopening() {
        for (int version = 1; version <= 5; version++) {
            db.putWithVersion(bytes("key"), bytes("v" + version), version);
        }
        wherever(reader -> {
            for (int version = 1; version <= 5; version++) {
                assertEquals("v" + version, text(reader.getWithVersion(bytes("key"), version)));
            }
            assertEquals("v5", text(reader.get(bytes("key"))));
        });
    }

    @Test
    void aPlainPutIsFoundByGet() {
        db.put(bytes("key"), bytes("value"));
        wherever(reader -> {
            assertEquals("value", text(reader.get(bytes("key"))));
            assertEquals("value@0", text(reader.getAsOf(bytes("key"), 0)));
            assertEquals("value", text(reader.getWithVersion(bytes("key"), 0)));
        });
    }

    @Test
    void aDeleteHidesAllVersions() {
        db.putWithVersion(bytes("key"), bytes("v1"), 1);
        db.putWithVersion(bytes("key"), bytes("v7"), 7);
        db.put(bytes("key"), bytes("plain"));
        db.flush();
        db.putWithVersion(bytes("key"), bytes("v3"), 3);
        db.delete(bytes("key"));
        wherever(reader -> {
            assertNull(reader.get(bytes("key")));
            assertFalse(reader.contains(bytes("key")));
            assertNull(reader.getWithVersion(bytes("key"), 7));
            assertNull(reader.getAsOf(bytes("key"), 9));
            assertEquals(List.of(), reader.getVersionHistory(bytes("key"), 0, 0));
        });
        db.putWithVersion(bytes("key"), bytes("again"), 2);
        wherever(reader -> {
            assertEquals("again", text(reader.get(bytes("key"))));
            assertNull(reader.getWithVersion(bytes("key"), 7));
        });
    }

    @Test
    void aVersionMayBeWrittenAgainAfterAFlush() {
        for (int round = 0; round < 20; round++) {
            for (int key = 0; key < 10; key++) {
                db.putWithVersion(bytes("key" + key), bytes("round" + round), 1);
            }
            db.flush();
        }
        db.compactRange(KeyRange.all());
        db.putWithVersion(bytes("key3"), bytes("last"), 1);
        wherever(reader -> {
            assertEquals("last", text(reader.getWithVersion(bytes("key3"), 1)));
            assertEquals("round19", text(reader.getWithVersion(bytes("key4"), 1)));
            assertEquals(1, reader.getVersionHistory(bytes("key4"), 0, 0).size());
        });
    }

    @Test
    void aVersionIsFoundExactlyAndNotTheOneBelow() {
        db.putWithVersion(bytes("key"), bytes("v5"), 5);
        db.putWithVersion(bytes("key"), bytes("v10"), 10);
        db.flush();
        db.putWithVersion(bytes("key"), bytes("v3"), 3);
        wherever(reader -> {
            assertNull(reader.getWithVersion(bytes("key"), 7));
            assertNull(reader.getWithVersion(bytes("key"), 4));
            assertEquals("v3", text(reader.getWithVersion(bytes("key"), 3)));
            assertEquals("v5@5", text(reader.getAsOf(bytes("key"), 7)));
            assertEquals("v10@10", text(reader.getAsOf(bytes("key"), 11)));
            assertEquals("v10", text(reader.get(bytes("key"))));
        });
    }

    @Test
    void aFilterKnowsKeysWhateverTheirVersions() {
        for (int i = 0; i < 300; i++) {
            db.putWithVersion(bytes("key" + i), bytes("value" + i), 1 + i * 1_000_003L);
        }
        wherever(reader -> {
            for (int i = 0; i < 300; i++) {
                assertEquals("value" + i, text(reader.get(bytes("key" + i))));
                assertNotNull(reader.getAsOf(bytes("key" + i), Long.MAX_VALUE));
            }
        });
    }

    @Test
    void aBatchBeyondTheWriteBufferIsNotLost() {
        WriteBatch batch = new WriteBatch();
        byte[] large = new byte[100_000];
        large[99_999] = 1;
        batch.putWithVersion(bytes("large"), large, 3);
        for (int i = 0; i < 2000; i++) {
            batch.put(bytes("key" + i), bytes("value" + i));
        }
        db.put(bytes("key7"), bytes("before"));
        assertEquals(2002, db.write(batch));
        db.put(bytes("key8"), bytes("behind"));
        wherever(reader -> {
            assertArrayEquals(large, reader.get(bytes("large")));
            assertEquals("value7", text(reader.get(bytes("key7"))));
            assertEquals("behind", text(reader.get(bytes("key8"))));
            assertEquals("value1999", text(reader.get(bytes("key1999"))));
        });
    }

    @Test
    void aSnapshotDoesNotSeeLaterWrites() {
        for (int i = 0; i < 200; i++) {
            db.put(bytes("key" + i), bytes("old" + i));
        }
        try (Snapshot snapshot = db.snapshot()) {
            for (int round = 0; round < 4; round++) {
                for (int i = 0; i < 200; i++) {
                    db.put(bytes("key" + i), bytes("new" + i));
                    db.putWithVersion(bytes("key" + i), bytes("later"), 1 + round);
                    db.put(bytes("more" + i), bytes("new"));
                }
                db.delete(bytes("key" + round));
                db.flush();
                db.compactRange(KeyRange.all());
                for (int i = 0; i < 200; i++) {
                    assertEquals("old" + i, text(snapshot.get(bytes("key" + i))));
                    assertNull(snapshot.get(bytes("more" + i)));
                    assertEquals(
                            1,
                            snapshot.getVersionHistory(bytes("key" + i), 0, 0).size());
                }
            }
        }
    }

    @Test
    void aCursorLosesNoRowsToACompaction() {
        List<String> expected = new ArrayList<>();
        for (int i = 1000; i < 2000; i++) {
            db.put(bytes("key" + i), bytes("value" + i));
            expected.add("key" + i);
        }
        try (Cursor cursor = db.cursor(KeyRange.all())) {
            List<String> seen = new ArrayList<>();
            while (cursor.next()) {
                seen.add(text(cursor.keyBytes()));
                assertEquals("value" + (999 + seen.size()), text(cursor.valueBytes()));
                if (seen.size() % 100 == 50) {
                    db.delete(bytes("key" + (1000 + seen.size() + 10)));
                    db.put(bytes("key" + (1000 + seen.size() + 20)), bytes("new"));
                    db.flush();
                    db.compactRange(KeyRange.all());
                }
            }
            assertEquals(expected, seen);
        }
    }

    @Test
    void rangesPrefixesAndSeeksGoByTheUsersKey() {
        String[] keys = {"", "a", "a\0", "aa", "ab", "b", "ba", "c"};
        for (String key : keys) {
            db.putWithVersion(bytes(key), bytes("1 of " + key), 1);
            db.putWithVersion(bytes(key), bytes("256 of " + key), 256);
        }
        wherever(reader -> {
            assertEquals(List.of("a", "a\0", "aa", "ab"), keysIn(reader, KeyRange.prefix(bytes("a"))));
            assertEquals(List.of("aa", "ab"), keysIn(reader, KeyRange.of(bytes("aa"), bytes("b"))));
            assertEquals(List.of("", "a", "a\0"), keysIn(reader, KeyRange.lessThan(bytes("aa"))));
            assertEquals(
                    List.of("ba", "c", "\uffff").subList(0, 2), keysIn(reader, KeyRange.of(bytes("b\1"), bytes("d"))));
            try (Cursor cursor = reader.versionCursor(KeyRange.all())) {
                assertTrue(cursor.seek(bytes("ab")));
                assertEquals("ab", text(cursor.keyBytes()));
                assertEquals(256, cursor.version());
                assertTrue(cursor.seek(bytes("ac")));
                assertEquals("b", text(cursor.keyBytes()));
            }
        });
    }

    private static List<String> keysIn(AvccDb db, KeyRange range) {
        List<String> keys = new ArrayList<>();
        try (Cursor cursor = db.cursor(range)) {
            while (cursor.next()) {
                keys.add(text(cursor.keyBytes()));
            }
        }
        return keys;
    }

    @Test
    void versionsOrderAsNumbers() {
        long[] versions = {1, 2, 255, 256, 65_535, 65_536, 1L << 32, Long.MAX_VALUE - 1};
        for (long version : new long[] {256, 1, Long.MAX_VALUE - 1, 2, 65_536, 255, 1L << 32, 65_535}) {
            db.putWithVersion(bytes("key"), bytes("v" + version), version);
        }
        wherever(reader -> {
            List<Long> ascending = new ArrayList<>();
            reader.getVersionHistory(bytes("key"), 0, 0).forEach(entry -> ascending.add(entry.version()));
            assertEquals(
                    Stream.of(1L, 2L, 255L, 256L, 65_535L, 65_536L, 1L << 32, Long.MAX_VALUE - 1)
                            .toList(),
                    ascending);
            for (int i = 1; i < versions.length; i++) {
                assertEquals(
                        "v" + versions[i - 1] + "@" + versions[i - 1],
                        text(reader.getAsOf(bytes("key"), versions[i] - 1)));
            }
            assertEquals("v" + (Long.MAX_VALUE - 1), text(reader.get(bytes("key"))));
        });
    }

    @Test
    void manyVersionsOfOneKeyAreCompacted() {
        int versions = 3000;
        for (int version = 1; version <= versions; version++) {
            db.putWithVersion(bytes("the only key"), bytes("value " + version), version);
        }
        wherever(reader -> {
            assertEquals("value " + versions, text(reader.get(bytes("the only key"))));
            assertEquals("value 77", text(reader.getWithVersion(bytes("the only key"), 77)));
            assertEquals(
                    versions,
                    reader.getVersionHistory(bytes("the only key"), 0, 0).size());
        });
    }

    @Test
    void damageInAJournalIsNotSkipped() throws IOException {
        db.put(bytes("first"), bytes("to be damaged"), WriteOptions.SYNC);
        db.put(bytes("second"), bytes("intact"), WriteOptions.SYNC);
        db.close();
        flipInJournal("to be damaged");
        CorruptionException damage = assertThrows(CorruptionException.class, () -> AvccDb.open(directory, OPTIONS));
        assertTrue(damage.getMessage().contains(".journal"), damage.getMessage());
    }

    private void flipInJournal(String text) throws IOException {
        boolean found = false;
        List<Path> journals;
        try (Stream<Path> files = Files.list(directory)) {
            journals =
                    files.filter(file -> file.toString().endsWith(".journal")).toList();
        }
        for (Path journal : journals) {
            byte[] content = Files.readAllBytes(journal);
            int at = new String(content, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf(text);
            if (at >= 0) {
                content[at] ^= 1;
                Files.write(journal, content);
                found = true;
            }
        }
        assertTrue(found, "no journal has the value");
    }
}
