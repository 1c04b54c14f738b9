package org.avccdb.memdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ArenaTest {
    private static final int CAPACITY = 64 * 100;

    private final MemoryLedger ledger = new MemoryLedger(Long.MAX_VALUE);
    private final Arena arena = new Arena(CAPACITY, ledger);

    @AfterEach
    void nothingIsLeft() {
        arena.release();
        assertEquals(0, ledger.totalBytes());
    }

    @Test
    void isEmptyWhenMade() {
        assertEquals(CAPACITY, arena.capacity());
        assertEquals(CAPACITY, arena.free());
        assertEquals(0, arena.used());
    }

    @Test
    void allocationsAreAlignedDisjointAndNeverAtZero() {
        Random random = new Random(5);
        int end = 1;
        while (true) {
            int bytes = random.nextInt(40);
            int free = arena.free();
            int start = arena.allocate(bytes);
            if (start == Arena.NONE) {
                assertTrue(bytes > free);
                assertEquals(free, arena.free());
                break;
            }
            assertTrue(start >= end, start + " is inside of the allocation before, which ends at " + end);
            assertEquals(0, start % Long.BYTES);
            end = start + bytes;
            arena.memory().zero(start, bytes);
            assertEquals(CAPACITY, arena.free() + arena.used());
        }
    }

    @Test
    void isUsedToTheLastByte() {
        int start = arena.allocate(CAPACITY - 1);
        assertNotEquals(Arena.NONE, start);
        arena.memory().zero(start, CAPACITY - 1);
        assertEquals(0, arena.free());
        assertEquals(Arena.NONE, arena.allocate(1));
        arena.reset();
        assertNotEquals(Arena.NONE, arena.allocate(CAPACITY));
        assertEquals(0, arena.free());
        assertEquals(CAPACITY, arena.used());
    }

    @Test
    void whatDoesNotFitChangesNothing() {
        assertNotEquals(Arena.NONE, arena.allocate(10));
        int free = arena.free();
        for (int bytes : new int[] {free + 1, CAPACITY, Integer.MAX_VALUE, -1, Integer.MIN_VALUE}) {
            assertEquals(Arena.NONE, arena.allocate(bytes), () -> bytes + " bytes");
            assertEquals(free, arena.free());
        }
        assertNotEquals(Arena.NONE, arena.allocate(free));
    }

    @Test
    void resetMakesItEmptyAndBeginsAGeneration() {
        int generation = arena.generation();
        int first = arena.allocate(100);
        assertNotEquals(Arena.NONE, arena.allocate(100));
        arena.reset();
        assertEquals(CAPACITY, arena.free());
        assertEquals(0, arena.used());
        assertNotEquals(generation, arena.generation());
        assertEquals(first, arena.allocate(100));
    }

    @Test
    void resetPoisonsWhatWasThere() {
        int start = arena.allocate(8);
        arena.memory().putLong(start, 0);
        arena.reset();
        assertEquals(0xDBDB_DBDB_DBDB_DBDBL, arena.memory().getLong(start));
    }

    @Test
    void aListOfAnOlderGenerationIsRefused() {
        SkipList list = new SkipList(arena, KeyOrder.INTERNAL, KeyDigest.LEADING_BYTES, 1);
        SkipListIterator iterator = list.iterator();
        arena.reset();
        assertThrows(IllegalStateException.class, () -> list.nextRecord(0));
        assertThrows(IllegalStateException.class, list::memory);
        assertThrows(IllegalStateException.class, list::iterator);
        assertThrows(
                IllegalStateException.class,
                () -> iterator.seek(TestMap.buffer("a"), 0, 1, 0, 0),
                "an iterator of the older list");
    }

    @Test
    void aListNeedsItsOverhead() {
        Arena enough = new Arena(SkipList.overheadLength(), ledger);
        Arena tooSmall = new Arena(SkipList.overheadLength() - 64, ledger);
        try {
            SkipList list = new SkipList(enough, KeyOrder.INTERNAL, KeyDigest.LEADING_BYTES, 1);
            assertEquals(0, list.nextRecord(0));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new SkipList(tooSmall, KeyOrder.INTERNAL, KeyDigest.LEADING_BYTES, 1));
        } finally {
            enough.release();
            tooSmall.release();
        }
    }

    @Test
    void memoryIsTakenForMemtablesAndGivenBackOnce() {
        long out = ledger.totalBytes();
        assertTrue(out > CAPACITY);
        assertEquals(out, ledger.bytes(MemoryPurpose.MEMTABLE));
        Arena other = new Arena(0, ledger);
        assertTrue(ledger.totalBytes() > out);
        other.release();
        other.release();
        assertEquals(out, ledger.totalBytes());
        assertThrows(IllegalStateException.class, () -> other.memory().getByte(0));
    }

    @Test
    void capacityOutOfRangeIsRefused() {
        for (int capacity : new int[] {-1, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            assertThrows(IllegalArgumentException.class, () -> new Arena(capacity, ledger));
        }
    }
}
