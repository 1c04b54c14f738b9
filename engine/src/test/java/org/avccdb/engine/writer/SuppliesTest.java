package org.avccdb.engine.writer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.concurrent.atomic.AtomicLong;
import org.avccdb.engine.journal.Journal;
import org.avccdb.engine.storage.SimulatedStorage;
import org.avccdb.memdb.Arena;
import org.avccdb.memdb.ArenaPool;
import org.avccdb.memdb.MemoryLedger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which arena is ready: one that has been used, or one that takes no memory yet. */
class SuppliesTest {
    private static final int ARENA = 64 * 1024;
    private static final long IDLE_NANOS = 1_000;
    /** Of native memory around an arena. */
    private static final int ROUND_IT = 1_024;

    private final AtomicLong numbers = new AtomicLong();
    private final Journal journal =
            new Journal(new SimulatedStorage(), new byte[16], ARENA, 2, numbers::incrementAndGet, null);
    private long now = Long.MAX_VALUE - 500;
    private MemoryLedger ledger;
    private ArenaPool pool;
    private Supplies supplies;

    private void begin(int arenas, long ledgerBytes) {
        ledger = new MemoryLedger(ledgerBytes);
        pool = new ArenaPool(ARENA, 3, (long) arenas * ARENA, Long.MAX_VALUE, () -> now, ledger);
        supplies = new Supplies(pool, ledger, journal, null, ARENA, IDLE_NANOS, () -> now);
    }

    @AfterEach
    void nothingIsLeft() {
        supplies.close();
        pool.close();
        journal.close();
        assertEquals(0, ledger.totalBytes(), ledger::toString);
    }

    /** One that has been used is ready. */
    private Arena usedOneIsReady() {
        Arena used = pool.take(0);
        pool.give(used);
        supplies.prepare();
        return used;
    }

    private void waits(long nanos) {
        now += nanos;
        supplies.prepare();
    }

    private void assertReady(Arena expected) {
        Supplies.Ready ready = supplies.takeArena();
        assertSame(expected, ready.arena());
        supplies.giveBack(ready.arena());
    }

    @Test
    void aUsedArenaThatWaitsForLongIsExchanged() {
        begin(4, Long.MAX_VALUE);
        Arena used = usedOneIsReady();
        long held = pool.heldBytes();
        waits(IDLE_NANOS - 1);
        assertEquals(held, pool.heldBytes());
        waits(1);
        Supplies.Ready ready = supplies.takeArena();
        assertNotSame(used, ready.arena());
        assertFalse(ready.arena().isTouched());
        assertEquals(ARENA, pool.heldBytes());
        assertEquals(0, pool.idleCount(), "its memory went back to the system");
        supplies.giveBack(ready.arena());
    }

    @Test
    void whoWritesSoonGetsTheUsedOne() {
        begin(4, Long.MAX_VALUE);
        Arena used = usedOneIsReady();
        waits(IDLE_NANOS - 1);
        assertReady(used);
    }

    @Test
    void anUntouchedArenaMayWait() {
        begin(4, Long.MAX_VALUE);
        supplies.prepare();
        waits(IDLE_NANOS);
        Supplies.Ready first = supplies.takeArena();
        assertFalse(first.arena().isTouched());
        supplies.prepare();
        waits(5 * IDLE_NANOS);
        assertEquals(2 * ARENA, pool.heldBytes());
        supplies.giveBack(first.arena());
    }

    @Test
    void whoMayNotWriteForLongGetsAnUntouchedOneAndTheUsedOneWaitsInThePool() {
        begin(4, Long.MAX_VALUE);
        Arena used = usedOneIsReady();
        Supplies.Ready untouched = supplies.takeUntouchedArena();
        assertFalse(untouched.arena().isTouched());
        assertEquals(1, pool.idleCount());
        supplies.prepare();
        assertReady(used);
        supplies.giveBack(untouched.arena());
    }

    @Test
    void withoutRoomInTheBudgetTheUsedOneDoes() {
        begin(1, Long.MAX_VALUE);
        Arena used = usedOneIsReady();
        waits(IDLE_NANOS);
        Supplies.Ready taken = supplies.takeUntouchedArena();
        assertSame(used, taken.arena());
        supplies.giveBack(taken.arena());
    }

    @Test
    void withoutMemoryTheUsedOneDoes() {
        begin(4, ARENA + ROUND_IT);
        Arena used = usedOneIsReady();
        waits(IDLE_NANOS);
        Supplies.Ready taken = supplies.takeUntouchedArena();
        assertSame(used, taken.arena());
        supplies.giveBack(taken.arena());
    }
}
