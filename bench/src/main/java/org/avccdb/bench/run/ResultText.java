package org.avccdb.bench.run;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Results as people read them. */
public final class ResultText {
    private static final double NANOS_A_MICRO = 1_000;
    private static final double MEBIBYTE = 1 << 20;

    private ResultText() {}

    /** A line or two of one result. */
    static String line(final Map<String, Object> result) {
        final StringBuilder text = new StringBuilder(256);
        text.append(String.format(
                Locale.ROOT,
                "  %-16s %-14s %,13.0f records/s",
                result.get("workload"),
                result.get("engine"),
                number(result, "recordsPerSecond")));
        final Map<String, Object> resources = map(result, "resources");
        text.append(String.format(
                Locale.ROOT,
                "  cpu %.2f us/op  alloc %.0f B/op  peak %.0f MiB  disk %.0f MiB",
                number(resources, "cpuNanosPerOperation") / NANOS_A_MICRO,
                number(resources, "allocatedByLoadBytesPerOperation"),
                number(resources, "peakResidentBytes") / MEBIBYTE,
                number(resources, "diskBytes") / MEBIBYTE));
        latencyLines(map(result, "latency"), text);
        for (final Object failure : (List<?>) result.get("failures")) {
            text.append("\n    FAILED: ").append(failure);
        }
        return text.toString();
    }

    private static void latencyLines(final Map<String, Object> latency, final StringBuilder text) {
        latency.forEach((kind, both) -> ((Map<?, ?>) both)
                .forEach((which, figures) -> text.append('\n').append(latencyLine(kind + " " + which, figures))));
    }

    /** Percentiles of one histogram, in microseconds. */
    public static String latencyLine(final String name, final Object figures) {
        final Map<?, ?> map = (Map<?, ?>) figures;
        final StringBuilder text = new StringBuilder(128);
        text.append(String.format(Locale.ROOT, "    %-18s", name));
        for (final String percentile : List.of("p50", "p90", "p99", "p99.9", "p99.99", "max")) {
            text.append(String.format(
                    Locale.ROOT,
                    "  %s %.1f",
                    percentile,
                    ((Number) map.get(percentile)).doubleValue() / NANOS_A_MICRO));
        }
        return text.append(" us").toString();
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(final Map<String, Object> map, final String name) {
        return (Map<String, Object>) map.get(name);
    }

    static double number(final Map<String, Object> map, final String name) {
        return map.get(name) instanceof Number number ? number.doubleValue() : Double.NaN;
    }
}
