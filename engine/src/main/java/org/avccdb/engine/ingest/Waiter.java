package org.avccdb.engine.ingest;

import java.util.concurrent.locks.LockSupport;

/**
 * A thread that waits for one write of its own. Each thread has one, for all databases.
 *
 * <p>The waiting thread calls {@link #begin}, {@link #park} and the getters; whoever has the writer's role calls
 * {@link #done} or {@link #failed}, once.
 *
 * <ol>
 *   <li>The outcome is stored before {@code settled}, which is volatile.
 *   <li>The waiter stores {@code parked} and then looks at {@code settled}; the other side stores {@code settled} and then
 *       looks at {@code parked}. Both are volatile, so one of them sees the other: nobody sleeps for ever.
 * </ol>
 */
public final class Waiter {
    private static final ThreadLocal<Waiter> OF_THREAD = ThreadLocal.withInitial(Waiter::new);

    private final Thread thread = Thread.currentThread();

    private long sequence;
    private RuntimeException failure;
    private volatile boolean settled = true;
    private volatile boolean parked;

    private Waiter() {}

    /** The one of the calling thread. */
    public static Waiter ofThread() {
        return OF_THREAD.get();
    }

    /** Before the write is handed over. */
    public void begin() {
        failure = null;
        settled = false;
    }

    /** The write is visible, and as durable as asked. */
    public void done(final long lastSequence) {
        sequence = lastSequence;
        settle();
    }

    /** The write was not carried out, or it is unknown whether it was. */
    public void failed(final RuntimeException why) {
        failure = why;
        settle();
    }

    private void settle() {
        settled = true;
        if (parked) {
            LockSupport.unpark(thread);
        }
    }

    public boolean isSettled() {
        return settled;
    }

    /** Sleeps until the outcome is there, or for no reason; returns at once where the thread is interrupted. */
    public void park() {
        parked = true;
        if (!settled) {
            LockSupport.park(this);
        }
        parked = false;
    }

    /** The sequence number of the write; throws why it failed. */
    public long outcome() {
        if (failure != null) {
            throw failure;
        }
        return sequence;
    }
}
