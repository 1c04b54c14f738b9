package org.avccdb.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.avccdb.bench.report.LevelHistory.Band;

/** A round over time: throughput, latency, what went on in the background, and the levels, above one axis of time. */
final class TimeChart {
    private static final double WIDTH = 450;
    private static final double LEFT = 64;
    private static final double PLOT_WIDTH = WIDTH - LEFT - 30;
    private static final double GAP = 36;
    private static final double PANEL = 92;
    private static final double LANE = 11;
    private static final double FIRST_TOP = 22;
    private static final double FOOT = 40;
    private static final int FEWEST_LINES = 2;
    private static final double MOST_OPAQUE = 0.85;
    private static final double OPACITY_STEP = 0.14;
    private static final List<String> LANES = List.of("stall", "compaction", "flush");
    private static final List<String> PERCENTILES = List.of("max", "p99", "p50");

    private final Result round;
    private final List<Map<?, ?>> series;
    private final LevelHistory levels;
    private final Scale time;
    private final Markup out;

    TimeChart(final Result round, final Markup out) {
        this.round = round;
        this.out = out;
        this.series = round.series();
        this.levels = new LevelHistory(series);
        double last = 0;
        for (final Map<?, ?> line : series) {
            last = Math.max(last, Fields.number(line, "atSeconds"));
        }
        for (final Map<?, ?> event : round.events()) {
            last = Math.max(last, Fields.number(event, "toSeconds"));
        }
        time = Scale.seconds(last);
    }

    /** One line is no course of time. */
    boolean isEmpty() {
        return series.size() < FEWEST_LINES;
    }

    void write() {
        final double lanesTop = FIRST_TOP + 2 * (PANEL + GAP) - 16;
        final double levelsTop = lanesTop + LANES.size() * (LANE + 3) + GAP;
        final double height = levels.isEmpty() ? lanesTop + LANES.size() * (LANE + 3) + FOOT : levelsTop + PANEL + FOOT;
        out.begin("figure");
        out.begin("figcaption");
        out.leaf("span", "", "class", "swatch " + Palette.of(round.engine()));
        out.text(round.engine() + ", round " + round.round()).end();
        out.begin(
                "svg",
                "viewBox",
                "0 0 " + Plot.n(WIDTH) + " " + Plot.n(height),
                "role",
                "img",
                "aria-label",
                round.workload() + " on " + round.engine() + " over time");
        throughput(FIRST_TOP);
        latency(FIRST_TOP + PANEL + GAP);
        lanes(lanesTop, levels.isEmpty());
        if (!levels.isEmpty()) {
            shape(levelsTop);
        }
        out.end();
        if (!levels.isEmpty()) {
            levelKey();
        }
        out.end();
    }

    private void throughput(final double top) {
        final List<double[]> steps = steps(line -> Fields.number(line, "recordsPerSecond"));
        final Plot plot = plot(top, Scale.linear(highest(steps)));
        plot.rows("records a second", Figures::shortCount);
        bands(plot);
        plot.line("line " + Palette.of(round.engine()), "records a second", steps);
    }

    private void latency(final double top) {
        final String kind = round.mainKind();
        final String mode = round.latency(kind, "response") == null ? "service" : "response";
        double shortest = Double.POSITIVE_INFINITY;
        double longest = 1;
        final List<List<double[]>> lines = new ArrayList<>();
        for (final String percentile : PERCENTILES) {
            final List<double[]> steps =
                    steps(line -> Fields.number(Fields.map(Fields.map(line, mode), kind), percentile));
            lines.add(steps);
            longest = Math.max(longest, highest(steps));
            shortest = Math.min(
                    shortest,
                    steps.stream().mapToDouble(point -> point[1]).min().orElse(shortest));
        }
        final Plot plot = plot(top, Scale.logarithmic(Math.min(shortest, longest), longest));
        plot.rows(mode + " time of " + kind + ": p50, p99, longest", Figures::time);
        bands(plot);
        for (int i = 0; i < lines.size(); i++) {
            plot.line(
                    "line " + Palette.of(round.engine()) + " " + PERCENTILES.get(i), PERCENTILES.get(i), lines.get(i));
        }
    }

    /** What went on, drawn over a panel so that its traces in the lines can be seen. */
    private void bands(final Plot plot) {
        for (final Map<?, ?> event : round.events()) {
            plot.band("band " + Fields.text(event, "kind"), title(event), from(event), to(event));
        }
    }

    private void lanes(final double top, final boolean isLast) {
        final Plot plot = new Plot(out, LEFT, top, PLOT_WIDTH, LANES.size() * (LANE + 3), time, Scale.linear(1));
        for (int i = 0; i < LANES.size(); i++) {
            final String kind = LANES.get(i);
            final double laneTop = top + i * (LANE + 3);
            plot.text("num small", LEFT - 6, laneTop + LANE - 2, kind);
            out.empty(
                    "rect",
                    "class",
                    "lane",
                    "x",
                    Plot.n(LEFT),
                    "y",
                    Plot.n(laneTop),
                    "width",
                    Plot.n(PLOT_WIDTH),
                    "height",
                    Plot.n(LANE));
            for (final Map<?, ?> event : round.events()) {
                if (kind.equals(Fields.text(event, "kind"))) {
                    plot.box("event " + kind, title(event), from(event), to(event), laneTop, LANE);
                }
            }
        }
        if (isLast) {
            plot.columns("seconds since the start", Figures::shortCount);
        }
    }

    /** Levels upon each other, the lowest number at the bottom and strongest. */
    private void shape(final double top) {
        final Plot plot = plot(top, Scale.linear(levels.highest()));
        plot.rows("bytes in levels", Figures::bytes);
        for (final Band band : levels.bands()) {
            plot.area(
                    "area " + Palette.of(round.engine()), opacity(band.level()), "level " + band.level(), band.edge());
        }
        plot.columns("seconds since the start", Figures::shortCount);
    }

    private void levelKey() {
        out.begin("p", "class", "legend small");
        for (final Band band : levels.bands()) {
            out.begin("span", "class", "key");
            out.leaf("span", "", "class", "swatch " + Palette.of(round.engine()), "style", opacity(band.level()));
            out.text("level " + band.level()).end();
        }
        out.end();
    }

    private static String opacity(final long level) {
        return String.format(Locale.ROOT, "opacity:%.2f", Math.max(0.1, MOST_OPAQUE - OPACITY_STEP * level));
    }

    private Plot plot(final double top, final Scale y) {
        return new Plot(out, LEFT, top, PLOT_WIDTH, PANEL, time, y);
    }

    /** A line of the series speaks for the time since the one before; lines without the figure leave it where it was. */
    private List<double[]> steps(final ToDoubleFunction<Map<?, ?>> figure) {
        final List<double[]> points = new ArrayList<>();
        double before = 0;
        for (final Map<?, ?> line : series) {
            final double at = Fields.number(line, "atSeconds");
            final double value = figure.applyAsDouble(line);
            if (!Double.isNaN(value)) {
                points.add(new double[] {before, value});
                points.add(new double[] {at, value});
            }
            before = at;
        }
        return points;
    }

    private static double highest(final List<double[]> points) {
        return points.stream().mapToDouble(point -> point[1]).max().orElse(0);
    }

    private static double from(final Map<?, ?> event) {
        return Fields.number(event, "fromSeconds");
    }

    private static double to(final Map<?, ?> event) {
        return Fields.number(event, "toSeconds");
    }

    private static String title(final Map<?, ?> event) {
        final double bytes = Fields.number(event, "bytes");
        return Fields.text(event, "kind") + ", " + Figures.time((to(event) - from(event)) * 1e9)
                + (bytes > 0 ? ", " + Figures.bytes(bytes) : "")
                + (Fields.text(event, "text").isEmpty() ? "" : ": " + Fields.text(event, "text"));
    }
}
