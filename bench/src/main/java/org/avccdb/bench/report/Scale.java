package org.avccdb.bench.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Where values lie on an axis.
 *
 * @param from where it begins
 * @param to where it ends
 * @param isLogarithmic whether equal steps are equal factors; then it begins above zero
 */
record Scale(double from, double to, boolean isLogarithmic) {
    private static final int MOST_TICKS = 5;
    private static final int MOST_POWERS = 8;
    private static final double[] ROUND_STEPS = {1, 2, 5, 10};

    /** From zero to the first round number that is not below the highest value. */
    static Scale linear(final double highest) {
        final double top = highest > 0 ? highest : 1;
        final double step = step(top);
        return new Scale(0, Math.ceil(top / step - 1e-9) * step, false);
    }

    /** Seconds end where they end. */
    static Scale seconds(final double last) {
        return new Scale(0, last > 0 ? last : 1, false);
    }

    /** Whole powers of ten around the values. */
    static Scale logarithmic(final double lowest, final double highest) {
        final double low = lowest > 0 ? lowest : 1;
        final double bottom = Math.floor(Math.log10(low) + 1e-9);
        final double top = Math.ceil(Math.log10(Math.max(low, highest)) - 1e-9);
        return new Scale(Math.pow(10, bottom), Math.pow(10, Math.max(top, bottom + 1)), true);
    }

    /** From 0 to 1; values outside are moved to the nearest end. */
    double at(final double value) {
        final double place = isLogarithmic
                ? Math.log(Math.max(value, from) / from) / Math.log(to / from)
                : (value - from) / (to - from);
        return Math.max(0, Math.min(1, place));
    }

    /** Where lines and numbers belong. */
    List<Double> ticks() {
        final List<Double> ticks = new ArrayList<>();
        if (isLogarithmic) {
            final int powers = (int) Math.round(Math.log10(to / from));
            final int every = powers / MOST_POWERS + 1;
            for (int power = 0; power <= powers; power += every) {
                ticks.add(from * Math.pow(10, power));
            }
            return ticks;
        }
        final double step = step(to);
        for (int i = 0; i * step <= to * (1 + 1e-9); i++) {
            ticks.add(i * step);
        }
        return ticks;
    }

    private static double step(final double top) {
        final double rough = top / MOST_TICKS;
        final double power = Math.pow(10, Math.floor(Math.log10(rough)));
        for (final double round : ROUND_STEPS) {
            if (rough <= round * power * (1 + 1e-9)) {
                return round * power;
            }
        }
        return 10 * power;
    }
}
