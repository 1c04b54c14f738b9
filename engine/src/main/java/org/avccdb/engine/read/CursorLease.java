package org.avccdb.engine.read;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.avccdb.ClosedException;
import org.avccdb.CursorReleasedException;
import org.avccdb.engine.keys.RecordCursor;

/**
 * Who may use a cursor, and what it holds until it is let go: kept apart from the cursor, so that the list of open cursors
 * does not keep a forgotten one reachable.
 *
 * <p>Any thread may call any method. A cursor is meant for one thread at a time, and mostly is used by one alone: for that one
 * a step costs a few plain loads and stores. Any other use must not crash, but may be slow.
 *
 * <pre>
 *  control  UNUSED ---- first use ----&gt; mark of a thread, which owns it
 *           mark ------ use by another thread ----&gt; SHARED: every use takes the lock from now on
 *           any of them ---- close of the database ----&gt; ENDED: what it holds stays
 *           any of them ---- close ----&gt; CLOSED: what it holds is freed, now or later
 * </pre>
 *
 * <ol>
 *   <li>The owner stores {@code busy} and then looks whether it still is the owner. Whoever changes the control first stores
 *       that, and then waits for longer than a store can stay unseen ({@link #SETTLING_NANOS}), and until {@code busy} is 0.
 *       So it finds the owner outside, or the owner finds the change.
 *   <li>{@code busy} is stored by the owner alone.
 *   <li>What it holds is freed once, by the thread that used it last, or behind such a wait, or because the cursor is
 *       unreachable.
 * </ol>
 */
final class CursorLease {
    /** A store is visible to all cores far sooner, even that of a thread that loses its core. */
    static final long SETTLING_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private static final long UNUSED = 0;
    private static final long SHARED = 1;
    private static final long ENDED = 2;
    private static final long CLOSED = 3;

    private static final VarHandle CONTROL;
    private static final VarHandle BUSY;

    static {
        try {
            final MethodHandles.Lookup lookup = MethodHandles.lookup();
            CONTROL = lookup.findVarHandle(CursorLease.class, "control", long.class);
            BUSY = lookup.findVarHandle(CursorLease.class, "busy", int.class);
        } catch (final ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private final PinnedView pinned;
    private final RecordCursor[] sources;
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicBoolean freed = new AtomicBoolean();

    private volatile long control = UNUSED;

    /** What the control was when the database ended; as if it were shared, where that is not known yet. */
    private volatile long endedFrom = SHARED;

    /** The thread that used it last in state SHARED; guarded by the lock. */
    private long lastUser;

    @SuppressWarnings("unused")
    private int busy;

    /** Takes over what the cursor holds. */
    CursorLease(final PinnedView pinned, final RecordCursor[] sources) {
        this.pinned = pinned;
        this.sources = sources;
    }

    /**
     * Begins a use of the cursor.
     *
     * @return to be given to {@link #exit}
     */
    boolean enter() {
        final long me = Marks.ofCaller();
        if ((long) CONTROL.getOpaque(this) == me) {
            BUSY.setOpaque(this, 1);
            if ((long) CONTROL.getOpaque(this) == me) {
                return false;
            }
            BUSY.setRelease(this, 0);
        }
        return enterSlowly(me);
    }

    private boolean enterSlowly(final long me) {
        while (true) {
            final long seen = control;
            if (seen == ENDED) {
                throw new ClosedException("the database of this cursor has been closed");
            } else if (seen == CLOSED) {
                throw new CursorReleasedException("the cursor has been closed; open another one");
            } else if (seen == SHARED) {
                if (lockWhileShared(me)) {
                    return true;
                }
            } else if (seen == UNUSED) {
                if (CONTROL.compareAndSet(this, UNUSED, me)) {
                    return enter();
                }
            } else {
                share(seen);
            }
        }
    }

    @SuppressWarnings("LockNotBeforeTry") // held until exit
    private boolean lockWhileShared(final long me) {
        lock.lock();
        if (control == SHARED) {
            lastUser = me;
            return true;
        }
        lock.unlock();
        return false;
    }

    /** Takes the cursor from the thread that owns it; from then on, uses are made one after the other by the lock. */
    private void share(final long owner) {
        lock.lock();
        try {
            if (CONTROL.compareAndSet(this, owner, SHARED)) {
                awaitSettled(System.nanoTime());
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends a use. */
    void exit(final boolean shared) {
        if (shared) {
            lock.unlock();
        } else {
            BUSY.setRelease(this, 0);
        }
    }

    /**
     * Lets nobody use the cursor any more. What it holds is freed at once if nobody can be inside; else {@link #isFreed} says
     * so, and it is to be freed later, when {@link #isQuiet}.
     *
     * @param beforeFree run before what it holds is freed, if that is done by this call
     * @return false if it has been closed before
     */
    boolean close(final Runnable beforeFree) {
        final long me = Marks.ofCaller();
        while (true) {
            final long seen = control;
            if (seen == CLOSED) {
                return false;
            } else if (seen == SHARED) {
                if (closeShared(me, beforeFree)) {
                    return true;
                }
            } else if (CONTROL.compareAndSet(this, seen, CLOSED)) {
                final long owner = seen == ENDED ? endedFrom : seen;
                final boolean isSurelyOutside = owner == UNUSED || owner == me;
                if (isSurelyOutside) {
                    beforeFree.run();
                    free();
                }
                return true;
            }
        }
    }

    private boolean closeShared(final long me, final Runnable beforeFree) {
        lock.lock();
        try {
            if (!CONTROL.compareAndSet(this, SHARED, CLOSED)) {
                return false;
            }
            // Another thread may still be looking at what it was shown.
            if (lastUser == me) {
                beforeFree.run();
                free();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Lets nobody use the cursor any more, but leaves what it holds. */
    void end() {
        while (true) {
            final long seen = control;
            if (seen == CLOSED || seen == ENDED) {
                return;
            }
            if (CONTROL.compareAndSet(this, seen, ENDED)) {
                endedFrom = seen;
                return;
            }
        }
    }

    /** Whether nobody is inside; of use only when nobody has been let inside for a while. */
    boolean isQuiet() {
        return (int) BUSY.getAcquire(this) == 0 && !lock.isLocked();
    }

    /** Returns when whoever was inside at this time, when nobody was let inside any more, has left. */
    void awaitQuiet(final long since) {
        Waiting.until(() -> System.nanoTime() - since >= SETTLING_NANOS && isQuiet());
    }

    private void awaitSettled(final long since) {
        Waiting.until(() -> System.nanoTime() - since >= SETTLING_NANOS && (int) BUSY.getAcquire(this) == 0);
    }

    /** Lets go of what the cursor holds, once. */
    void free() {
        if (freed.compareAndSet(false, true)) {
            Cursors.detach(sources);
            pinned.releaseUnread();
        }
    }

    boolean isFreed() {
        return freed.get();
    }
}
