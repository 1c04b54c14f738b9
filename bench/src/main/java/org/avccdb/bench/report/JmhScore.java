package org.avccdb.bench.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A result of JMH.
 *
 * @param name class and method
 * @param parameters what it was run with
 * @param score the mean
 * @param error half the width of its interval of confidence
 * @param unit of both
 * @param garbage bytes allocated by each call; not a number where that was not measured
 */
record JmhScore(String name, String parameters, double score, double error, String unit, double garbage) {
    /** Of what JMH's {@code -rf json} wrote; empty for any other JSON. */
    static List<JmhScore> of(final Object content) {
        final List<JmhScore> scores = new ArrayList<>();
        if (content instanceof List<?> list) {
            for (final Object item : list) {
                if (!Fields.map(item, "primaryMetric").isEmpty()) {
                    scores.add(one(item));
                }
            }
        }
        return scores;
    }

    private static JmhScore one(final Object item) {
        final Map<?, ?> metric = Fields.map(item, "primaryMetric");
        final String benchmark = Fields.text(item, "benchmark");
        final int method = benchmark.lastIndexOf('.');
        final int type = benchmark.lastIndexOf('.', method - 1);
        final List<String> parameters = new ArrayList<>();
        Fields.map(item, "params").forEach((name, value) -> parameters.add(name + " " + value));
        return new JmhScore(
                benchmark.substring(type + 1),
                String.join(", ", parameters),
                Fields.number(metric, "score"),
                Fields.number(metric, "scoreError"),
                Fields.text(metric, "scoreUnit"),
                Fields.number(Fields.map(Fields.map(item, "secondaryMetrics"), "gc.alloc.rate.norm"), "score"));
    }

    /** The method, which other classes may have too: those are compared. */
    String method() {
        return name.substring(name.lastIndexOf('.') + 1) + (parameters.isEmpty() ? "" : ", " + parameters);
    }

    String type() {
        return name.substring(0, Math.max(0, name.lastIndexOf('.')));
    }

    /** JMH's results of a file. */
    record File(Path path, List<JmhScore> scores) {}
}
