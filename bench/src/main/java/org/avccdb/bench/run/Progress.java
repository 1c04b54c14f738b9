package org.avccdb.bench.run;

import java.util.Locale;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;
import org.avccdb.bench.engines.Store;
import org.avccdb.bench.measure.LatencyCollector;

/**
 * How far a run has come.
 *
 * @param collector what was recorded so far
 * @param store what it runs on
 * @param nanos for how long
 */
public record Progress(LatencyCollector collector, Store store, long nanos) {
    private static final double NANOS_A_SECOND = 1e9;
    private static final double NANOS_A_MICRO = 1e3;

    /** One line for people. */
    public String line() {
        final Histogram all = collector.everything();
        final String levels = store.levels().stream()
                .map(level -> "L" + level.level() + ":" + level.tables() + "/" + (level.bytes() >> 20) + "M")
                .collect(Collectors.joining(" "));
        return String.format(
                Locale.ROOT,
                "%5.0f s %,12d records %,11.0f/s  p50 %.1f  p99 %.1f  p99.9 %.1f us  %s",
                nanos / NANOS_A_SECOND,
                collector.records(),
                collector.records() / (nanos / NANOS_A_SECOND),
                all.getValueAtPercentile(50) / NANOS_A_MICRO,
                all.getValueAtPercentile(99) / NANOS_A_MICRO,
                all.getValueAtPercentile(99.9) / NANOS_A_MICRO,
                levels);
    }
}
