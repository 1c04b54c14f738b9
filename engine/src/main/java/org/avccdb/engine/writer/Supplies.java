package org.avccdb.engine.writer;

import java.util.concurrent.atomic.AtomicReference;
import org.avccdb.engine.journal.Journal;
import org.avccdb.engine.memtable.Memtable;
import org.avccdb.memdb.Arena;
import org.avccdb.memdb.ArenaPool;
import org.avccdb.memdb.KeyFilter;
import org.avccdb.memdb.MemoryLedger;

/**
 * Keeps the next memtable's arena and the next journal segment ready, so that whoever finds the present one full only swaps.
 *
 * <p>The writer's role asks and takes; one background agent calls {@link #prepare}.
 *
 * <ol>
 *   <li>What is too small for what was asked for last is not taken: of a segment the writer finds that out when it tries.
 * </ol>
 */
public final class Supplies {
    private final ArenaPool pool;
    private final MemoryLedger ledger;
    private final Journal journal;
    private final LiveRuns runs;
    private final int arenaBytes;
    private final AtomicReference<Ready> next = new AtomicReference<>();

    private volatile Runnable onWant = () -> {};
    private volatile long wantedArena;
    private volatile long wantedSegment;
    /** The segment that is ready has room for a group of this length, or {@link #rotateJournal} finds that it has not. */
    private volatile long segmentRoom;

    /** An arena with the filter in it. */
    record Ready(Arena arena, KeyFilter filter) {}

    public Supplies(
            final ArenaPool pool,
            final MemoryLedger ledger,
            final Journal journal,
            final LiveRuns runs,
            final int arenaBytes) {
        this.pool = pool;
        this.ledger = ledger;
        this.journal = journal;
        this.runs = runs;
        this.arenaBytes = arenaBytes;
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

    /** Makes ready what is missing; by a background agent. Returns how much it did. */
    public int prepare() {
        return prepareArena() + prepareSegment();
    }

    private int prepareArena() {
        final long wanted = Math.max(arenaBytes, wantedArena);
        final Ready ready = next.get();
        if (ready != null && ready.arena.capacity() >= wanted) {
            return 0;
        }
        final Arena made = wanted > arenaBytes ? new Arena((int) wanted, ledger) : takeFromPool();
        if (made == null) {
            return 0;
        }
        final Ready replaced = next.getAndSet(new Ready(made, new KeyFilter(made)));
        if (replaced != null) {
            giveBack(replaced.arena);
        }
        return 1;
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
