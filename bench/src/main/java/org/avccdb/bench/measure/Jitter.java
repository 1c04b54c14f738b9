package org.avccdb.bench.measure;

import org.HdrHistogram.Histogram;

/** How long the idle machine keeps a thread from running: a thread that does nothing but look at the clock. */
public final class Jitter {
    private Jitter() {}

    /** Gaps between one look at the clock and the next, in nanoseconds. */
    public static Histogram measure(final long nanos) {
        final Histogram gaps = LatencyRecorder.newHistogram();
        final long begin = System.nanoTime();
        gaps.setStartTimeStamp(System.currentTimeMillis());
        long before = begin;
        while (before - begin < nanos) {
            final long now = System.nanoTime();
            gaps.recordValue(Math.max(0, now - before));
            before = now;
        }
        gaps.setEndTimeStamp(System.currentTimeMillis());
        return gaps;
    }
}
