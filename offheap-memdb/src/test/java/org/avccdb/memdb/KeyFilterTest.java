package org.avccdb.memdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeyFilterTest {
    private static final int CAPACITY = 1 << 20;
    /** As many as there would be of 16 and 100 bytes. */
    private static final int KEYS = CAPACITY / 148;

    private final MemoryLedger ledger = new MemoryLedger(Long.MAX_VALUE);
    private final Arena arena = new Arena(CAPACITY, ledger);

    @AfterEach
    void free() {
        arena.release();
        assertEquals(0, ledger.totalBytes());
    }

    @Test
    void whatWasAddedIsFoundAndLittleElse() {
        KeyFilter filter = new KeyFilter(arena);
        assertEquals(CAPACITY - CAPACITY / 64, arena.free());
        Random random = new Random(1);
        for (int i = 0; i < KEYS; i++) {
            filter.add(random.nextLong());
        }
        Random again = new Random(1);
        for (int i = 0; i < KEYS; i++) {
            assertTrue(filter.mayContain(again.nextLong()));
        }
        int wrong = 0;
        for (int i = 0; i < 100_000; i++) {
            wrong += filter.mayContain(random.nextLong()) ? 1 : 0;
        }
        assertTrue(wrong > 0 && wrong < 1_000, wrong + " of 100,000");
    }

    @Test
    void itStaysInItsOwnMemory() {
        KeyFilter filter = new KeyFilter(arena);
        int length = arena.free();
        int offset = arena.allocate(length);
        arena.memory().zero(offset, length);
        for (long hash = 0; hash < 10_000; hash++) {
            filter.add(hash * 0x9E37_79B9_7F4A_7C15L);
        }
        filter.add(-1);
        filter.add(0);
        for (int at = 0; at < length; at++) {
            assertEquals(0, arena.memory().getByte(offset + at));
        }
        arena.memory().zero(offset, length);
        assertTrue(filter.mayContain(-1));
        assertTrue(filter.mayContain(0));
    }

    @Test
    void inAnArenaThatWasUsedBeforeItIsEmpty() {
        arena.memory().zero(arena.allocate(CAPACITY), CAPACITY);
        arena.reset();
        new KeyFilter(arena).add(7);
        arena.reset();
        assertFalse(new KeyFilter(arena).mayContain(7));
    }

    @Test
    void anArenaHasRoomForWhatWasAskedFor() {
        for (int bytes : new int[] {0, 1, 63, 64, 4_000, 4_096, 100_000, 12_345_678}) {
            Arena other = new Arena(Math.toIntExact(KeyFilter.capacityFor(bytes)), ledger);
            new KeyFilter(other);
            assertTrue(other.free() >= bytes, bytes + ", but " + other.free());
            other.release();
        }
        Arena tiny = new Arena(40, ledger);
        assertThrows(IllegalArgumentException.class, () -> new KeyFilter(tiny));
        tiny.release();
    }
}
