package org.avccdb.bench.report;

import java.util.ArrayList;
import java.util.List;

/** The charts of each workload. */
final class ChartSections {
    private static final int MOST_OPEN = 4;

    private final Run run;
    private final Markup out;

    ChartSections(final Run run, final Markup out) {
        this.run = run;
        this.out = out;
    }

    void percentiles() {
        out.leaf("h2", "Latency by percentile");
        out.leaf(
                "p",
                "From the fastest operation at the left to the slowest at the right; each step of the axis is ten times"
                        + " rarer. Bold is the round nearest to the median, faint are the others. Service time counts from"
                        + " the beginning of an operation, response time from when it was due.",
                "class",
                "quiet");
        legend();
        final List<PercentileChart> open = new ArrayList<>();
        final List<List<PercentileChart>> folded = new ArrayList<>();
        for (final Comparison comparison : run.comparisons()) {
            final List<PercentileChart> charts = charts(comparison);
            if (charts.size() > MOST_OPEN) {
                folded.add(charts);
            } else {
                open.addAll(charts);
            }
        }
        write(open);
        for (final List<PercentileChart> charts : folded) {
            out.begin("details");
            out.leaf("summary", charts.get(0).workload() + ": " + charts.size() + " charts");
            write(charts);
            out.end();
        }
    }

    private List<PercentileChart> charts(final Comparison comparison) {
        return charts(run, comparison);
    }

    static List<PercentileChart> charts(final Run run, final Comparison comparison) {
        final List<PercentileChart> charts = new ArrayList<>();
        for (final String kind : comparison.kinds()) {
            for (final String mode : List.of("service", "response")) {
                final PercentileChart chart = new PercentileChart(comparison, kind, mode, run.jitter());
                if (!chart.isEmpty()) {
                    charts.add(chart);
                }
            }
        }
        return charts;
    }

    private void write(final List<PercentileChart> charts) {
        out.begin("div", "class", "charts");
        charts.forEach(chart -> chart.write(out));
        out.end();
    }

    private void legend() {
        Palette.legend(out, run.engines());
        if (run.jitter() != null) {
            out.begin("p", "class", "legend").begin("span", "class", "key");
            out.leaf("span", "", "class", "swatch idle");
            out.text("the idle machine: gaps that a thread sees which does nothing but look at the clock; ")
                    .text(Figures.whole(run.jitter().count()) + " looks, p99.99 ")
                    .text(Figures.time(run.jitter().at("p99.99")) + ", longest ")
                    .text(Figures.time(run.jitter().at("max")));
            out.end().end();
        }
    }

    void time() {
        out.leaf("h2", "Over time");
        out.leaf(
                "p",
                "The round nearest to the median, where it took longer than a second. Throughput and latency are of each"
                        + " second; stripes are flushes, compactions and stalls, which go on beyond the last operation"
                        + " while the database settles.",
                "class",
                "quiet");
        boolean isAny = false;
        for (final Comparison comparison : run.comparisons()) {
            final List<TimeChart> charts = comparison.standings().stream()
                    .map(standing -> new TimeChart(standing.typical(), out))
                    .filter(chart -> !chart.isEmpty())
                    .toList();
            if (!charts.isEmpty()) {
                isAny = true;
                out.leaf("h3", comparison.workload()).begin("div", "class", "charts");
                charts.forEach(TimeChart::write);
                out.end();
            }
        }
        if (!isAny) {
            out.leaf("p", "Nothing took longer than a second: there is no time series.", "class", "quiet");
        }
    }
}
