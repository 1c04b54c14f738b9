package org.avccdb.engine.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.avccdb.Compression;
import org.avccdb.StorageException;
import org.avccdb.engine.keys.Versions;
import org.avccdb.engine.storage.FileNames;
import org.avccdb.engine.storage.FileType;
import org.avccdb.engine.storage.SimulatedStorage;
import org.avccdb.memdb.MemoryLedger;
import org.avccdb.memdb.OutOfNativeMemoryException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TableWriterTest {
    private static final TableSettings SETTINGS =
            new TableSettings(256, 4, Compression.LZ4, 10, false, HashWorker.NONE);
    private static final byte[] NOTHING = {};

    private final MemoryLedger ledger = new MemoryLedger(Long.MAX_VALUE);
    private final SimulatedStorage storage = new SimulatedStorage();

    @AfterEach
    void nothingIsLeftBehind() {
        assertEquals(0, ledger.totalBytes(), ledger::toString);
        assertEquals(List.of(), storage.openFiles());
    }

    private TableWriter writer() {
        return new TableWriter(storage, 1, SETTINGS, ledger);
    }

    private static byte[] key(int... bytes) {
        byte[] key = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            key[i] = (byte) bytes[i];
        }
        return key;
    }

    @Test
    void recordsOutOfOrderAreRefused() {
        List<TestRecord> ascending = List.of(
                TestRecord.put(key(), 5, 1, NOTHING),
                TestRecord.put(key(), 5, 0, NOTHING),
                TestRecord.put(key(), 4, 9, NOTHING),
                TestRecord.put(key(1), 4, 9, NOTHING),
                TestRecord.keyDelete(key(1, 0), 3),
                TestRecord.versionDelete(key(1, 0), 3, 3),
                TestRecord.put(key(1, 0x80), 0, 9, NOTHING),
                TestRecord.put(key(0xFF), 0, 9, NOTHING));
        for (int later = 0; later < ascending.size(); later++) {
            for (int earlier = 0; earlier <= later; earlier++) {
                TableWriter writer = writer();
                TestTable.add(writer, ascending.get(later));
                TestRecord behind = ascending.get(earlier);
                assertThrows(IllegalArgumentException.class, () -> TestTable.add(writer, behind));
                writer.abandon();
            }
        }
    }

    @Test
    void whatIsNoRecordIsRefused() {
        TableWriter writer = writer();
        for (TestRecord record : List.of(
                new TestRecord(key(1), 0, 4, NOTHING),
                new TestRecord(key(1), 0, 0, NOTHING),
                TestRecord.put(key(1), -1, 1, NOTHING),
                TestRecord.put(key(1), Versions.KEY_DELETE, 1, NOTHING),
                new TestRecord(key(1), 7, 2, NOTHING),
                new TestRecord(key(1), Versions.KEY_DELETE, 2, key(1)),
                TestRecord.put(new byte[0x10000], 0, 1, NOTHING))) {
            assertThrows(IllegalArgumentException.class, () -> TestTable.add(writer, record), record::toString);
        }
        assertEquals(0, writer.records());
        writer.abandon();
    }

    @Test
    void aTableWithoutRecordsCannotBe() {
        TableWriter writer = writer();
        assertThrows(IllegalStateException.class, () -> writer.finish(0, new long[0], 1, 1));
        writer.abandon();
        assertFalse(storage.exists(FileNames.table(1)));
    }

    @Test
    void anAbandonedTableIsDeletedAndAFinishedOneIsNot() {
        TableWriter writer = writer();
        TestTable.add(writer, TestRecord.put(key(1), 0, 1, NOTHING));
        writer.finish(0, new long[0], 1, 1);
        writer.abandon();
        assertTrue(storage.exists(FileNames.table(1)));
        TableWriter other = new TableWriter(storage, 2, SETTINGS, ledger);
        TestTable.add(other, TestRecord.put(key(1), 0, 1, NOTHING));
        other.abandon();
        other.abandon();
        assertFalse(storage.exists(FileNames.table(2)));
    }

    @Test
    void aFailureLeavesNothingBehind() {
        for (SimulatedStorage.Operation operation :
                new SimulatedStorage.Operation[] {SimulatedStorage.Operation.APPEND, SimulatedStorage.Operation.SYNC}) {
            storage.failFrom(operation, FileType.TABLE, 1, SimulatedStorage.FaultKind.ERROR);
            TableWriter writer = writer();
            TestTable.add(writer, TestRecord.put(key(1), 0, 1, NOTHING));
            assertThrows(StorageException.class, () -> writer.finish(0, new long[0], 1, 1));
            writer.abandon();
            storage.clearFaults();
            assertFalse(storage.exists(FileNames.table(1)));
            assertEquals(0, ledger.totalBytes());
        }
    }

    @Test
    void withoutMemoryThereIsNoFile() {
        MemoryLedger poor = new MemoryLedger(1000);
        assertThrows(OutOfNativeMemoryException.class, () -> new TableWriter(storage, 1, SETTINGS, poor));
        assertEquals(0, poor.totalBytes());
        assertFalse(storage.exists(FileNames.table(1)));
    }

    @Test
    void theLengthIsKnownBeforeTheEnd() {
        Random random = new Random(3);
        TableWriter writer = new TableWriter(
                storage, 1, new TableSettings(1024, 16, Compression.NONE, 10, false, HashWorker.NONE), ledger);
        for (int i = 0; i < 5000; i++) {
            byte[] value = new byte[random.nextInt(100)];
            TestTable.add(writer, TestRecord.put(key(i >> 8, i), 0, i, value));
        }
        long guess = writer.writtenBytes();
        long length = writer.finish(0, new long[0], 1, 1).bytes();
        assertTrue(Math.abs(guess - length) < length / 50, guess + " guessed, " + length + " written");
    }
}
