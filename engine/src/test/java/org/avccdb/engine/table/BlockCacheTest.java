package org.avccdb.engine.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.Compression;
import org.avccdb.engine.keys.Keys;
import org.avccdb.engine.keys.Versions;
import org.avccdb.engine.storage.SimulatedStorage;
import org.avccdb.memdb.MemoryLedger;
import org.avccdb.memdb.MemoryPurpose;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BlockCacheTest {
    private static final int KEYS = 2000;
    private static final int THREADS = 4;
    private static final int STEPS = 20_000;
    private static final int FRAME = BlockCache.frameBytes(256);
    /** Eight frames. */
    private static final long TINY = 8L * FRAME + 63;

    private final MemoryLedger ledger = new MemoryLedger(Long.MAX_VALUE);
    private final SimulatedStorage storage = new SimulatedStorage();

    @AfterEach
    void nothingIsLeftBehind() {
        assertEquals(0, ledger.totalBytes(), ledger::toString);
    }

    private void write(Compression compression) {
        TestTable.write(storage, new TableSettings(256, 4, compression, 10, false, HashWorker.NONE), records(), ledger);
    }

    private static List<TestRecord> records() {
        List<TestRecord> records = new ArrayList<>();
        for (int i = 0; i < KEYS; i++) {
            byte[] value = new byte[20 + i % 50];
            Arrays.fill(value, (byte) i);
            records.add(TestRecord.put(key(i), 1, i, value));
        }
        return records;
    }

    private static byte[] key(int i) {
        return new byte[] {(byte) (i >> 8), (byte) i};
    }

    private static boolean seek(TableCursor cursor, int i) {
        return cursor.seekExactKey(new UnsafeBuffer(key(i)), 0, 2, Versions.KEY_DELETE, Keys.FIRST_STAMP);
    }

    private static void checkValue(TableCursor cursor, int i) {
        assertEquals(20 + i % 50, cursor.valueLength());
        for (int at = 0; at < cursor.valueLength(); at++) {
            assertEquals((byte) i, cursor.valueBuffer().getByte(cursor.valueOffset() + at));
        }
    }

    /** The index and the frame numbers, which a cursor may use after the table's owner has closed it. */
    @Test
    void whereBlocksAreIsCountedAndFreedWithTheLastReference() {
        write(Compression.LZ4);
        try (BlockCache cache = new BlockCache(1 << 20, FRAME, ledger)) {
            TableReader reader = TableReader.open(storage, TestTable.NUMBER, cache, false);
            long counted = ledger.bytes(MemoryPurpose.TABLE_INDEX);
            int blocks = reader.index().blocks();
            assertTrue(counted >= (2L * Long.BYTES + Integer.BYTES) * blocks, ledger::toString);
            assertTrue(counted <= (4L * Long.BYTES + Integer.BYTES) * blocks, ledger::toString);
            assertTrue(reader.tryRetain());
            reader.close();
            assertEquals(counted, ledger.bytes(MemoryPurpose.TABLE_INDEX), ledger::toString);
            reader.release();
            assertEquals(0, ledger.bytes(MemoryPurpose.TABLE_INDEX), ledger::toString);
        }
    }

    @Test
    void aBlockIsFoundAgain() {
        write(Compression.LZ4);
        try (BlockCache cache = new BlockCache(1 << 20, FRAME, ledger)) {
            TableReader reader = TableReader.open(storage, TestTable.NUMBER, cache, false);
            for (int round = 0; round < 3; round++) {
                TableCursor cursor = new TableCursor();
                cursor.attach(reader);
                for (int i = 0; i < KEYS; i++) {
                    assertTrue(seek(cursor, i));
                    checkValue(cursor, i);
                }
                cursor.detach();
            }
            int blocks = reader.index().blocks();
            assertEquals(blocks, cache.misses());
            assertEquals(2L * blocks, cache.hits());
            assertTrue(ledger.bytes(MemoryPurpose.BLOCK_CACHE) <= 1 << 20);
            // What blocks are read into.
            assertTrue(ledger.bytes(MemoryPurpose.SCRATCH) <= StoredBytes.LONGEST);
            reader.close();
        }
    }

    @Test
    void readersThatPassTheCacheLeaveItAsItIs() {
        write(Compression.LZ4);
        try (BlockCache cache = new BlockCache(1 << 20, FRAME, ledger)) {
            TableReader reader = TableReader.open(storage, TestTable.NUMBER, cache, false);
            TableCursor cursor = TableCursor.passingTheCache();
            cursor.attach(reader);
            while (cursor.next()) {
                checkValue(cursor, (int) cursor.stamp() >>> 8);
            }
            assertEquals(0, cache.hits());
            assertEquals(0, cache.allocatedBytes());
            cursor.detach();
            reader.close();
        }
    }

    @Test
    void whereAllIsPinnedCursorsHaveBuffersOfTheirOwn() {
        write(Compression.LZ4);
        try (BlockCache cache = new BlockCache(TINY, FRAME, ledger)) {
            TableReader reader = TableReader.open(storage, TestTable.NUMBER, cache, false);
            List<TableCursor> cursors = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                TableCursor cursor = new TableCursor();
                cursor.attach(reader);
                assertTrue(seek(cursor, i * 100));
                cursors.add(cursor);
            }
            for (int i = 0; i < 20; i++) {
                checkValue(cursors.get(i), i * 100);
            }
            assertTrue(ledger.bytes(MemoryPurpose.SCRATCH) > 0);
            cursors.forEach(TableCursor::detach);
            assertEquals(8, cache.allocatedBytes() / FRAME);
            reader.close();
        }
    }

    @Test
    void blocksUsedTwiceStayLonger() {
        try (BlockCache cache = new BlockCache(TINY, FRAME, ledger)) {
            CachedBlocks blocks = cache.blocks(TestTable.NUMBER, 100);
            load(blocks, 0);
            for (int block = 1; block < 100; block++) {
                assertNotEquals(BlockCache.NONE, pinned(blocks, 0), "after " + block);
                load(blocks, block);
            }
            blocks.free();
        }
    }

    private static void load(CachedBlocks blocks, int block) {
        int frame = blocks.claim(block);
        blocks.cache().publish(frame, 10);
        blocks.cache().unpin(frame);
    }

    private static int pinned(CachedBlocks blocks, int block) {
        int frame = blocks.pin(block, true);
        if (frame != BlockCache.NONE) {
            blocks.cache().unpin(frame);
        }
        return frame;
    }

    @Test
    void whatIsBeingLoadedIsNotFound() {
        try (BlockCache cache = new BlockCache(TINY, FRAME, ledger)) {
            CachedBlocks blocks = cache.blocks(TestTable.NUMBER, 6);
            int frame = blocks.claim(4);
            assertEquals(BlockCache.NONE, blocks.pin(4, true));
            assertEquals(BlockCache.NONE, blocks.claim(4), "a second thread loads it for itself");
            cache.publish(frame, 77);
            assertEquals(frame, blocks.pin(4, true));
            assertEquals(77, cache.length(frame));
            cache.unpin(frame);
            cache.unpin(frame);
            int other = blocks.claim(5);
            cache.giveUp(other);
            assertEquals(BlockCache.NONE, blocks.pin(5, true));
            blocks.free();
        }
    }

    @Test
    void aFrameThatAnotherBlockHasTakenIsNotFound() {
        try (BlockCache cache = new BlockCache(TINY, FRAME, ledger)) {
            CachedBlocks blocks = cache.blocks(TestTable.NUMBER, 40);
            CachedBlocks others = cache.blocks(TestTable.NUMBER, 40);
            for (int block = 0; block < 40; block++) {
                load(blocks, block);
            }
            int found = 0;
            for (int block = 0; block < 40; block++) {
                found += pinned(blocks, block) == BlockCache.NONE ? 0 : 1;
                assertEquals(BlockCache.NONE, pinned(others, block));
            }
            assertEquals(8, found);
            blocks.free();
            others.free();
        }
    }

    @Test
    void pinnedBlocksOutliveTheCache() {
        write(Compression.LZ4);
        BlockCache cache = new BlockCache(1 << 20, FRAME, ledger);
        TableReader reader = TableReader.open(storage, TestTable.NUMBER, cache, false);
        TableCursor one = new TableCursor();
        one.attach(reader);
        TableCursor other = new TableCursor();
        other.attach(reader);
        assertTrue(seek(one, 5));
        assertTrue(seek(other, KEYS - 5));
        cache.close();
        assertTrue(ledger.bytes(MemoryPurpose.ORPHANED) > 0);
        checkValue(one, 5);
        one.detach();
        checkValue(other, KEYS - 5);
        other.detach();
        cache.close();
        reader.close();
        assertEquals(0, ledger.totalBytes(), ledger::toString);
    }

    @Test
    void withoutMemoryForFramesCursorsGoOn() {
        write(Compression.LZ4);
        long limit = 64 << 10;
        MemoryLedger poor = new MemoryLedger(limit);
        try (BlockCache cache = new BlockCache(TINY, FRAME, poor)) {
            TableReader reader = TableReader.open(storage, TestTable.NUMBER, cache, false);
            long taken = limit - poor.totalBytes() - 3L * FRAME;
            poor.reserve(taken, MemoryPurpose.MEMTABLE);
            TableCursor cursor = new TableCursor();
            cursor.attach(reader);
            assertTrue(seek(cursor, 700));
            checkValue(cursor, 700);
            assertEquals(0, cache.allocatedBytes());
            cursor.detach();
            reader.close();
            poor.release(taken, MemoryPurpose.MEMTABLE);
        }
        assertEquals(0, poor.totalBytes(), poor::toString);
    }

    @Test
    void withoutMemoryForMoreFramesThoseThatThereAreAreUsedAgain() {
        MemoryLedger poor = new MemoryLedger(3 << 20);
        try (BlockCache cache = new BlockCache(8 << 20, FRAME, poor)) {
            CachedBlocks blocks = cache.blocks(TestTable.NUMBER, 10_000);
            for (int block = 0; block < 10_000; block++) {
                load(blocks, block);
                assertNotEquals(BlockCache.NONE, pinned(blocks, block));
            }
            assertTrue(cache.allocatedBytes() > 0 && cache.allocatedBytes() <= 3 << 20);
            blocks.free();
        }
        assertEquals(0, poor.totalBytes(), poor::toString);
    }

    @Test
    void nonsenseIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new BlockCache(-1, 1, ledger));
        assertThrows(IllegalArgumentException.class, () -> new BlockCache(1, 0, ledger));
    }

    /** The last frame that nobody has had is found by who looks for one to take, too. */
    @Test
    void ofTwoThreadsAtOnceOneGetsTheLastFrame() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        for (int round = 0; round < 500; round++) {
            try (BlockCache cache = new BlockCache(FRAME, FRAME, ledger)) {
                CachedBlocks blocks = cache.blocks(TestTable.NUMBER, 2);
                AtomicInteger ready = new AtomicInteger();
                List<Future<Integer>> claims = new ArrayList<>();
                for (int i = 0; i < 2; i++) {
                    int block = i;
                    claims.add(threads.submit(() -> {
                        ready.incrementAndGet();
                        while (ready.get() < 2) {
                            Thread.onSpinWait();
                        }
                        return blocks.claim(block);
                    }));
                }
                int first = claims.get(0).get();
                int second = claims.get(1).get();
                assertNotEquals(first, second, "round " + round);
                cache.giveUp(Math.max(first, second));
                blocks.free();
            }
        }
        threads.shutdown();
    }

    @Test
    void threadsThatFightForATinyCacheSeeTheirOwnBlocks() throws Exception {
        write(Compression.LZ4);
        try (BlockCache cache = new BlockCache(2 * TINY, FRAME, ledger)) {
            TableReader reader = TableReader.open(storage, TestTable.NUMBER, cache, false);
            ExecutorService threads = Executors.newFixedThreadPool(THREADS);
            List<Future<?>> ends = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int seed = i;
                ends.add(threads.submit(() -> jump(reader, new Random(seed))));
            }
            for (Future<?> end : ends) {
                end.get();
            }
            threads.shutdown();
            assertTrue(cache.hits() > 0 && cache.misses() > 0);
            reader.close();
        }
    }

    /** Three cursors, of which two stay where they are while the third moves. */
    private static void jump(TableReader reader, Random random) {
        TableCursor[] cursors = new TableCursor[3];
        int[] places = new int[cursors.length];
        Arrays.setAll(cursors, i -> new TableCursor());
        for (TableCursor cursor : cursors) {
            cursor.attach(reader);
            assertTrue(seek(cursor, 0));
        }
        for (int step = 0; step < STEPS; step++) {
            int moved = random.nextInt(cursors.length);
            places[moved] = random.nextInt(random.nextBoolean() ? 60 : KEYS);
            assertTrue(seek(cursors[moved], places[moved]));
            for (int i = 0; i < cursors.length; i++) {
                checkValue(cursors[i], places[i]);
            }
        }
        for (TableCursor cursor : cursors) {
            cursor.detach();
        }
    }
}
