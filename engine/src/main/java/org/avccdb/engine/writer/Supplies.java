package org.avccdb.engine.writer;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.avccdb.engine.journal.Journal;
import org.avccdb.engine.memtable.Memtable;
import org.avccdb.memdb.Arena;
import org.avccdb.memdb.ArenaPool;
import org.avccdb.memdb.KeyFilter;
import org.avccdb.memdb.MemoryLedger;
import org.avccdb.memdb.OutOfNativeMemoryException;

/**
 * Keeps the next memtable's arena and the next journal segment ready, so that whoever finds the present one full only swaps.
 *
 * <p>The writer's role asks and takes; one background agent calls {@link #prepare}.
 *
 * <ol>
 *   <li>What is too small for what was asked for last is not taken: of a segment the writer finds that out when it tries.
 *   <li>An arena that has been used before is as good as new for who writes soon, and 32 MiB too many for who does not: one
 *       that has waited for its time is exchanged for one that has never been touched. It is taken out by compare-and-set, so
 *       that the writer has either it or the other.
 * </ol>
 */
public final class Supplies {
    private final ArenaPool pool;
    private final MemoryLedger ledger;
    private final Journal journal;
    private final LiveRuns runs;
    private final int arenaBytes;
    private final long idleNanos;
    private final LongSupplier clock;
    private final AtomicReference<Ready> next = new AtomicReference<>();

    private volatile Runnable onWant = () -> {};
    private volatile long wantedArena;
    private volatile long wantedSegment;
    /** The segment that is ready has room for a group of this length, or {@link #rotateJournal} finds that it has not. */
    private volatile long segmentRoom;

    /** An arena with the filter in it, and since when it has been waiting. */
    record Ready(Arena arena, KeyFilter filter, long since) {}

    /**
     * Nothing is ready yet.
     *
     * @param arenaBytes capacity of an ordinary arena
     * @param idleNanos how long an arena that has been used before may wait
     * @param clock nanoseconds of a clock that never goes back
     */
    public Supplies(
            final ArenaPool pool,
            final MemoryLedger ledger,
            final Journal journal,
            final LiveRuns runs,
            final int arenaBytes,
            final long idleNanos,
            final LongSupplier clock) {
        this.pool = pool;
        this.ledger = ledger;
        this.journal = journal;
        this.runs = runs;
        this.arenaBytes = arenaBytes;
        this.idleNanos = idleNanos;
        this.clock = clock;
    }

    /** Capacity of an ordinary arena. */
    public int arenaBytes() {
        return arenaBytes;
    }

    /** Is called when something is wanted, quickly. */
    public void onWant(final Runnable call) {
        onWant = call;
    }

    /** Says what the next memtable must have room for; by the writer's role. */
    void want(final long arena, final long segment) {
        wantedArena = arena;
        wantedSegment = segment;
        // Waking a thread takes longer than all else here.
        if (!isReady()) {
            onWant.run();
        }
    }

    /** Whether the writer's role is at the end of its memtable; any thread. */
    public boolean isArenaWanted() {
        return wantedArena > 0;
    }

    /** Whether the writer's role is at the end of its memtable, or of its journal segment; any thread. */
    public boolean isWanted() {
        return wantedArena > 0 || wantedSegment > 0;
    }

    /** Whether what was wanted is there. */
    boolean isReady() {
        final Ready ready = next.get();
        return ready != null && ready.arena.capacity() >= wantedArena && isSegmentReady();
    }

    /** Whether the segment that was wanted is there. */
    boolean isSegmentReady() {
        return journal.isNextReady() && segmentRoom >= wantedSegment;
    }

    /** Goes on in the next segment; false where it turns out to be too small. */
    boolean rotateJournal(final long nextSequence) {
        if (!journal.rotate(nextSequence, (int) wantedSegment)) {
            segmentRoom = -1;
            return false;
        }
        wantedSegment = 0;
        if (!journal.isNextReady()) {
            onWant.run();
        }
        return true;
    }

    /** Takes the arena, which is ready. */
    Ready takeArena() {
        final Ready taken = next.getAndSet(null);
        wantedArena = 0;
        return taken;
    }

    /** Takes the arena for who may not write for long: one that takes no memory until then, if that can be had. */
    Ready takeUntouchedArena() {
        final Ready taken = takeArena();
        final Ready untouched = untouched(taken);
        if (untouched == null) {
            return taken;
        }
        // Who does write on finds it in the pool.
        giveBack(taken.arena);
        return untouched;
    }

    /** Instead of an ordinary arena that has been used; null where it has not, or where there is no other. */
    private Ready untouched(final Ready used) {
        if (!used.arena.isTouched() || used.arena.capacity() > arenaBytes) {
            return null;
        }
        try {
            final Arena fresh = pool.takeUntouched();
            return fresh == null ? null : ready(fresh);
        } catch (final OutOfNativeMemoryException refused) {
            // Then what there is has to do.
            return null;
        }
    }

    private Ready ready(final Arena arena) {
        return new Ready(arena, new KeyFilter(arena), clock.getAsLong());
    }

    /** Makes ready what is missing; by a background agent. Returns how much it did. */
    public int prepare() {
        return prepareArena() + prepareSegment();
    }

    private int prepareArena() {
        final long wanted = Math.max(arenaBytes, wantedArena);
        final Ready ready = next.get();
        if (ready != null && ready.arena.capacity() >= wanted) {
            return clock.getAsLong() - ready.since >= idleNanos ? exchange(ready) : 0;
        }
        final Arena made = wanted > arenaBytes ? new Arena((int) wanted, ledger) : takeFromPool();
        if (made == null) {
            return 0;
        }
        final Ready replaced = next.getAndSet(ready(made));
        if (replaced != null) {
            giveBack(replaced.arena);
        }
        return 1;
    }

    private int exchange(final Ready waiting) {
        final Ready untouched = untouched(waiting);
        if (untouched == null) {
            return 0;
        }
        final boolean exchanged = next.compareAndSet(waiting, untouched);
        pool.free(exchanged ? waiting.arena : untouched.arena);
        return exchanged ? 1 : 0;
    }

    /** What only readers hold must not keep the writer waiting: a thread may write while its own snapshot is open. */
    private Arena takeFromPool() {
        final Arena taken = pool.take(arenaBytes);
        if (taken != null) {
            return taken;
        }
        for (final Memtable memtable : runs.lingering()) {
            pool.disown(memtable.arena());
        }
        return pool.take(arenaBytes);
    }

    private int prepareSegment() {
        final long wanted = wantedSegment;
        // Cheap where enough are ready; sees to segments that wait to be retired, too.
        final boolean made = journal.prepareNext((int) wanted);
        segmentRoom = Math.max(wanted, journal.usualRoom());
        return made ? 1 : 0;
    }

    /** Takes back the arena of a memtable that is no longer needed. */
    public void giveBack(final Arena arena) {
        if (arena.capacity() > arenaBytes) {
            arena.release();
        } else {
            pool.give(arena);
        }
    }

    /** Gives back what is ready and will not be taken. */
    public void close() {
        final Ready ready = next.getAndSet(null);
        if (ready != null) {
            giveBack(ready.arena);
        }
    }
}
