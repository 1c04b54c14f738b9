package org.avccdb.engine.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.Compression;
import org.avccdb.engine.storage.NioStorage;
import org.avccdb.memdb.MemoryLedger;
import org.avccdb.memdb.MemoryPurpose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records far longer than a block. */
class LargeRecordTest {
    @TempDir
    Path directory;

    private final MemoryLedger ledger = new MemoryLedger(Long.MAX_VALUE);

    @Test
    void aRecordOfManyMegabytesIsReadInPlace() {
        NioStorage storage = NioStorage.open(directory);
        List<TestRecord> records = new ArrayList<>();
        byte[] large = new byte[BlockWriter.LARGE_RECORD_LENGTH + 1];
        new Random(4).nextBytes(large);
        records.add(TestRecord.put(new byte[] {1}, 0, 1, new byte[10]));
        records.add(TestRecord.put(new byte[] {1, 1}, 9, 2, large));
        records.add(TestRecord.put(new byte[] {1, 1}, 8, 3, large));
        records.add(TestRecord.put(new byte[] {1, 1}, 8, 2, new byte[2 << 20]));
        records.add(TestRecord.put(new byte[] {2}, 0, 4, new byte[11]));
        TestTable.write(
                storage, new TableSettings(4096, 4, Compression.LZ4, 10, false, HashWorker.NONE), records, ledger);
        TableReader reader = TableReader.open(storage, TestTable.NUMBER, null, false);
        TableCursor cursor = new TableCursor();
        cursor.attach(reader);
        for (TestRecord record : records) {
            assertTrue(cursor.next());
            assertEquals(record, TestRecord.of(cursor));
        }
        assertTrue(cursor.seek(new UnsafeBuffer(new byte[] {1, 1}), 0, 2, 9, -1));
        assertEquals(large.length, cursor.valueLength());
        cursor.detach();
        assertEquals(0, ledger.bytes(MemoryPurpose.SCRATCH));
        List<String> problems = new ArrayList<>();
        reader.verifyAll(problems::add);
        assertEquals(List.of(), problems);
        reader.close();
    }
}
