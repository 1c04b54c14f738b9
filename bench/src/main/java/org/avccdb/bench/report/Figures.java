package org.avccdb.bench.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as people read them: three digits that count. */
final class Figures {
    static final String NONE = "\u2013";

    private static final MathContext DIGITS = new MathContext(3);
    private static final double THOUSAND = 1_000;
    private static final String[] TIMES = {"ns", "\u00b5s", "ms", "s"};
    private static final String[] SIZES = {"B", "kB", "MB", "GB", "TB"};
    private static final String[] COUNTS = {"", "k", "M", "G", "T"};

    private Figures() {}

    /** With separators: 1,260,000. */
    static String plain(final double value) {
        if (!Double.isFinite(value)) {
            return NONE;
        }
        final BigDecimal rounded = new BigDecimal(value).round(DIGITS);
        final int decimals =
                Math.max(0, Math.min(3, rounded.stripTrailingZeros().scale()));
        final int shown = rounded.abs().compareTo(BigDecimal.valueOf(100)) >= 0 || rounded.signum() == 0
                ? 0
                : Math.max(decimals, rounded.abs().compareTo(BigDecimal.TEN) >= 0 ? 1 : 2);
        return String.format(Locale.ROOT, "%,." + shown + "f", rounded);
    }

    /** All digits, with separators. */
    static String whole(final double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%,.0f", value) : NONE;
    }

    /** For axes: 250 k. */
    static String shortCount(final double value) {
        return scaled(value, COUNTS);
    }

    static String time(final double nanos) {
        return scaled(nanos, TIMES);
    }

    static String bytes(final double bytes) {
        return scaled(bytes, SIZES);
    }

    static String micros(final double nanos) {
        return plain(nanos / THOUSAND);
    }

    static String ratio(final double ratio) {
        return Double.isFinite(ratio) ? plain(ratio) + "\u00d7" : NONE;
    }

    /** What a place on the axis of 1/(1-p) is called, in percent: 99.9. */
    static String percentile(final double rest) {
        final BigDecimal percent = BigDecimal.valueOf(100)
                .subtract(new BigDecimal(100 / rest).round(DIGITS))
                .stripTrailingZeros();
        return percent.signum() == 0 ? "0" : percent.toPlainString();
    }

    private static String scaled(final double value, final String... units) {
        if (!Double.isFinite(value)) {
            return NONE;
        }
        double rest = new BigDecimal(value).round(DIGITS).doubleValue();
        int unit = 0;
        while (Math.abs(rest) >= THOUSAND && unit < units.length - 1) {
            rest /= THOUSAND;
            unit++;
        }
        final String number =
                new BigDecimal(rest).round(DIGITS).stripTrailingZeros().toPlainString();
        return (number + "\u00a0" + units[unit]).replaceAll("\u00a0$", "");
    }
}
