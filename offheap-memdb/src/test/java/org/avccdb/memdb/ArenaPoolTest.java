package org.avccdb.memdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ArenaPoolTest {
    private static final int ARENA = 64 * 1024;
    private static final long IDLE_NANOS = 1_000;

    private final MemoryLedger ledger = new MemoryLedger(Long.MAX_VALUE);
    private long now = Long.MAX_VALUE - 2_000;
    private final ArenaPool pool = pool(3, 5 * ARENA);

    private ArenaPool pool(int maxIdle, long budgetBytes) {
        return new ArenaPool(ARENA, maxIdle, budgetBytes, IDLE_NANOS, () -> now, ledger);
    }

    @AfterEach
    void nothingIsLeft() {
        pool.close();
        assertEquals(0, ledger.totalBytes(), ledger::toString);
        assertEquals(0, ledger.abandonedBytes());
    }

    private void assertHeld(long bytes, int idle) {
        assertEquals(bytes, pool.heldBytes());
        assertEquals(idle, pool.idleCount());
    }

    @Test
    void anArenaHasThePoolsCapacityOrMore() {
        Arena usual = pool.take(10);
        Arena exact = pool.take(ARENA);
        Arena large = pool.take(2 * ARENA);
        Arena none = pool.take(-1);
        assertEquals(ARENA, usual.capacity());
        assertEquals(ARENA, exact.capacity());
        assertEquals(2 * ARENA, large.capacity());
        assertEquals(ARENA, none.capacity());
        assertHeld(5 * ARENA, 0);
        pool.give(usual);
        pool.give(exact);
        pool.give(large);
        pool.give(none);
    }

    @Test
    void theOneGivenBackLastIsTakenFirst() {
        Arena first = pool.take(0);
        Arena second = pool.take(0);
        Arena third = pool.take(0);
        pool.give(first);
        pool.give(third);
        pool.give(second);
        assertHeld(3 * ARENA, 3);
        assertSame(second, pool.take(0));
        assertSame(third, pool.take(0));
        assertSame(first, pool.take(0));
        assertHeld(3 * ARENA, 0);
        pool.give(first);
        pool.give(second);
        pool.give(third);
    }

    @Test
    void anUntouchedArenaIsNoneOfThoseThatWait() {
        Arena used = pool.take(0);
        assertFalse(used.isTouched());
        pool.give(used);
        assertTrue(used.isTouched());
        Arena untouched = pool.takeUntouched();
        assertNotSame(used, untouched);
        assertFalse(untouched.isTouched());
        assertEquals(ARENA, untouched.capacity());
        assertHeld(2 * ARENA, 1);
        pool.give(untouched);
    }

    @Test
    void forAnUntouchedArenaOthersGiveWayWithinTheBudget() {
        Arena used = pool.take(0);
        Arena large = pool.take(4 * ARENA);
        pool.give(used);
        Arena untouched = pool.takeUntouched();
        assertTrue(used.memory().isFreed());
        assertHeld(5 * ARENA, 0);
        assertNull(pool.takeUntouched());
        assertHeld(5 * ARENA, 0);
        pool.give(untouched);
        pool.give(large);
    }

    @Test
    void whatIsFreedIsNotKept() {
        Arena arena = pool.take(0);
        Arena disowned = pool.take(0);
        pool.disown(disowned);
        pool.free(arena);
        pool.free(disowned);
        assertTrue(arena.memory().isFreed());
        assertTrue(disowned.memory().isFreed());
        assertHeld(0, 0);
        pool.close();
        assertThrows(IllegalStateException.class, pool::takeUntouched);
    }

    @Test
    void anArenaIsNotTakenBackTwice() {
        Arena arena = pool.take(0);
        pool.give(arena);
        assertThrows(IllegalArgumentException.class, () -> pool.give(arena));
        assertHeld(ARENA, 1);
    }

    @Test
    void anArenaComesBackEmptyInANewGeneration() {
        Arena arena = pool.take(0);
        int generation = arena.generation();
        assertNotEquals(Arena.NONE, arena.allocate(1000));
        pool.give(arena);
        assertSame(arena, pool.take(0));
        assertEquals(ARENA, arena.free());
        assertNotEquals(generation, arena.generation());
        pool.give(arena);
    }

    @Test
    void beyondTheBudgetThereIsNone() {
        Arena[] out = new Arena[5];
        for (int i = 0; i < out.length; i++) {
            out[i] = pool.take(0);
        }
        long bytes = ledger.totalBytes();
        assertNull(pool.take(0));
        assertNull(pool.take(Integer.MAX_VALUE - (1 << 20)));
        assertHeld(5 * ARENA, 0);
        assertEquals(bytes, ledger.totalBytes());
        pool.give(out[0]);
        assertSame(out[0], pool.take(0));
        for (Arena arena : out) {
            pool.give(arena);
        }
    }

    @Test
    void idleArenasGiveWayToALargerOne() {
        Arena first = pool.take(0);
        Arena second = pool.take(0);
        Arena third = pool.take(0);
        pool.give(first);
        pool.give(second);
        // The one that has been idle the longest is enough.
        Arena large = pool.take(3 * ARENA);
        assertHeld(5 * ARENA, 1);
        assertTrue(first.memory().isFreed());
        assertSame(second, pool.take(0));
        pool.give(second);
        assertNull(pool.take(3 * ARENA), "what is out does not give way");
        pool.give(third);
        pool.give(large);
    }

    @Test
    void whatIsTooLargeIsNotKept() {
        Arena large = pool.take(ARENA + 64);
        long before = ledger.totalBytes();
        assertTrue(before > ARENA);
        pool.give(large);
        assertHeld(0, 0);
        assertEquals(0, ledger.totalBytes());
        assertTrue(large.memory().isFreed());
    }

    @Test
    void noMoreAreKeptThanAllowed() {
        Arena[] out = new Arena[5];
        for (int i = 0; i < out.length; i++) {
            out[i] = pool.take(0);
        }
        for (Arena arena : out) {
            pool.give(arena);
        }
        assertHeld(3 * ARENA, 3);
        assertTrue(out[4].memory().isFreed());

        ArenaPool keepsNone = pool(0, ARENA);
        Arena arena = keepsNone.take(0);
        keepsNone.give(arena);
        assertEquals(0, keepsNone.idleCount());
        assertEquals(0, keepsNone.heldBytes());
        assertTrue(arena.memory().isFreed());
        keepsNone.close();
    }

    @Test
    void whatIsIdleTooLongIsDrained() {
        Arena first = pool.take(0);
        Arena second = pool.take(0);
        Arena third = pool.take(0);
        pool.give(first);
        now += 600;
        pool.give(second);
        assertEquals(0, pool.drain());
        now += 399;
        assertEquals(0, pool.drain());
        now += 1;
        assertEquals(1, pool.drain());
        assertTrue(first.memory().isFreed());
        assertHeld(2 * ARENA, 1);
        // Past the largest number of the clock, too.
        now += 5_000;
        assertEquals(1, pool.drain());
        assertEquals(0, pool.drain());
        assertHeld(ARENA, 0);
        assertFalse(third.memory().isFreed(), "what is out is not idle");
        pool.give(third);
    }

    @Test
    void beingTakenAndGivenBeginsTheIdleTimeAnew() {
        Arena first = pool.take(0);
        pool.give(first);
        now += 900;
        assertSame(first, pool.take(0));
        pool.give(first);
        now += 900;
        assertEquals(0, pool.drain());
        now += 100;
        assertEquals(1, pool.drain());
    }

    @Test
    void theLedgerKnowsWhatIsIdle() {
        Arena first = pool.take(0);
        Arena second = pool.take(0);
        long each = ledger.totalBytes() / 2;
        assertAccounts(2 * each, 0);
        pool.give(first);
        assertAccounts(each, each);
        pool.give(second);
        assertAccounts(0, 2 * each);
        assertSame(second, pool.take(0));
        assertAccounts(each, each);
        pool.close();
        assertAccounts(each, 0);
        pool.give(second);
        assertAccounts(0, 0);
    }

    private void assertAccounts(long memtable, long idle) {
        assertEquals(memtable, ledger.bytes(MemoryPurpose.MEMTABLE));
        assertEquals(idle, ledger.bytes(MemoryPurpose.POOL));
        assertEquals(memtable + idle, ledger.totalBytes());
    }

    @Test
    void closingFreesWhatIsIdleAndTheRestWhenItIsGivenBack() {
        Arena out = pool.take(0);
        Arena idle = pool.take(0);
        pool.give(idle);
        pool.close();
        pool.close();
        assertTrue(idle.memory().isFreed());
        assertHeld(ARENA, 0);
        assertThrows(IllegalStateException.class, () -> pool.take(0));
        assertNotEquals(Arena.NONE, out.allocate(10), "still usable");
        assertEquals(0, pool.drain());
        pool.give(out);
        assertHeld(0, 0);
        assertEquals(0, ledger.totalBytes());
    }

    @Test
    void aRefusalOfTheLedgerChangesNothing() {
        MemoryLedger small = new MemoryLedger(2 * ARENA);
        ArenaPool limited = new ArenaPool(ARENA, 3, 10 * ARENA, IDLE_NANOS, () -> now, small);
        Arena first = limited.take(0);
        assertThrows(OutOfNativeMemoryException.class, () -> limited.take(ARENA));
        assertEquals(ARENA, limited.heldBytes());
        limited.give(first);
        assertSame(first, limited.take(0));
        limited.give(first);
        limited.close();
        assertEquals(0, small.totalBytes());
    }

    @Test
    void badArgumentsAreRefused() {
        int least = SkipList.overheadLength();
        assertIllegal(least - 1, 1, 1 << 20, 1);
        assertIllegal(-1, 1, 1 << 20, 1);
        assertIllegal(ARENA, -1, ARENA, 1);
        assertIllegal(ARENA, 1, ARENA - 1, 1);
        assertIllegal(ARENA, 1, ARENA, -1);
        new ArenaPool(least, 0, least, 0, () -> now, ledger).close();
        assertThrows(NullPointerException.class, () -> pool.give(null));
    }

    private void assertIllegal(int arenaBytes, int maxIdle, long budgetBytes, long idleNanos) {
        assertThrows(
                IllegalArgumentException.class,
                () -> new ArenaPool(arenaBytes, maxIdle, budgetBytes, idleNanos, () -> now, ledger));
    }
}
