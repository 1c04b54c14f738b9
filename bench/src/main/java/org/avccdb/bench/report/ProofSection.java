package org.avccdb.bench.report;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** How fast proofs are made and verified, and how large they are. */
final class ProofSection {
    private static final Pattern KINDS = Pattern.compile("(prove|verify|root)\\b.*");
    private static final double NANOS_A_SECOND = 1e9;

    private ProofSection() {}

    static void write(final Run run, final Markup out) {
        final List<Standing> speeds = standings(
                run,
                result -> result.kinds().stream()
                        .anyMatch(kind -> KINDS.matcher(kind).matches()));
        final List<Standing> sizes =
                standings(run, result -> !result.proofBytes().isEmpty());
        if (speeds.isEmpty() && sizes.isEmpty()) {
            return;
        }
        out.leaf("h2", "Proofs");
        if (!speeds.isEmpty()) {
            out.leaf(
                    "p",
                    "Calls of one thread, one after the other; a rate is what their mean allows.",
                    "class",
                    "quiet");
            speeds(speeds, out);
        }
        if (!sizes.isEmpty()) {
            out.leaf("p", "Bytes of proofs, with the values that they prove.", "class", "quiet");
            sizes(sizes, out);
        }
    }

    private static List<Standing> standings(final Run run, final java.util.function.Predicate<Result> wanted) {
        return run.comparisons().stream()
                .flatMap(comparison -> comparison.standings().stream())
                .filter(standing -> wanted.test(standing.typical()))
                .toList();
    }

    private static void speeds(final List<Standing> standings, final Markup out) {
        final Table table = new Table(out)
                .words("workload", "call")
                .numbers("count", "calls/s", "p50 \u00b5s", "p99 \u00b5s", "max \u00b5s");
        table.begin();
        for (final Standing standing : standings) {
            final Result round = standing.typical();
            String workload = standing.rounds().get(0).workload();
            for (final String kind : round.kinds()) {
                final Distribution times = round.latency(kind, "service");
                if (times != null && KINDS.matcher(kind).matches()) {
                    table.row(workload.isEmpty() ? "next" : "first")
                            .cell(workload)
                            .cell(kind)
                            .cell(Figures.whole(times.count()))
                            .cell(Figures.plain(NANOS_A_SECOND / times.at("mean")))
                            .cell(Figures.micros(times.at("p50")))
                            .cell(Figures.micros(times.at("p99")))
                            .cell(Figures.micros(times.at("max")))
                            .endRow();
                    workload = "";
                }
            }
        }
        table.end();
    }

    private static void sizes(final List<Standing> standings, final Markup out) {
        final Table table =
                new Table(out).words("workload", "proof of").numbers("count", "smallest", "p50", "p99", "largest");
        table.begin();
        for (final Standing standing : standings) {
            String workload = standing.rounds().get(0).workload();
            for (final Map.Entry<?, ?> entry : standing.typical().proofBytes().entrySet()) {
                final Object sizes = entry.getValue();
                table.row(workload.isEmpty() ? "next" : "first").cell(workload).cell(entry.getKey());
                for (final String figure : List.of("count", "min", "p50", "p99", "max")) {
                    table.cell(Figures.whole(Fields.number(sizes, figure)));
                }
                table.endRow();
                workload = "";
            }
        }
        table.end();
    }
}
