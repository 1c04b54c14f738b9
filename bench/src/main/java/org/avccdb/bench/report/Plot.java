package org.avccdb.bench.report;

import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/** A rectangle with two axes, drawn as SVG. */
final class Plot {
    private static final double TICK_GAP = 6;
    private static final double TEXT_DROP = 4;
    private static final double LABEL_DROP = 15;
    private static final double ROW_HEIGHT = 14;

    private final Markup out;
    private final double left;
    private final double top;
    private final double width;
    private final double height;
    private final Scale x;
    private final Scale y;

    Plot(
            final Markup out,
            final double left,
            final double top,
            final double width,
            final double height,
            final Scale x,
            final Scale y) {
        this.out = out;
        this.left = left;
        this.top = top;
        this.width = width;
        this.height = height;
        this.x = x;
        this.y = y;
    }

    double x(final double value) {
        return left + x.at(value) * width;
    }

    double y(final double value) {
        return top + (1 - y.at(value)) * height;
    }

    /** Lines across with their numbers at the left as far as there is room, and what they are above them. */
    void rows(final String label, final DoubleFunction<String> names) {
        final List<Double> ticks = y.ticks();
        final int every = (int) Math.ceil(ticks.size() * ROW_HEIGHT / height);
        for (int i = 0; i < ticks.size(); i += every) {
            final double tick = ticks.get(i);
            out.empty(
                    "line", "class", "grid", "x1", n(left), "x2", n(left + width), "y1", n(y(tick)), "y2", n(y(tick)));
            text("num", left - TICK_GAP, y(tick) + TEXT_DROP, names.apply(tick));
        }
        text("label", left, top - 2 * TEXT_DROP, label);
    }

    /** Numbers below, and what they are under them; lines down where the axis is logarithmic. */
    void columns(final String label, final DoubleFunction<String> names) {
        for (final double tick : x.ticks()) {
            final double at = x(tick);
            out.empty(
                    "line",
                    "class",
                    "grid",
                    "x1",
                    n(at),
                    "x2",
                    n(at),
                    "y1",
                    n(x.isLogarithmic() ? top : top + height),
                    "y2",
                    n(top + height + TEXT_DROP));
            text("mid", at, top + height + LABEL_DROP + 1, names.apply(tick));
        }
        text("end label", left + width, top + height + 2 * LABEL_DROP, label);
    }

    void text(final String classes, final double atX, final double atY, final String content) {
        out.leaf("text", content, "class", classes, "x", n(atX), "y", n(atY));
    }

    /** A line through points; its title shows where a pointer rests on it. */
    void line(final String classes, final String title, final List<double[]> points) {
        out.begin("polyline", "class", classes, "points", points(points))
                .leaf("title", title)
                .end();
    }

    /** The space between two lines over the same places. */
    void area(final String classes, final String style, final String title, final List<double[]> edge) {
        out.begin("polygon", "class", classes, "style", style, "points", points(edge))
                .leaf("title", title)
                .end();
    }

    /** A stretch of time over the whole height, at least a hair wide. */
    void band(final String classes, final String title, final double from, final double to) {
        box(classes, title, from, to, top, height);
    }

    /** A stretch of time at a height of its own. */
    void box(
            final String classes,
            final String title,
            final double from,
            final double to,
            final double boxTop,
            final double boxHeight) {
        final double begin = x(from);
        out.begin(
                        "rect",
                        "class",
                        classes,
                        "x",
                        n(begin),
                        "y",
                        n(boxTop),
                        "width",
                        n(Math.max(1, x(to) - begin)),
                        "height",
                        n(boxHeight))
                .leaf("title", title)
                .end();
    }

    private String points(final List<double[]> points) {
        final StringBuilder text = new StringBuilder(points.size() * 12);
        for (final double[] point : points) {
            text.append(text.length() == 0 ? "" : " ")
                    .append(n(x(point[0])))
                    .append(',')
                    .append(n(y(point[1])));
        }
        return text.toString();
    }

    /** A tenth of a pixel is enough. */
    static String n(final double value) {
        return String.format(Locale.ROOT, "%.1f", value).replace(".0", "");
    }
}
