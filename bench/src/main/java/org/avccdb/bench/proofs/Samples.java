package org.avccdb.bench.proofs;

import java.util.Arrays;
import java.util.Locale;

/** Figures of one kind, of which least, median, 99th percentile and most are told. One thread uses it. */
final class Samples {
    private double[] values = new double[1024];
    private int count;

    void add(final double value) {
        if (count == values.length) {
            values = Arrays.copyOf(values, 2 * count);
        }
        values[count++] = value;
    }

    double median() {
        return at(0.5);
    }

    private double at(final double share) {
        final double[] sorted = Arrays.copyOf(values, count);
        Arrays.sort(sorted);
        return sorted[(int) Math.min(count - 1, Math.round(share * (count - 1)))];
    }

    String text(final String unit) {
        return String.format(
                Locale.ROOT, "least %,.1f  p50 %,.1f  p99 %,.1f  most %,.1f %s", at(0), at(0.5), at(0.99), at(1), unit);
    }
}
