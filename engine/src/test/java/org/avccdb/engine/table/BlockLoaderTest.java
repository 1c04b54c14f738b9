package org.avccdb.engine.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.Compression;
import org.avccdb.StorageException;
import org.avccdb.engine.keys.Keys;
import org.avccdb.engine.storage.FileType;
import org.avccdb.engine.storage.NioStorage;
import org.avccdb.engine.storage.SimulatedStorage;
import org.avccdb.engine.storage.SimulatedStorage.FaultKind;
import org.avccdb.engine.storage.SimulatedStorage.Operation;
import org.avccdb.engine.storage.Storage;
import org.avccdb.memdb.MemoryLedger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which way blocks come from a table's file: faults tell. */
class BlockLoaderTest {
    private static final int BLOCK_BYTES = 1_024;
    private static final int RECORDS = 2_000;
    private static final int VALUE_BYTES = 50;

    private final MemoryLedger ledger = new MemoryLedger(Long.MAX_VALUE);
    private final SimulatedStorage storage = new SimulatedStorage();
    private final BlockCache cache = new BlockCache(8 << 20, BlockCache.frameBytes(2 * BLOCK_BYTES), ledger);
    private final List<TableReader> readers = new ArrayList<>();

    @AfterEach
    void nothingIsLeft() {
        readers.forEach(TableReader::close);
        cache.close();
        assertEquals(0, ledger.totalBytes(), ledger::toString);
        assertEquals(List.of(), storage.openFiles());
    }

    private TableReader table(int number, Compression compression, BlockCache blocks) {
        return table(number, compression, blocks, RECORDS, VALUE_BYTES);
    }

    private TableReader table(int number, Compression compression, BlockCache blocks, int count, int valueBytes) {
        return table(storage, number, compression, blocks, count, valueBytes);
    }

    private TableReader table(
            Storage target, int number, Compression compression, BlockCache blocks, int count, int valueBytes) {
        TableSettings settings = new TableSettings(BLOCK_BYTES, 4, compression, 10, true, HashWorker.NONE);
        List<TestRecord> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            records.add(TestRecord.put(key(i), 0, i + 1, value(number, i, valueBytes)));
        }
        TestTable.write(target, number, settings, records, ledger);
        TableReader reader = TableReader.open(target, number, blocks, false);
        readers.add(reader);
        return reader;
    }

    private static byte[] key(int i) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(i).array();
    }

    /** Half of it compresses. */
    private static byte[] value(int number, int i, int length) {
        byte[] value = new byte[length];
        byte[] half = new byte[length / 2];
        new Random(number * 1_000_003L + i).nextBytes(half);
        System.arraycopy(half, 0, value, 0, half.length);
        return value;
    }

    private static void assertHas(TableCursor cursor, int number, int i, int valueBytes) {
        assertTrue(cursor.seek(new UnsafeBuffer(key(i)), 0, Integer.BYTES, 0, Keys.FIRST_STAMP));
        byte[] found = new byte[cursor.valueLength()];
        cursor.valueBuffer().getBytes(cursor.valueOffset(), found);
        assertArrayEquals(value(number, i, valueBytes), found);
    }

    private static void readAll(TableCursor cursor, TableReader reader, int number) {
        cursor.attach(reader);
        for (int i = 0; i < RECORDS; i++) {
            assertHas(cursor, number, i, VALUE_BYTES);
        }
        cursor.detach();
    }

    @ParameterizedTest
    @EnumSource(
            value = Compression.class,
            names = {"LZ4", "ZSTD"})
    void compressedBlocksAreReadFromTheFileOnceAndThenInTheCache(Compression compression) {
        TableReader reader = table(1, compression, cache);
        TableCursor cursor = new TableCursor();
        TableCursor passing = TableCursor.passingTheCache();
        storage.failFrom(Operation.READ, FileType.TABLE, 1, FaultKind.ERROR);
        for (TableCursor each : List.of(cursor, passing)) {
            each.attach(reader);
            assertThrows(StorageException.class, each::first);
            each.detach();
        }
        storage.clearFaults();
        readAll(passing, reader, 1);
        readAll(cursor, reader, 1);
        storage.failFrom(Operation.READ, FileType.TABLE, 1, FaultKind.ERROR);
        readAll(cursor, reader, 1);
        storage.clearFaults();
    }

    @Test
    void singleBlocksThatComeAgainAndAgainAreSeenInTheMapping() {
        TableReader reader = table(1, Compression.LZ4, cache);
        TableCursor passing = TableCursor.passingTheCache();
        Random random = new Random(4);
        for (int i = 0; i < 2 * reader.index().blocks(); i++) {
            passing.attach(reader);
            assertHas(passing, 1, random.nextInt(RECORDS), VALUE_BYTES);
            passing.detach();
        }
        storage.failFrom(Operation.READ, FileType.TABLE, 1, FaultKind.ERROR);
        for (int i = 0; i < RECORDS; i += 100) {
            passing.attach(reader);
            assertHas(passing, 1, i, VALUE_BYTES);
            passing.detach();
        }
        // One that follows another is read.
        passing.attach(reader);
        assertThrows(StorageException.class, () -> {
            for (int i = 0; i < RECORDS; i++) {
                assertHas(passing, 1, i, VALUE_BYTES);
            }
        });
        passing.detach();
        storage.clearFaults();
    }

    @Test
    void blocksThatAreStoredAsTheyAreAreSeenInTheMapping() {
        TableReader reader = table(1, Compression.NONE, cache);
        storage.failFrom(Operation.READ, FileType.TABLE, 1, FaultKind.ERROR);
        readAll(new TableCursor(), reader, 1);
        storage.clearFaults();
    }

    @Test
    void aTableWithVeryLongBlocksIsSeenInTheMapping() {
        int longValue = 4 * StoredBytes.LONGEST;
        TableReader reader = table(1, Compression.LZ4, cache, 10, longValue);
        assertEquals(BlockDescriptor.CODEC_LZ4, reader.index().codec(0));
        storage.failFrom(Operation.READ, FileType.TABLE, 1, FaultKind.ERROR);
        TableCursor cursor = new TableCursor();
        cursor.attach(reader);
        assertHas(cursor, 1, 7, longValue);
        cursor.detach();
        storage.clearFaults();
    }

    @Test
    void aReadThatFailsIsTriedAgainByTheNext() {
        TableReader reader = table(1, Compression.LZ4, cache);
        TableCursor cursor = new TableCursor();
        for (int i = 0; i < RECORDS; i += 100) {
            int wanted = i;
            storage.failAt(Operation.READ, FileType.TABLE, 1, FaultKind.ERROR);
            cursor.attach(reader);
            assertThrows(StorageException.class, () -> assertHas(cursor, 1, wanted, VALUE_BYTES));
            assertHas(cursor, 1, wanted, VALUE_BYTES);
            cursor.detach();
        }
    }

    @Test
    void loadingMakesNoGarbage(@TempDir Path directory) {
        Storage files = NioStorage.create(directory);
        BlockCache small = new BlockCache(4 * BLOCK_BYTES, BlockCache.frameBytes(2 * BLOCK_BYTES), ledger);
        TableReader reader = table(files, 1, Compression.LZ4, small, RECORDS, VALUE_BYTES);
        List<UnsafeBuffer> keys = new ArrayList<>();
        for (int i = 0; i < RECORDS; i += 100) {
            keys.add(new UnsafeBuffer(key(i)));
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        TableCursor cursor = new TableCursor();
        long fewest = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 5; attempt++) {
            long misses = small.misses();
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int round = 0; round < 50; round++) {
                for (int i = 0; i < keys.size(); i++) {
                    cursor.attach(reader);
                    assertTrue(cursor.seek(keys.get(i), 0, Integer.BYTES, 0, Keys.FIRST_STAMP));
                    cursor.detach();
                }
            }
            fewest = Math.min(fewest, threads.getCurrentThreadAllocatedBytes() - before);
            assertEquals(misses + 50L * keys.size(), small.misses());
        }
        // As much as measuring takes.
        assertTrue(fewest < 2_000, fewest + " bytes for " + 50 * keys.size() + " loads");
        small.close();
    }

    @Test
    void blocksThatFollowEachOtherAreReadTogether() {
        TableReader reader = table(1, Compression.LZ4, cache);
        TableCursor cursor = TableCursor.passingTheCache();
        cursor.attach(reader);
        // As many successful reads as the fault lets pass.
        int reads = reader.index().blocks() / 4;
        storage.failAt(Operation.READ, FileType.TABLE, reads, FaultKind.ERROR);
        int records = 0;
        for (boolean more = cursor.first(); more; more = cursor.next()) {
            records++;
        }
        assertEquals(RECORDS, records);
        assertTrue(storage.hasFaults(), "each block was read alone");
        storage.clearFaults();
        cursor.detach();
    }

    @Test
    void whatWasReadOfOneTableIsNotTakenForAnother() {
        TableReader one = table(1, Compression.LZ4, cache);
        TableReader two = table(2, Compression.LZ4, cache);
        TableCursor cursor = new TableCursor();
        TableCursor passing = TableCursor.passingTheCache();
        for (int i = 0; i < RECORDS; i += 10) {
            for (TableCursor each : Arrays.asList(cursor, passing)) {
                each.attach(one);
                assertHas(each, 1, i, VALUE_BYTES);
                each.attach(two);
                assertHas(each, 2, i, VALUE_BYTES);
            }
        }
        cursor.detach();
        passing.detach();
    }
}
