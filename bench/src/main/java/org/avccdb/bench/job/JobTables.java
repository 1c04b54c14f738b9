package org.avccdb.bench.job;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the main job found, as people read it. */
final class JobTables {
    private static final double NANOS_A_MICRO = 1_000;
    private static final List<String> COLUMNS = List.of("p50", "p99", "p99.9", "p99.99", "max");

    private JobTables() {}

    static String of(final List<Map<String, Object>> results, final String levels, final List<Check> checks) {
        final StringBuilder text = new StringBuilder(4_096);
        text.append(String.format(Locale.ROOT, "%-32s %-18s %10s %12s", "microseconds", "", "count", "records/s"));
        COLUMNS.forEach(column -> text.append(String.format(Locale.ROOT, " %10s", column)));
        for (final Map<String, Object> result : results) {
            append(result, text);
        }
        text.append("\n\nlevels after compaction\n").append(levels).append("\nchecks\n");
        for (final Check check : checks) {
            text.append(String.format(
                    Locale.ROOT, "%-8s %-32s %s%n", check.held() ? "holds" : "FAILED", check.name(), check.detail()));
        }
        return text.toString();
    }

    private static void append(final Map<String, Object> result, final StringBuilder text) {
        Object name = result.get("workload");
        Object rate = rate(result);
        for (final Map.Entry<?, ?> kind : ((Map<?, ?>) result.get("latency")).entrySet()) {
            final Map<?, ?> figures = (Map<?, ?>) ((Map<?, ?>) kind.getValue()).get("service");
            text.append(String.format(
                    Locale.ROOT, "%n%-32s %-18s %10s %12s", name, kind.getKey(), figures.get("count"), rate));
            for (final String column : COLUMNS) {
                text.append(String.format(
                        Locale.ROOT, " %,10.1f", ((Number) figures.get(column)).doubleValue() / NANOS_A_MICRO));
            }
            name = "";
            rate = "";
        }
    }

    /** Of what was filled or walked over; calls of different kinds have no rate in common. */
    private static String rate(final Map<String, Object> result) {
        final boolean isOne =
                result.containsKey("levelsAfter") || !result.get("records").equals(result.get("operations"));
        return isOne
                ? String.format(Locale.ROOT, "%,.0f", ((Number) result.get("recordsPerSecond")).doubleValue())
                : "";
    }
}
