package org.avccdb.engine.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class SubtreeCacheTest {
    private static final int BLOCKS = 40;
    private static final int ROUNDS = 300_000;

    private static byte[] hashes(long table, int block) {
        byte[] hashes = SubtreeCache.room();
        Arrays.fill(hashes, (byte) (table * 37 + block));
        return hashes;
    }

    @Test
    void findsWhatWasPut() {
        SubtreeCache cache = new SubtreeCache(1 << 20);
        byte[] out = SubtreeCache.room();
        assertFalse(cache.get(1, 2, out));
        cache.put(1, 2, hashes(1, 2));
        assertTrue(cache.get(1, 2, out));
        assertArrayEquals(hashes(1, 2), out);
        assertFalse(cache.get(2, 1, out));
        assertFalse(cache.get(1, 3, out));
    }

    /** Nothing was put there, and yet all words are 0, as are the table and the block that are asked for. */
    @Test
    void anEmptyPlaceIsNoAnswer() {
        SubtreeCache cache = new SubtreeCache(SubtreeCache.CHUNK_BYTES);
        cache.put(7, 7, hashes(7, 7));
        assertFalse(cache.get(0, 0, SubtreeCache.room()));
    }

    @Test
    void withoutMemoryItKeepsNothing() {
        SubtreeCache cache = new SubtreeCache(SubtreeCache.CHUNK_BYTES - 1);
        cache.put(1, 1, hashes(1, 1));
        assertFalse(cache.get(1, 1, SubtreeCache.room()));
    }

    /** However large it may become, it takes what the blocks need that are there. */
    @Test
    void takesMemoryForWhatIsThere() {
        SubtreeCache cache = new SubtreeCache(Long.MAX_VALUE);
        for (int block = 0; block < BLOCKS; block++) {
            cache.put(1, block, hashes(1, block));
        }
        byte[] out = SubtreeCache.room();
        for (int block = 0; block < BLOCKS; block++) {
            assertTrue(cache.get(1, block, out));
            assertArrayEquals(hashes(1, block), out);
        }
    }

    /** A few places for many blocks: each is written and read all the time. */
    @Test
    void neverMixesBlocks() throws InterruptedException, ExecutionException {
        SubtreeCache cache = new SubtreeCache(SubtreeCache.CHUNK_BYTES);
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            List<Future<Integer>> found = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                Random random = new Random(i);
                found.add(threads.submit(() -> use(cache, random)));
            }
            int hits = 0;
            for (Future<Integer> each : found) {
                hits += each.get();
            }
            assertTrue(hits > 0);
        } finally {
            threads.shutdownNow();
        }
    }

    private static int use(SubtreeCache cache, Random random) {
        byte[] out = SubtreeCache.room();
        int hits = 0;
        for (int round = 0; round < ROUNDS; round++) {
            int table = random.nextInt(3);
            int block = random.nextInt(BLOCKS);
            if (cache.get(table, block, out)) {
                hits++;
                byte expected = (byte) (table * 37 + block);
                for (byte each : out) {
                    assertEquals(expected, each);
                }
            } else {
                cache.put(table, block, hashes(table, block));
            }
        }
        return hits;
    }
}
