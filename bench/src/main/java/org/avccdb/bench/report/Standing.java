package org.avccdb.bench.report;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * An engine in a workload, over all its rounds.
 *
 * @param engine its name
 * @param rounds at least one
 */
record Standing(String engine, List<Result> rounds) {
    double median() {
        return median(Result::recordsPerSecond);
    }

    double lowest() {
        return sorted(Result::recordsPerSecond)[0];
    }

    double highest() {
        final double[] sorted = sorted(Result::recordsPerSecond);
        return sorted[sorted.length - 1];
    }

    /** The median over rounds; not a number where any round has none. */
    double median(final ToDoubleFunction<Result> figure) {
        final double[] sorted = sorted(figure);
        final int middle = sorted.length / 2;
        if (Double.isNaN(sorted[sorted.length - 1])) {
            return Double.NaN;
        }
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** The round that is nearest to the median, which is drawn where one must stand for all. */
    Result typical() {
        final double median = median();
        return rounds.stream()
                .min(Comparator.comparingDouble(round -> Math.abs(round.recordsPerSecond() - median)))
                .orElseThrow();
    }

    /** Sorted, what is not a number last. */
    private double[] sorted(final ToDoubleFunction<Result> figure) {
        return rounds.stream().mapToDouble(figure).sorted().toArray();
    }
}
