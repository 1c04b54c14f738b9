package org.avccdb.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How long something took.
 *
 * @param figures count, mean and percentiles, by their names in {@code run.json}
 */
record Distribution(Map<?, ?> figures) {
    double count() {
        return at("count");
    }

    /** A figure in nanoseconds; not a number where it is missing. */
    double at(final String figure) {
        return Fields.number(figures, figure);
    }

    /**
     * Pairs of 1/(1-p) and nanoseconds for logarithmic axes. The last one stands at the count, which may be before the one
     * that it follows, as percentiles are rounded.
     */
    List<double[]> curve() {
        final List<double[]> points = new ArrayList<>();
        for (final Object item : Fields.list(figures, "curve")) {
            if (item instanceof List<?> pair
                    && pair.size() == 2
                    && pair.get(0) instanceof Number at
                    && pair.get(1) instanceof Number nanos) {
                final double rest = at.doubleValue();
                points.removeIf(point -> point[0] > rest);
                points.add(new double[] {rest, nanos.doubleValue()});
            }
        }
        return points;
    }
}
