package org.avccdb.bench.report;

import java.util.List;

/** What it took. */
final class ResourceSection {
    private static final double NANOS_A_MICRO = 1_000;

    private ResourceSection() {}

    static void write(final Run run, final Markup out) {
        final List<Comparison> comparisons = run.comparisons();
        if (comparisons.isEmpty()) {
            return;
        }
        out.leaf("h2", "Resources");
        out.leaf(
                "p",
                "Medians of rounds. Written is what went to the disk until the database was settled, beside the bytes of"
                        + " keys and values put; space is the directory beside the bytes of live keys and values. Garbage is"
                        + " that of all Java threads, measuring included. Pages of mapped files count as memory.",
                "class",
                "quiet");
        final Table table = new Table(out)
                .words("workload", "engine")
                .numbers(
                        "CPU \u00b5s/op",
                        "garbage B/op",
                        "collections",
                        "peak memory",
                        "written \u00f7 put",
                        "space \u00f7 live",
                        "without journals",
                        "settled after s");
        table.begin();
        for (final Comparison comparison : comparisons) {
            for (final Standing standing : comparison.standings()) {
                final boolean isFirst = standing.equals(comparison.standings().get(0));
                table.row(isFirst ? "first" : "next")
                        .cell(isFirst ? comparison.workload() : "")
                        .engine(standing.engine())
                        .cell(Figures.plain(median(standing, "cpuNanosPerOperation") / NANOS_A_MICRO))
                        .cell(Figures.plain(median(standing, "allocatedBytesPerOperation")))
                        .cell(Figures.whole(median(standing, "collections")))
                        .cell(Figures.bytes(median(standing, "peakResidentBytes")))
                        .cell(Figures.plain(median(standing, "writeAmplification")))
                        .cell(Figures.plain(median(standing, "spaceAmplification")))
                        .cell(Figures.plain(median(standing, "spaceAmplificationWithoutJournals")))
                        .cell(Figures.plain(standing.median(round -> Fields.number(round.content(), "settleSeconds"))))
                        .endRow();
            }
        }
        table.end();
    }

    private static double median(final Standing standing, final String resource) {
        return standing.median(round -> round.resource(resource));
    }
}
