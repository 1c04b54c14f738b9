package org.avccdb.engine.read;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.avccdb.ClosedException;
import org.avccdb.engine.manifest.Version;
import org.avccdb.engine.memtable.Memtable;

/**
 * What the database consists of for readers: the present view, and how far it is visible.
 *
 * <p>Any thread reads, without locks and without writing what others write. Whoever changes what the database consists of
 * publishes; the writer's role alone moves the visible sequence number; background threads reclaim.
 *
 * <ol>
 *   <li>A view is published before a sequence number becomes visible that only it holds, and what compaction has dropped is
 *       missing only from views that are published after the number that made it superfluous became visible. So a view goes
 *       with exactly the numbers that are visible while it is the present one: an older view with a newer number misses
 *       writes, a newer view with an older number may miss what was overwritten since. A reader that finds the same view
 *       before and after it has read the number has such a pair; views never come back. Where a transaction's tables come
 *       with a view, they are visible with it, before the number says so: else the view would go with a number that only a
 *       part of its tables' records have.
 *   <li>The number is stored with release after the records it covers are in the memtable, and loaded with acquire.
 *   <li>A view that is replaced is let go when nobody is inside who may have found it ({@link EpochPins}).
 *   <li>Once closed, nobody gets inside, and readers that leave let go of what they held back.
 * </ol>
 */
public final class Views implements ReadSource {
    private final EpochPins pins = new EpochPins();
    private final PaddedLong visible = new PaddedLong(0);
    private final LongSupplier nanoClock;
    private final Set<PinnedView> pinned = ConcurrentHashMap.newKeySet();
    private final Set<PinnedView> snapshots = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean closing = new AtomicBoolean();

    private volatile ReadView current;
    private volatile boolean closed;

    /** How many views are pinned by snapshots and cursors, since when, and how much memory only they need. */
    public record PinStats(int count, long oldestAgeNanos, long bytes) {}

    /** Without a view: one must be published before anybody reads. */
    public Views(final LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /**
     * Replaces the present view.
     *
     * @param active the memtable that is written to
     * @param frozenNewestFirst memtables that nobody writes to any more and that are not in the version
     * @param version the tables; the caller holds a reference on it and on each memtable for the length of the call
     */
    public synchronized void publish(
            final Memtable active, final List<Memtable> frozenNewestFirst, final Version version) {
        if (closed) {
            throw closedException();
        }
        final ReadView replaced = current;
        current = ReadView.of(active, frozenNewestFirst, version, replaced);
        if (replaced != null) {
            pins.retire(replaced::release);
        }
    }

    /** Lets readers see what was written up to this sequence number; by the writer's role. */
    public void makeVisible(final long sequence) {
        visible.setRelease(sequence);
    }

    /** The highest sequence number that readers see. */
    public long visibleSequence() {
        return visible.getAcquire();
    }

    /**
     * Comes inside: until {@link #exit}, nothing is let go that was there before, or is put there meanwhile. A thread may
     * enter again while it is inside.
     */
    public Place enter() {
        final Place place = pins.enter();
        // The claim was a full fence: either this sees that it is closed, or who closed waits for this place.
        if (closed) {
            pins.exit(place);
            throw closedException();
        }
        return place;
    }

    /** Leaves; only by the thread that entered. */
    public void exit(final Place place) {
        pins.exit(place);
    }

    @Override
    public ReadView view(final Place place) {
        while (true) {
            final ReadView seen = current;
            final long sequence = visible.getAcquire();
            if (seen == current) {
                if (seen == null) {
                    throw closedException();
                }
                place.sees(Math.max(sequence, seen.leastSequence()));
                return seen;
            }
        }
    }

    /** Pins what a source shows at this moment. */
    public PinnedView pin(final ReadSource source) {
        return pin(source, false);
    }

    private PinnedView pin(final ReadSource source, final boolean forSnapshot) {
        final Place place = enter();
        try {
            final ReadView view = source.view(place);
            view.retain();
            final PinnedView pin = new PinnedView(this, view, place.sequence(), nanoClock.getAsLong(), forSnapshot);
            pinned.add(pin);
            return pin;
        } finally {
            exit(place);
        }
    }

    /** Pins what the database shows at this moment, for a snapshot. */
    public SnapshotPin pinSnapshot() {
        final PinnedView pin = pin(this, true);
        snapshots.add(pin);
        return new SnapshotPin(pin);
    }

    /** Throws where it has been closed. */
    void requireOpen() {
        if (closed) {
            throw closedException();
        }
    }

    /** Whether the calling thread is inside. */
    public boolean isCallerInside() {
        return pins.isInside();
    }

    /** How many snapshots are open. */
    public int openSnapshots() {
        return snapshots.size();
    }

    /** What snapshots pin. */
    Set<PinnedView> snapshotPins() {
        return snapshots;
    }

    boolean isAnythingPinned() {
        return !pinned.isEmpty();
    }

    void unpinned(final PinnedView released) {
        pinned.remove(released);
        snapshots.remove(released);
    }

    /** Runs this once nobody is inside any more who is so now; nobody who enters later may find what it frees. */
    public void retire(final Runnable free) {
        pins.retire(free);
        if (closed) {
            pins.reclaim();
        }
    }

    /**
     * Frees what no reader can see any longer; for background threads.
     *
     * @return how much was done
     */
    public int reclaim() {
        return pins.reclaim();
    }

    /** What snapshots and cursors pin. */
    public PinStats pinStats() {
        final long now = nanoClock.getAsLong();
        int count = 0;
        long oldest = 0;
        final Set<Memtable> memtables = ConcurrentHashMap.newKeySet();
        for (final PinnedView pin : pinned) {
            count++;
            oldest = Math.max(oldest, now - pin.sinceNanos());
            final ReadView view = pin.viewOrNull();
            if (view != null) {
                memtables.addAll(view.memtables());
            }
        }
        final ReadView present = current;
        if (present != null) {
            present.memtables().forEach(memtables::remove);
        }
        long bytes = 0;
        for (final Memtable memtable : memtables) {
            bytes += memtable.arena().capacity();
        }
        return new PinStats(count, oldest, bytes);
    }

    /**
     * Lets nobody inside any more, waits until all others have left, and lets go of the present view and of snapshots. What
     * open cursors pin stays, on the ledger's account of orphans. A second call does nothing.
     *
     * @return false if the calling thread is inside itself: then what it may be looking at goes when it leaves
     */
    public boolean close() {
        if (closing.compareAndSet(false, true)) {
            synchronized (this) {
                closed = true;
            }
            pins.shut();
            pins.awaitOthers();
            final ReadView last = current;
            current = null;
            if (last != null) {
                pins.retire(last::release);
            }
            pins.reclaim();
            for (final PinnedView pin : pinned) {
                endPin(pin);
            }
        }
        return !pins.isInside();
    }

    private static void endPin(final PinnedView pin) {
        if (pin.isForSnapshot()) {
            pin.release();
            return;
        }
        final ReadView view = pin.viewOrNull();
        if (view != null) {
            view.memtables().forEach(Memtable::orphan);
        }
    }

    private static ClosedException closedException() {
        return new ClosedException("the database has been closed; open it again");
    }
}
