package org.avccdb.engine.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.Compression;
import org.avccdb.engine.keys.Keys;
import org.avccdb.engine.keys.Versions;
import org.avccdb.engine.storage.FileNames;
import org.avccdb.engine.storage.SimulatedStorage;
import org.avccdb.memdb.MemoryLedger;
import org.avccdb.memdb.MemoryPurpose;
import org.avccdb.memdb.OutOfNativeMemoryException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which blocks are in the cache before anybody has read them, and which are no more. */
class WrittenBlocksTest {
    private static final int KEYS = 1_000;
    private static final int FRAME = BlockCache.frameBytes(256);
    private static final int LARGE = 4 << 20;
    private static final int TINY = 8 * FRAME;

    private final MemoryLedger ledger = new MemoryLedger(Long.MAX_VALUE);
    private final SimulatedStorage storage = new SimulatedStorage();

    @BeforeEach
    void writeWhatIsRead() {
        write(BlockCache.OFF, 1);
    }

    @AfterEach
    void nothingIsLeftBehind() {
        assertEquals(0, ledger.totalBytes(), ledger::toString);
    }

    private TableWriters writers(BlockCache cache, Compression compression) {
        return new TableWriters(
                storage,
                new TableSettings(256, 4, compression, 10, false, HashWorker.NONE),
                ledger,
                new TableCache(storage, cache, 10, false, TableFile::dispose));
    }

    private TableWriter begun(BlockCache cache, long number) {
        return writers(cache, Compression.LZ4).begin(number);
    }

    private static byte[] key(int i) {
        return new byte[] {(byte) (i >> 8), (byte) i};
    }

    private static byte[] value(long table, int i) {
        byte[] value = new byte[20 + i % 50];
        Arrays.fill(value, (byte) (i + table));
        return value;
    }

    private static TableMeta finish(TableWriter writer, long number) {
        for (int i = 0; i < KEYS; i++) {
            TestTable.add(writer, TestRecord.put(key(i), 1, i, value(number, i)));
        }
        return writer.finish(1, new long[0], number, 1);
    }

    private void write(BlockCache cache, long number) {
        finish(begun(cache, number), number);
    }

    private TableReader open(BlockCache cache, long number) {
        return TableReader.open(storage, number, cache, false);
    }

    private static void readAll(TableReader reader, long number) {
        TableCursor cursor = new TableCursor();
        cursor.attach(reader);
        for (int i = 0; i < KEYS; i++) {
            read(cursor, number, i);
        }
        cursor.detach();
    }

    private static void read(TableCursor cursor, long number, int i) {
        assertTrue(cursor.seekExactKey(new UnsafeBuffer(key(i)), 0, 2, Versions.KEY_DELETE, Keys.FIRST_STAMP));
        byte[] found = new byte[cursor.valueLength()];
        cursor.valueBuffer().getBytes(cursor.valueOffset(), found);
        assertArrayEquals(value(number, i), found);
    }

    /** How many blocks of a table are not there when it is read for the first time. */
    private long missesOf(BlockCache cache, long number) {
        TableReader reader = open(cache, number);
        long before = cache.misses();
        readAll(reader, number);
        reader.close();
        return cache.misses() - before;
    }

    private int blocks(long number) {
        TableReader reader = open(null, number);
        int blocks = reader.index().blocks();
        reader.close();
        return blocks;
    }

    /** A second table, begun before the first was read. */
    private TableWriter begunBesideReads(BlockCache cache, Compression compression) {
        TableReader first = open(cache, 1);
        TableWriter writer = writers(cache, compression).begin(2);
        readAll(first, 1);
        first.close();
        return writer;
    }

    @Test
    void blocksWrittenWhileOthersReadAreThereForTheFirstReader() {
        try (BlockCache cache = new BlockCache(LARGE, FRAME, ledger)) {
            finish(begunBesideReads(cache, Compression.LZ4), 2);
            assertEquals(0, missesOf(cache, 2));
            assertEquals(blocks(2), missesOf(cache, 2), "only the first reader has them");
        }
    }

    @Test
    void whereNobodyReadsNothingIsPutThere() {
        try (BlockCache cache = new BlockCache(LARGE, FRAME, ledger)) {
            write(cache, 2);
            assertEquals(0, cache.allocatedBytes());
        }
    }

    /** It looks blocks up, too, but does not come back for them. */
    @Test
    void aMergeIsNobodyWhoReads() {
        try (BlockCache cache = new BlockCache(LARGE, FRAME, ledger)) {
            TableWriter writer = begun(cache, 2);
            TableReader first = open(cache, 1);
            TableCursor merged = TableCursor.passingTheCache();
            merged.attach(first);
            for (int i = 0; i < KEYS; i++) {
                assertTrue(merged.next());
            }
            merged.detach();
            first.close();
            finish(writer, 2);
            assertEquals(0, cache.allocatedBytes());
            assertEquals(0, cache.lookups());
        }
    }

    @Test
    void thereAreNoMoreBlocksThanLookups() {
        try (BlockCache cache = new BlockCache(LARGE, FRAME, ledger)) {
            TableWriter writer = begun(cache, 2);
            TableReader first = open(cache, 1);
            TableCursor cursor = new TableCursor();
            cursor.attach(first);
            for (int i = 0; i < 10; i++) {
                read(cursor, 1, i % 2 == 0 ? 0 : KEYS - 1);
            }
            cursor.detach();
            first.close();
            finish(writer, 2);
            assertEquals(blocks(2) - 10, missesOf(cache, 2));
        }
    }

    /** Though a table that is closed leaves frames that no block is in. */
    @Test
    void aCacheThatIsTooSmallIsLeftToWhatIsRead() {
        write(BlockCache.OFF, 3);
        try (BlockCache cache = new BlockCache(TINY, FRAME, ledger)) {
            TableWriter writer = begunBesideReads(cache, Compression.LZ4);
            assertEquals(blocks(3), missesOf(cache, 3));
            finish(writer, 2);
            assertEquals(blocks(2), missesOf(cache, 2));
        }
    }

    /** They are read in place. */
    @Test
    void blocksStoredAsTheyAreNeedNoCache() {
        try (BlockCache cache = new BlockCache(LARGE, FRAME, ledger)) {
            TableWriter writer = begunBesideReads(cache, Compression.NONE);
            long counted = ledger.bytes(MemoryPurpose.TABLE_INDEX);
            finish(writer, 2);
            assertEquals(counted, ledger.bytes(MemoryPurpose.TABLE_INDEX));
            assertEquals(0, missesOf(cache, 2));
        }
    }

    @Test
    void framesOfAClosedTableAreUsedAgain() {
        write(BlockCache.OFF, 2);
        try (BlockCache cache = new BlockCache(LARGE, FRAME, ledger)) {
            missesOf(cache, 1);
            long used = cache.allocatedBytes();
            for (int round = 0; round < 50; round++) {
                assertEquals(blocks(2), missesOf(cache, 2));
            }
            assertEquals(used, cache.allocatedBytes());
            assertEquals(0, cache.searches());
        }
    }

    @Test
    void framesOfATableThatIsGivenUpAreUsedAgain() {
        try (BlockCache cache = new BlockCache(LARGE, FRAME, ledger)) {
            for (int round = 0; round < 50; round++) {
                TableWriter unfinished = begunBesideReads(cache, Compression.LZ4);
                for (int i = 0; i < KEYS; i++) {
                    TestTable.add(unfinished, TestRecord.put(key(i), 1, i, value(2, i)));
                }
                unfinished.abandon();
                finish(begunBesideReads(cache, Compression.LZ4), 2);
                writers(cache, Compression.LZ4).forget(2);
                assertEquals(0, ledger.bytes(MemoryPurpose.TABLE_INDEX));
            }
            assertEquals(0, cache.searches());
        }
    }

    /** Then the numbers of frames cannot be noted for all blocks. */
    @Test
    void aTableThatFailsForWantOfMemoryLeavesNothingBehind() {
        long limit = 16L << 20;
        MemoryLedger poor = new MemoryLedger(limit);
        try (BlockCache cache = new BlockCache(LARGE, FRAME, poor)) {
            TableReader first = open(cache, 1);
            TableWriter writer = begun(cache, 2);
            TableCursor cursor = new TableCursor();
            cursor.attach(first);
            for (int i = 0; i < 10; i++) {
                read(cursor, 1, 0);
                read(cursor, 1, KEYS - 1);
            }
            cursor.detach();
            long taken = limit - poor.totalBytes() - 300;
            poor.reserve(taken, MemoryPurpose.MEMTABLE);
            assertThrows(OutOfNativeMemoryException.class, () -> finish(writer, 2));
            writer.abandon();
            assertFalse(storage.exists(FileNames.table(2)));
            poor.release(taken, MemoryPurpose.MEMTABLE);
            first.close();
        }
        assertEquals(0, poor.totalBytes(), poor::toString);
    }

    @Test
    void aTableThatNobodyOpensGoesWithItsFile() {
        try (BlockCache cache = new BlockCache(LARGE, FRAME, ledger)) {
            TableCache tables = new TableCache(storage, cache, 10, false, TableFile::dispose);
            TableMeta meta = finish(begunBesideReads(cache, Compression.LZ4), 2);
            assertTrue(ledger.bytes(MemoryPurpose.TABLE_INDEX) > 0);
            new TableFile(meta, tables).release();
            assertEquals(0, ledger.bytes(MemoryPurpose.TABLE_INDEX));
        }
    }

    @Test
    void aTableThatNobodyOpensGoesWithTheCache() {
        BlockCache cache = new BlockCache(LARGE, FRAME, ledger);
        finish(begunBesideReads(cache, Compression.LZ4), 2);
        assertTrue(ledger.bytes(MemoryPurpose.TABLE_INDEX) > 0);
        cache.close();
    }

    /** A reader loses its frames to those of tables that come and go, and sees its own blocks all the same. */
    @Test
    void whileTablesComeAndGoReadersSeeTheirOwnBlocks() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        for (int bytes : new int[] {4 * TINY, LARGE / 64, LARGE}) {
            try (BlockCache cache = new BlockCache(bytes, FRAME, ledger)) {
                TableReader first = open(cache, 1);
                AtomicBoolean done = new AtomicBoolean();
                Future<?> one = threads.submit(() -> readUntil(done, first, 1));
                Future<?> other = threads.submit(() -> readUntil(done, first, 2));
                for (int round = 0; round < 100 && !one.isDone() && !other.isDone(); round++) {
                    write(cache, 2);
                    missesOf(cache, 2);
                }
                done.set(true);
                one.get();
                other.get();
                first.close();
            }
        }
        threads.shutdown();
    }

    private static void readUntil(AtomicBoolean done, TableReader reader, int seed) {
        Random random = new Random(seed);
        TableCursor cursor = new TableCursor();
        cursor.attach(reader);
        while (!done.get()) {
            read(cursor, 1, random.nextInt(KEYS));
        }
        cursor.detach();
    }
}
