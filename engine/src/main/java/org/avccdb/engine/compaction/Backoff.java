package org.avccdb.engine.compaction;

import java.util.function.LongSupplier;

/** When to try again what has failed: later after each failure in a row. One thread uses it. */
public final class Backoff {
    private final long firstNanos;
    private final long longestNanos;
    private final LongSupplier nanoClock;
    private long pause;
    private long failedAt;

    /**
     * Without a failure so far.
     *
     * @param firstNanos pause after the first failure; doubled by each further one
     * @param longestNanos where the doubling ends
     * @param nanoClock the time, as {@link System#nanoTime}
     */
    public Backoff(final long firstNanos, final long longestNanos, final LongSupplier nanoClock) {
        if (firstNanos <= 0 || longestNanos < firstNanos || longestNanos > Long.MAX_VALUE / 2) {
            throw new IllegalArgumentException("pauses from " + firstNanos + " to " + longestNanos + " ns");
        }
        this.firstNanos = firstNanos;
        this.longestNanos = longestNanos;
        this.nanoClock = nanoClock;
    }

    /** It has failed (again). */
    public void failed() {
        pause = pause == 0 ? firstNanos : Math.min(longestNanos, 2 * pause);
        failedAt = nanoClock.getAsLong();
    }

    /** It has succeeded: the next failure is a first one. */
    public void succeeded() {
        pause = 0;
    }

    /** How long to wait before the next attempt, in nanoseconds; 0 if it may begin. */
    public long delayNanos() {
        return pause == 0 ? 0 : Math.max(0, pause - (nanoClock.getAsLong() - failedAt));
    }
}
