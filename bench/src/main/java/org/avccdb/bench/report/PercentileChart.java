package org.avccdb.bench.report;

import java.util.List;

/** How long operations took, from the fastest to the slowest, on an axis that gives the slowest ones room. */
final class PercentileChart {
    private static final double WIDTH = 450;
    private static final double HEIGHT = 262;
    private static final double LEGEND_HEIGHT = 18;
    private static final double LEFT = 64;
    private static final double TOP = 24;
    private static final double PLOT_WIDTH = WIDTH - LEFT - 30;
    private static final double PLOT_HEIGHT = 196;
    private static final double FEWEST_OPERATIONS = 10;

    private final Comparison comparison;
    private final String kind;
    private final String mode;
    private final Distribution jitter;
    private double longestRest = 10;
    private double shortest = Double.POSITIVE_INFINITY;
    private double longest;
    private double most;

    /** Of a kind of operation; the jitter may be null. */
    PercentileChart(final Comparison comparison, final String kind, final String mode, final Distribution jitter) {
        this.comparison = comparison;
        this.kind = kind;
        this.mode = mode;
        this.jitter = jitter;
        for (final Standing standing : comparison.standings()) {
            for (final Result round : standing.rounds()) {
                points(round).forEach(this::include);
                final Distribution times = round.latency(kind, mode);
                most = Math.max(most, times == null ? 0 : times.count());
            }
        }
    }

    private void include(final double... point) {
        longestRest = Math.max(longestRest, point[0]);
        shortest = Math.min(shortest, point[1]);
        longest = Math.max(longest, point[1]);
    }

    /** A few operations have no percentiles. */
    boolean isEmpty() {
        return longest == 0 || most < FEWEST_OPERATIONS;
    }

    String workload() {
        return comparison.workload();
    }

    void write(final Markup out) {
        out.begin("figure");
        out.begin("figcaption").leaf("strong", comparison.workload());
        out.text(": " + kind + ", " + mode + " time").end();
        out.begin("svg", "viewBox", viewBox(0), "role", "img", "aria-label", title());
        draw(out);
        out.end().end();
    }

    /** The chart alone, with its legend and colours, as a file that a page can show as a picture. */
    void writePicture(final Markup out) {
        out.begin(
                "svg",
                "xmlns",
                "http://www.w3.org/2000/svg",
                "viewBox",
                viewBox(LEGEND_HEIGHT),
                "role",
                "img",
                "aria-label",
                title());
        out.begin("style").raw(Style.CSS).end();
        out.begin("text", "x", Plot.n(LEFT), "y", "-4").leaf("tspan", comparison.workload() + ", " + kind + "   ");
        for (final Standing standing : comparison.standings()) {
            out.leaf(
                    "tspan",
                    "\u25a0 " + standing.engine() + "  ",
                    "class",
                    Palette.of(standing.engine()),
                    "style",
                    "fill: currentColor");
        }
        out.end();
        draw(out);
        out.end();
    }

    private String title() {
        return "Percentiles of the " + mode + " time of " + kind + " in " + comparison.workload();
    }

    private static String viewBox(final double above) {
        return "0 " + Plot.n(-above) + " " + Plot.n(WIDTH) + " " + Plot.n(HEIGHT + above);
    }

    private void draw(final Markup out) {
        final Plot plot = new Plot(
                out,
                LEFT,
                TOP,
                PLOT_WIDTH,
                PLOT_HEIGHT,
                Scale.logarithmic(1, longestRest),
                Scale.logarithmic(shortest, longest));
        plot.rows("time of an operation", Figures::time);
        plot.columns("percentile of operations, %", Figures::percentile);
        if (jitter != null) {
            plot.line(
                    "line jitter",
                    "idle machine: gaps that a thread sees",
                    jitter.curve().stream()
                            .filter(point -> point[0] <= longestRest && point[1] >= shortest)
                            .toList());
        }
        for (final Standing standing : comparison.standings()) {
            for (final Result round : standing.rounds()) {
                draw(plot, standing, round);
            }
        }
    }

    private void draw(final Plot plot, final Standing standing, final Result round) {
        final List<double[]> points = points(round);
        if (!points.isEmpty()) {
            final Distribution times = round.latency(kind, mode);
            plot.line(
                    "line " + Palette.of(standing.engine()) + (round.equals(standing.typical()) ? "" : " faint"),
                    standing.engine() + ", round " + round.round() + ": p50 " + Figures.time(times.at("p50")) + ", p99 "
                            + Figures.time(times.at("p99")) + ", max " + Figures.time(times.at("max")),
                    points);
        }
    }

    private List<double[]> points(final Result round) {
        final Distribution times = round.latency(kind, mode);
        return times == null ? List.of() : times.curve();
    }
}
