package org.avccdb.bench.measure;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/** Writes histograms into the files that HdrHistogram's tools read: interval logs, and percentile distributions. */
public final class IntervalLog implements AutoCloseable {
    private static final double NANOS_A_MICRO = 1_000;
    private static final int TICKS = 5;

    private final HistogramLogWriter writer;

    /** Begins a log. */
    public IntervalLog(final Path file, final String comment) {
        try {
            writer = new HistogramLogWriter(file.toFile());
        } catch (final FileNotFoundException e) {
            throw new UncheckedIOException(e);
        }
        final long now = System.currentTimeMillis();
        writer.outputComment(comment + "; values in nanoseconds, intervals' maxima in milliseconds");
        writer.outputLogFormatVersion();
        writer.outputStartTime(now);
        writer.setBaseTime(now);
        writer.outputLegend();
    }

    /** Adds an interval: each kind with its tag. */
    public void write(final List<KindLatency> interval, final long fromMillis, final long toMillis) {
        for (final KindLatency latency : interval) {
            write(latency.kind() + ".service", latency.service(), fromMillis, toMillis);
            if (latency.response() != null) {
                write(latency.kind() + ".response", latency.response(), fromMillis, toMillis);
            }
        }
    }

    /** Adds one histogram. */
    public void write(final String tag, final Histogram histogram, final long fromMillis, final long toMillis) {
        histogram.setTag(tag);
        histogram.setStartTimeStamp(fromMillis);
        histogram.setEndTimeStamp(toMillis);
        writer.outputIntervalHistogram(histogram);
    }

    @Override
    public void close() {
        writer.close();
    }

    /** Writes a distribution, in microseconds. */
    public static void writeDistribution(final Path file, final Histogram histogram) {
        try (PrintStream out = new PrintStream(Files.newOutputStream(file), false, StandardCharsets.UTF_8)) {
            histogram.outputPercentileDistribution(out, TICKS, NANOS_A_MICRO);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
