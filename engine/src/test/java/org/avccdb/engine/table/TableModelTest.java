package org.avccdb.engine.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.Compression;
import org.avccdb.engine.keys.KeyHash;
import org.avccdb.engine.keys.RecordType;
import org.avccdb.engine.storage.SimulatedStorage;
import org.avccdb.memdb.MemoryLedger;
import org.junit.jupiter.api.Test;

/** Tables against a sorted list. */
class TableModelTest {
    private static final int TABLES = 120;
    private static final int STEPS = 400;

    private final MemoryLedger ledger = new MemoryLedger(Long.MAX_VALUE);

    @Test
    void tablesAnswerAsTheModelDoes() {
        for (int seed = 0; seed < TABLES; seed++) {
            try {
                checkTable(new Random(seed), seed % 50 == 0 ? 100_000 : 2000);
            } catch (RuntimeException | AssertionError failure) {
                throw new AssertionError("seed " + seed, failure);
            }
        }
    }

    private void checkTable(Random random, int longestValue) {
        RandomRecords source = new RandomRecords(random, longestValue);
        List<TestRecord> records = source.list(1 + random.nextInt(random.nextInt(10) == 0 ? 2000 : 300));
        SimulatedStorage storage = new SimulatedStorage();
        TableSettings settings = TestTable.settings(random);
        TableMeta written = TestTable.write(storage, settings, records, ledger);
        long cacheBytes = random.nextInt(3) * 20_000L;
        try (BlockCache cache = new BlockCache(cacheBytes, BlockCache.frameBytes(settings.blockBytes()), ledger)) {
            TableReader reader =
                    TableReader.open(storage, TestTable.NUMBER, cache, random.nextBoolean(), strideBits(random));
            assertEquals(written, reader.meta());
            checkMeta(records, reader.meta());
            checkFilter(records, reader);
            List<String> problems = new ArrayList<>();
            reader.verifyAll(problems::add);
            assertEquals(List.of(), problems);
            TableCursor cursor = random.nextBoolean() ? new TableCursor() : TableCursor.passingTheCache();
            cursor.attach(reader);
            new CursorModel(records, cursor, random, source).run(STEPS);
            cursor.detach();
            reader.close();
        }
        assertEquals(List.of(), storage.openFiles());
        assertEquals(0, ledger.totalBytes(), ledger::toString);
    }

    /** Often so few that a table has many windows, and some blocks are longer than one. */
    private static int strideBits(Random random) {
        return random.nextInt(4) == 0 ? 10 + random.nextInt(4) : MappedTable.USUAL_STRIDE_BITS;
    }

    private static void checkMeta(List<TestRecord> records, TableMeta meta) {
        assertArrayEquals(records.get(0).key(), meta.smallestKey());
        assertArrayEquals(records.get(records.size() - 1).key(), meta.largestKey());
        assertEquals(records.size(), meta.records());
        assertEquals(count(records, RecordType.KEY_DELETE), meta.keyDeletes());
        assertEquals(count(records, RecordType.VERSION_DELETE), meta.versionDeletes());
        assertEquals(records.stream().mapToLong(TestRecord::sequence).min().orElseThrow(), meta.minSequence());
        assertEquals(records.stream().mapToLong(TestRecord::sequence).max().orElseThrow(), meta.maxSequence());
        long maxPut = records.stream()
                .filter(record -> record.type() == RecordType.PUT)
                .mapToLong(TestRecord::version)
                .max()
                .orElse(0);
        assertEquals(maxPut, meta.maxPutVersion());
        assertEquals(new TableOrigin(1, new long[] {7, 8}, TestTable.NUMBER, 1), meta.origin());
    }

    private static long count(List<TestRecord> records, int type) {
        return records.stream().filter(record -> record.type() == type).count();
    }

    private static void checkFilter(List<TestRecord> records, TableReader reader) {
        long before = 0;
        for (TestRecord record : records) {
            UnsafeBuffer key = new UnsafeBuffer(record.key());
            assertTrue(reader.mayContain(KeyHash.of(key, 0, key.capacity())), record::toString);
            long offset = reader.offsetOf(key, 0, key.capacity());
            assertTrue(offset >= before && offset < reader.meta().bytes(), record::toString);
            before = offset;
        }
    }

    @Test
    void aFilterKeepsOutMostOthers() {
        List<TestRecord> records = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            records.add(TestRecord.put(new byte[] {0, (byte) (i >> 8), (byte) i, 9}, 0, i, new byte[0]));
        }
        SimulatedStorage storage = new SimulatedStorage();
        TestTable.write(
                storage, new TableSettings(4096, 16, Compression.NONE, 10, false, HashWorker.NONE), records, ledger);
        TableReader reader = TableReader.open(storage, TestTable.NUMBER, null, false);
        int passed = 0;
        for (int i = 0; i < 10_000; i++) {
            UnsafeBuffer other = new UnsafeBuffer(new byte[] {1, (byte) (i >> 8), (byte) i, 9});
            passed += reader.mayContain(KeyHash.of(other, 0, 4)) ? 1 : 0;
        }
        int most = 200;
        assertTrue(passed < most, passed + " of 10000 strangers pass the filter");
        assertFalse(passed == 0, "a filter that lets nothing pass is none of this size");
        reader.close();
    }
}
