package org.avccdb.bench.measure;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/** Service and response times of one kind of operation by one thread, which another thread takes out each second. */
final class LatencyRecorder {
    private static final long HIGHEST_NANOS = 3_600_000_000_000L;
    private static final int DIGITS = 3;

    private final SingleWriterRecorder service = new SingleWriterRecorder(HIGHEST_NANOS, DIGITS);
    private final SingleWriterRecorder response;

    LatencyRecorder(final boolean withResponse) {
        response = withResponse ? new SingleWriterRecorder(HIGHEST_NANOS, DIGITS) : null;
    }

    static Histogram newHistogram() {
        return new Histogram(HIGHEST_NANOS, DIGITS);
    }

    void record(final long serviceNanos, final long responseNanos) {
        service.recordValue(Math.min(HIGHEST_NANOS, Math.max(0, serviceNanos)));
        if (response != null) {
            response.recordValue(Math.min(HIGHEST_NANOS, Math.max(0, responseNanos)));
        }
    }

    /** Adds what was recorded since the last call. */
    void drain(final Histogram serviceSum, final Histogram responseSum, final Scratch scratch) {
        scratch.service = service.getIntervalHistogram(scratch.service);
        serviceSum.add(scratch.service);
        if (response != null) {
            scratch.response = response.getIntervalHistogram(scratch.response);
            responseSum.add(scratch.response);
        }
    }

    /** Histograms that go back and forth, one pair for each recorder. */
    static final class Scratch {
        private Histogram service;
        private Histogram response;
    }
}
