package org.avccdb.bench.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Medians over rounds, and how engines compare: the ratio is of each to the first one, in each workload. */
public final class Summary {
    private static final double NANOS_A_MICRO = 1_000;
    private static final List<String> PROOF_FIGURES = List.of("count", "p50", "p99", "max");

    private final List<Map<String, Object>> rows = new ArrayList<>();

    /** Of the results of all rounds. */
    public Summary(final List<Map<String, Object>> results) {
        final Map<String, Map<String, List<Map<String, Object>>>> grouped = new LinkedHashMap<>();
        for (final Map<String, Object> result : results) {
            grouped.computeIfAbsent((String) result.get("workload"), key -> new LinkedHashMap<>())
                    .computeIfAbsent((String) result.get("engine"), key -> new ArrayList<>())
                    .add(result);
        }
        grouped.forEach(this::addWorkload);
    }

    private void addWorkload(final String workload, final Map<String, List<Map<String, Object>>> byEngine) {
        double first = Double.NaN;
        for (final Map.Entry<String, List<Map<String, Object>>> entry : byEngine.entrySet()) {
            final List<Map<String, Object>> rounds = entry.getValue();
            final double[] rates = sorted(rounds, result -> ResultText.number(result, "recordsPerSecond"));
            final double median = median(rates);
            final Map<String, Object> row = new LinkedHashMap<>();
            row.put("workload", workload);
            row.put("engine", entry.getKey());
            row.put("rounds", rounds.size());
            row.put("recordsPerSecond", median);
            row.put("lowest", rates[0]);
            row.put("highest", rates[rates.length - 1]);
            for (final String percentile : List.of("p50", "p99", "p99.9", "p99.99", "max")) {
                row.put(percentile, median(sorted(rounds, result -> mainLatency(result, percentile))));
            }
            for (final String resource : List.of(
                    "cpuNanosPerOperation",
                    "allocatedBytesPerOperation",
                    "allocatedByLoadBytesPerOperation",
                    "peakResidentBytes",
                    "writeAmplification",
                    "spaceAmplification")) {
                row.put(
                        resource,
                        median(sorted(
                                rounds, result -> ResultText.number(ResultText.map(result, "resources"), resource))));
            }
            final Map<String, Object> proofBytes = proofBytes(rounds);
            if (!proofBytes.isEmpty()) {
                row.put("proofBytes", proofBytes);
            }
            first = Double.isNaN(first) ? median : first;
            row.put("ratioOfFirst", first / median);
            rows.add(row);
        }
    }

    private static Map<String, Object> proofBytes(final List<Map<String, Object>> rounds) {
        final Map<String, Object> byKind = new LinkedHashMap<>();
        for (final String kind : proofBytes(rounds.get(0)).keySet()) {
            final Map<String, Object> figures = new LinkedHashMap<>();
            for (final String figure : PROOF_FIGURES) {
                figures.put(
                        figure,
                        median(sorted(
                                rounds, round -> ResultText.number(ResultText.map(proofBytes(round), kind), figure))));
            }
            byKind.put(kind, figures);
        }
        return byKind;
    }

    private static Map<String, Object> proofBytes(final Map<String, Object> result) {
        return result.containsKey("proofBytes") ? ResultText.map(result, "proofBytes") : Map.of();
    }

    /** Of the most frequent kind of operation; response times where there are any. */
    private static double mainLatency(final Map<String, Object> result, final String percentile) {
        Map<String, Object> most = Map.of();
        for (final Object kind : ResultText.map(result, "latency").values()) {
            @SuppressWarnings("unchecked")
            final Map<String, Object> times = (Map<String, Object>) kind;
            final Map<String, Object> figures =
                    ResultText.map(times, times.containsKey("response") ? "response" : "service");
            if (most.isEmpty() || ResultText.number(figures, "count") > ResultText.number(most, "count")) {
                most = figures;
            }
        }
        return ResultText.number(most, percentile);
    }

    private static double[] sorted(
            final List<Map<String, Object>> rounds, final ToDoubleFunction<Map<String, Object>> figure) {
        return rounds.stream().mapToDouble(figure).sorted().toArray();
    }

    static double median(final double... sorted) {
        final int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** A row for each workload and engine. */
    public List<Map<String, Object>> rows() {
        return rows;
    }

    /** A table for people. */
    @Override
    public String toString() {
        final StringBuilder text = new StringBuilder(1_024);
        text.append(String.format(
                Locale.ROOT,
                "%-17s %-14s %14s %27s %9s %9s %9s %9s  %s%n",
                "workload",
                "engine",
                "records/s",
                "lowest - highest",
                "p50 us",
                "p99",
                "p99.9",
                "max",
                "ratio"));
        for (final Map<String, Object> row : rows) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-17s %-14s %,14.0f %,13.0f-%,13.0f %9.1f %9.1f %9.1f %9.1f  %s%n",
                    row.get("workload"),
                    row.get("engine"),
                    ResultText.number(row, "recordsPerSecond"),
                    ResultText.number(row, "lowest"),
                    ResultText.number(row, "highest"),
                    micros(row, "p50"),
                    micros(row, "p99"),
                    micros(row, "p99.9"),
                    micros(row, "max"),
                    ratio(row)));
        }
        if (rows.stream().anyMatch(row -> row.containsKey("proofBytes"))) {
            appendProofs(text);
        }
        return text.toString();
    }

    private void appendProofs(final StringBuilder text) {
        text.append(String.format(
                Locale.ROOT,
                "%n%-17s %-14s %14s %9s %9s %9s%n",
                "proof sizes",
                "engine",
                "count",
                "p50 bytes",
                "p99",
                "max"));
        for (final Map<String, Object> row : rows) {
            for (final String kind : proofBytes(row).keySet()) {
                final Map<String, Object> sizes = ResultText.map(proofBytes(row), kind);
                text.append(String.format(
                        Locale.ROOT,
                        "%-17s %-14s %,14.0f %,9.0f %,9.0f %,9.0f%n",
                        kind,
                        row.get("engine"),
                        ResultText.number(sizes, "count"),
                        ResultText.number(sizes, "p50"),
                        ResultText.number(sizes, "p99"),
                        ResultText.number(sizes, "max")));
            }
        }
    }

    private String ratio(final Map<String, Object> row) {
        final String first = (String) rows.stream()
                .filter(other -> other.get("workload").equals(row.get("workload")))
                .findFirst()
                .orElse(row)
                .get("engine");
        return first.equals(row.get("engine"))
                ? ""
                : String.format(Locale.ROOT, "%s is %.2f times as fast", first, ResultText.number(row, "ratioOfFirst"));
    }

    private static double micros(final Map<String, Object> row, final String name) {
        return ((Number) row.get(name)).doubleValue() / NANOS_A_MICRO;
    }
}
