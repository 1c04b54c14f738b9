package org.avccdb.memdb;

import java.util.ArrayDeque;
import java.util.function.LongSupplier;

/**
 * Keeps arenas for their next use, because the first use of memory costs a page fault for each page and the second does not.
 *
 * <p>Any thread may call any method; a call takes a short lock, once for each memtable and not for each write.
 *
 * <ol>
 *   <li>Arenas out and idle together never pass the budget; an idle one that is too small gives way before a request is
 *       refused. Those that are {@link #disown disowned} do not count.
 *   <li>The arena given back last is taken first: its memory is the warmest.
 *   <li>What has been idle for longer than its time goes at the next {@link #drain}.
 * </ol>
 */
public final class ArenaPool implements AutoCloseable {
    private final int arenaBytes;
    private final int maxIdle;
    private final long budgetBytes;
    private final long idleNanos;
    private final LongSupplier clock;
    private final MemoryLedger ledger;
    private final ArrayDeque<Idle> idle = new ArrayDeque<>();

    private long heldBytes;
    private boolean closed;

    /**
     * Makes an empty pool.
     *
     * @param arenaBytes the least capacity of an arena: the write buffer
     * @param maxIdle most arenas that are kept
     * @param budgetBytes most bytes of arenas that may be out and kept together
     * @param idleNanos how long an arena is kept
     * @param clock nanoseconds of a clock that never goes back
     * @param ledger where the memory comes from
     */
    public ArenaPool(
            final int arenaBytes,
            final int maxIdle,
            final long budgetBytes,
            final long idleNanos,
            final LongSupplier clock,
            final MemoryLedger ledger) {
        requireAtLeast("arenaBytes", arenaBytes, SkipList.overheadLength());
        requireAtLeast("maxIdle", maxIdle, 0);
        requireAtLeast("budgetBytes", budgetBytes, arenaBytes);
        requireAtLeast("idleNanos", idleNanos, 0);
        this.arenaBytes = arenaBytes;
        this.maxIdle = maxIdle;
        this.budgetBytes = budgetBytes;
        this.idleNanos = idleNanos;
        this.clock = clock;
        this.ledger = ledger;
    }

    /**
     * Takes an empty arena.
     *
     * @param neededBytes the capacity that it must have at least
     * @return an arena of at least this and the pool's own capacity; null where the budget has no room for it
     * @throws OutOfNativeMemoryException if the system has no memory
     */
    public synchronized Arena take(final int neededBytes) {
        requireOpen();
        final int capacity = Math.max(arenaBytes, neededBytes);
        for (final Idle candidate : idle) {
            if (candidate.arena.capacity() >= capacity) {
                idle.remove(candidate);
                candidate.arena.memory().assign(MemoryPurpose.MEMTABLE);
                return candidate.arena;
            }
        }
        return make(capacity);
    }

    /**
     * Takes an arena that nobody has used: it takes no memory until it is written to.
     *
     * @return an arena of the pool's own capacity; null where the budget has no room for it
     * @throws OutOfNativeMemoryException if the system has no memory
     */
    public synchronized Arena takeUntouched() {
        requireOpen();
        return make(arenaBytes);
    }

    private Arena make(final int capacity) {
        while (heldBytes + capacity > budgetBytes && !idle.isEmpty()) {
            discard(idle.removeLast());
        }
        if (heldBytes + capacity > budgetBytes) {
            return null;
        }
        final Arena made = new Arena(capacity, ledger);
        heldBytes += capacity;
        return made;
    }

    /**
     * Gives an arena back, which is reset; no thread may be reading from it.
     *
     * @param arena one that this pool handed out
     */
    public synchronized void give(final Arena arena) {
        for (final Idle kept : idle) {
            if (kept.arena == arena) {
                throw new IllegalArgumentException("this arena has been given back already");
            }
        }
        // One that is larger than the others was made for one large write and would tie up the budget.
        if (closed || !arena.isCounted() || idle.size() == maxIdle || arena.capacity() > arenaBytes) {
            free(arena);
            return;
        }
        arena.reset();
        arena.memory().assign(MemoryPurpose.POOL);
        idle.addFirst(new Idle(arena, clock.getAsLong()));
    }

    /**
     * Gives the memory of an arena back to the system at once; no thread may be reading from it.
     *
     * @param arena one that this pool handed out
     */
    public synchronized void free(final Arena arena) {
        if (arena.isCounted()) {
            heldBytes -= arena.capacity();
        }
        arena.release();
    }

    /**
     * Stops counting an arena that its writer no longer needs but readers still hold, so that they do not keep the writer
     * from getting the next one. It is given back as any other, and freed then.
     *
     * @param arena one that this pool handed out
     */
    public synchronized void disown(final Arena arena) {
        if (arena.isCounted()) {
            heldBytes -= arena.capacity();
            arena.countNoLonger();
        }
    }

    /**
     * Frees the arenas that have been idle for too long.
     *
     * @return how many
     */
    public synchronized int drain() {
        final long now = clock.getAsLong();
        int drained = 0;
        while (!idle.isEmpty() && now - idle.peekLast().since >= idleNanos) {
            discard(idle.removeLast());
            drained++;
        }
        return drained;
    }

    /**
     * Bytes of all arenas of this pool.
     *
     * @return those that are out and those that are kept
     */
    public synchronized long heldBytes() {
        return heldBytes;
    }

    /**
     * Arenas that wait for their next use.
     *
     * @return how many
     */
    public synchronized int idleCount() {
        return idle.size();
    }

    /** Frees what is idle; arenas that are out are freed when they are given back. */
    @Override
    public synchronized void close() {
        closed = true;
        while (!idle.isEmpty()) {
            discard(idle.removeLast());
        }
    }

    private void discard(final Idle unused) {
        heldBytes -= unused.arena.capacity();
        unused.arena.release();
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the pool is closed");
        }
    }

    private static void requireAtLeast(final String name, final long value, final long least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " must be at least " + least + ": " + value);
        }
    }

    private record Idle(Arena arena, long since) {}
}
