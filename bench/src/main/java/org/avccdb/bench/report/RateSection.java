package org.avccdb.bench.report;

import java.util.List;

/** Throughput and latency of each engine in each workload, with how far rounds lie apart. */
final class RateSection {
    private final List<Comparison> comparisons;
    private final Markup out;
    private final Table table;
    private final boolean compares;
    private final boolean hasRounds;

    private RateSection(final Run run, final Markup out) {
        this.comparisons = run.comparisons();
        this.out = out;
        this.table = new Table(out);
        this.compares = run.engines().size() > 1;
        this.hasRounds = !comparisons.stream().allMatch(Comparison::isOneRound);
    }

    static void write(final Run run, final Markup out) {
        if (!run.results().isEmpty()) {
            new RateSection(run, out).write();
        }
    }

    private void write() {
        out.leaf("h2", "Throughput and latency");
        out.leaf(
                "p",
                (hasRounds
                                ? "Medians of rounds. The bar is the median, the thin line at its end reaches from the"
                                        + " slowest round to the fastest. "
                                : "")
                        + "Latencies are those of what was done most; response times where a rate was asked for.",
                "class",
                "quiet");
        table.words("workload", "engine").numbers("records/s");
        if (compares) {
            table.words("");
        }
        if (hasRounds) {
            table.numbers("rounds", "lowest \u2013 highest");
        }
        if (compares) {
            table.numbers(comparisons.get(0).standings().get(0).engine() + " \u00f7 this");
        }
        table.numbers("p50 \u00b5s", "p99 \u00b5s", "p99.9 \u00b5s", "max \u00b5s")
                .begin();
        for (final Comparison comparison : comparisons) {
            comparison.standings().forEach(standing -> row(comparison, standing));
        }
        table.end();
    }

    private void row(final Comparison comparison, final Standing standing) {
        final Standing first = comparison.standings().get(0);
        final boolean isFirst = standing.equals(first);
        final boolean isBest = comparison.standings().size() > 1 && standing.equals(comparison.fastest());
        table.row(isFirst ? "first" : "next", isBest ? "best" : "other")
                .cell(isFirst ? comparison.workload() : "")
                .engine(standing.engine())
                .cell(Figures.plain(standing.median()));
        if (compares) {
            table.open();
            new RangeBar(Palette.of(standing.engine()), standing.median(), standing.lowest(), standing.highest())
                    .write(out, comparison.fastestRound());
            table.close();
        }
        if (hasRounds) {
            table.cell(standing.rounds().size())
                    .cell(Figures.plain(standing.lowest()) + " \u2013 " + Figures.plain(standing.highest()));
        }
        if (compares) {
            table.cell(Figures.ratio(first.median() / standing.median()));
        }
        for (final String percentile : List.of("p50", "p99", "p99.9", "max")) {
            table.cell(Figures.micros(standing.median(round -> round.mainLatency(percentile))));
        }
        table.endRow();
    }
}
