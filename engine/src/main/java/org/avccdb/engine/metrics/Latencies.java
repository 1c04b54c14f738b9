package org.avccdb.engine.metrics;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.AtomicHistogram;
import org.avccdb.Latency;

/**
 * How long things took. Any thread records, without locks or garbage; any thread takes a picture meanwhile.
 *
 * <p>The range is fixed, because a histogram that grows makes garbage; what is longer counts as the longest.
 */
final class Latencies {
    /** Longer ones count as this. */
    static final long MAX_NANOS = TimeUnit.HOURS.toNanos(1);
    /** Within a hundredth, in 37 KiB a histogram. */
    private static final int DIGITS = 2;

    private final Map<Latency, AtomicHistogram> histograms = new EnumMap<>(Latency.class);

    Latencies() {
        for (final Latency latency : Latency.values()) {
            histograms.put(latency, new AtomicHistogram(MAX_NANOS, DIGITS));
        }
    }

    void record(final Latency latency, final long nanos) {
        histograms.get(latency).recordValue(Math.min(Math.max(nanos, 0), MAX_NANOS));
    }

    /** All of them, which change on: {@link org.avccdb.Stats} makes copies. */
    Map<Latency, AtomicHistogram> all() {
        return Collections.unmodifiableMap(histograms);
    }
}
