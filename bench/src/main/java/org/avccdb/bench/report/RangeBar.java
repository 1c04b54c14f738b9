package org.avccdb.bench.report;

/**
 * A value as a bar in a table, with a thin line from the lowest to the highest that it was.
 *
 * @param classes of its colour
 * @param value where the bar ends
 * @param lowest where the line begins
 * @param highest where the line ends
 */
record RangeBar(String classes, double value, double lowest, double highest) {
    private static final double WIDTH = 110;
    private static final double HEIGHT = 14;

    /** The longest that any bar or line of its table may be fills the width. */
    void write(final Markup out, final double longest) {
        final Scale scale = new Scale(0, longest > 0 ? longest : 1, false);
        out.begin(
                "svg",
                "class",
                "range",
                "viewBox",
                "0 0 " + Plot.n(WIDTH) + " " + Plot.n(HEIGHT),
                "role",
                "img",
                "aria-label",
                Figures.plain(value) + ", from " + Figures.plain(lowest) + " to " + Figures.plain(highest));
        out.empty("rect", "class", "bar " + classes, "x", "0", "y", "3", "width", x(scale, value), "height", "8");
        out.empty("line", "class", "whisker", "x1", x(scale, lowest), "x2", x(scale, highest), "y1", "7", "y2", "7");
        out.end();
    }

    private static String x(final Scale scale, final double value) {
        return Plot.n(scale.at(value) * WIDTH);
    }
}
