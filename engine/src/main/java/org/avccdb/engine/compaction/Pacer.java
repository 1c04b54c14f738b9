package org.avccdb.engine.compaction;

import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Keeps compactions to a rate of bytes: says how long to wait, and lets others do the waiting. Any thread may call it; all
 * compactions of a database share one.
 *
 * <ol>
 *   <li>Whoever asks before each piece of work spends, over any time, no more than the rate allows for that time and
 *       {@link #BURST_NANOS}, and the last piece; while it is urgent, as much as they like.
 * </ol>
 */
public final class Pacer {
    /** Time not used that may be caught up with. */
    private static final long BURST_NANOS = 10_000_000;

    private static final double NANOS_PER_SECOND = 1e9;

    private final double nanosPerByte;
    private final LongSupplier nanoClock;
    private final BooleanSupplier areWritesWaiting;
    private long paidUntil;
    private int waiters;

    /**
     * A pacer that owes nothing.
     *
     * @param bytesPerSecond the rate, 0 for none
     * @param nanoClock the time, as {@link System#nanoTime}
     */
    public Pacer(final long bytesPerSecond, final LongSupplier nanoClock) {
        this(bytesPerSecond, nanoClock, () -> false);
    }

    /**
     * A pacer that owes nothing.
     *
     * @param bytesPerSecond the rate, 0 for none
     * @param nanoClock the time, as {@link System#nanoTime}
     * @param areWritesWaiting whether writes can only go on after a compaction
     */
    public Pacer(final long bytesPerSecond, final LongSupplier nanoClock, final BooleanSupplier areWritesWaiting) {
        this.areWritesWaiting = areWritesWaiting;
        this.nanosPerByte = bytesPerSecond == 0 ? 0 : NANOS_PER_SECOND / bytesPerSecond;
        this.nanoClock = nanoClock;
        this.paidUntil = nanoClock.getAsLong();
    }

    /** Accounts for work that has been done. */
    public synchronized void spend(final long bytes) {
        if (nanosPerByte == 0 || isUrgent()) {
            return;
        }
        final long earliest = nanoClock.getAsLong() - BURST_NANOS;
        if (paidUntil - earliest < 0) {
            paidUntil = earliest;
        }
        paidUntil += (long) (bytes * nanosPerByte);
    }

    /** Lifts the limit, because somebody waits for a compaction. */
    public synchronized void beginUrgent() {
        waiters++;
    }

    /** Somebody waits no more; the limit holds again once nobody does. */
    public synchronized void endUrgent() {
        waiters--;
    }

    private boolean isUrgent() {
        return waiters > 0 || areWritesWaiting.getAsBoolean();
    }

    /** How long to wait before the next work, in nanoseconds; 0 if it may begin. */
    public synchronized long delayNanos() {
        return nanosPerByte == 0 || isUrgent() ? 0 : Math.max(0, paidUntil - nanoClock.getAsLong());
    }
}
