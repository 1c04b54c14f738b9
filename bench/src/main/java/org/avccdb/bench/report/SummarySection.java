package org.avccdb.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What was measured, whether it held, and who was faster by how much. */
final class SummarySection {
    private final Run run;
    private final List<Comparison> comparisons;
    private final Markup out;

    SummarySection(final Run run, final Markup out) {
        this.run = run;
        this.comparisons = run.comparisons();
        this.out = out;
    }

    void write() {
        out.leaf("p", what());
        failures();
        if (run.engines().size() > 1) {
            peers();
            winners();
        }
    }

    /** One sentence. */
    private String what() {
        final Object settings = Fields.map(run.content(), "settings");
        final String sizes = Figures.whole(Fields.number(settings, "keyBytes")) + "-byte keys and "
                + Figures.whole(Fields.number(settings, "valueBytes")) + "-byte values";
        if (run.isJob()) {
            return "The main job on a fresh database: " + Figures.whole(Fields.number(settings, "keys")) + " keys in "
                    + Figures.whole(Fields.number(settings, "versions")) + " versions each, " + sizes
                    + ", filled and then checked.";
        }
        final int engines = run.engines().size();
        return counted(comparisons.size(), "workload") + " on " + counted(engines, "engine") + ": "
                + Figures.whole(Fields.number(settings, "records")) + " records of " + sizes + ", "
                + counted(Fields.number(settings, "threads"), "thread") + ", "
                + pace(Fields.number(settings, "rate"))
                + ", durability " + Fields.text(settings, "durability").toLowerCase(java.util.Locale.ROOT) + "; "
                + counted(rounds(), "round")
                + (engines > 1 ? ", engines taking turns" : "")
                + (Boolean.TRUE.equals(Fields.get(run.content(), "forked")) ? ", each turn in a JVM of its own" : "")
                + ".";
    }

    private String pace(final double rate) {
        if ("ORIGINAL".equals(Fields.text(Fields.map(run.content(), "replayed"), "speed"))) {
            return "each operation at its recorded time";
        }
        return rate > 0 ? Figures.whole(rate) + " operations a second asked for" : "as fast as it goes";
    }

    private int rounds() {
        return run.results().stream().mapToInt(Result::round).max().orElse(0);
    }

    private static String counted(final double count, final String what) {
        return Figures.whole(count) + " " + what + (count == 1 ? "" : "s");
    }

    private void failures() {
        final List<?> checks = Fields.list(run.content(), "checks");
        if (run.isGood()) {
            out.leaf(
                    "p",
                    checks.isEmpty()
                            ? "Everything held: all answers were right."
                            : "All " + counted(checks.size(), "check") + " held.",
                    "class",
                    "verdict");
            return;
        }
        out.leaf("p", "Not everything held:", "class", "verdict bad").begin("ul");
        for (final Object failure : Fields.list(run.content(), "failures")) {
            out.leaf("li", failure, "class", "bad");
        }
        out.end();
    }

    /** The first engine beside each other one, over all workloads that both did. */
    private void peers() {
        final String first = run.engines().get(0);
        out.begin("ul");
        for (final String peer : run.engines().subList(1, run.engines().size())) {
            final List<Double> ratios = new ArrayList<>();
            for (final Comparison comparison : comparisons) {
                final double own = median(comparison, first);
                final double other = median(comparison, peer);
                if (own > 0 && other > 0) {
                    ratios.add(own / other);
                }
            }
            if (!ratios.isEmpty()) {
                out.leaf("li", against(first, peer, ratios));
            }
        }
        out.end();
    }

    private static double median(final Comparison comparison, final String engine) {
        return comparison.standings().stream()
                .filter(standing -> standing.engine().equals(engine))
                .mapToDouble(Standing::median)
                .findFirst()
                .orElse(Double.NaN);
    }

    private static String against(final String first, final String peer, final List<Double> ratios) {
        final double mean =
                Math.exp(ratios.stream().mapToDouble(Math::log).average().orElseThrow());
        final double lowest =
                ratios.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
        final double highest =
                ratios.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        final String times = first + " is " + Figures.ratio(mean) + " as fast as " + peer;
        return ratios.size() == 1
                ? times
                : times + " in the geometric mean of " + ratios.size() + " workloads (" + Figures.ratio(lowest) + " to "
                        + Figures.ratio(highest) + ")";
    }

    private void winners() {
        final Table table = new Table(out)
                .words("workload", "fastest")
                .numbers("records/s", "ahead of the next by")
                .words("");
        table.begin();
        for (final Comparison comparison : comparisons) {
            if (comparison.standings().size() > 1) {
                final Standing fastest = comparison.fastest();
                table.row()
                        .cell(comparison.workload())
                        .engine(fastest.engine())
                        .cell(Figures.plain(fastest.median()))
                        .cell(Figures.ratio(comparison.lead()))
                        .cell(note(comparison))
                        .endRow();
            }
        }
        table.end();
    }

    private static String note(final Comparison comparison) {
        if (comparison.isOneRound()) {
            return "one round: little to go by";
        }
        return comparison.isClear() ? "rounds lie apart" : "rounds overlap: not told apart";
    }

    /** What the main job checked. */
    static void checks(final Run run, final Markup out) {
        final List<Map<?, ?>> checks = Fields.maps(run.content(), "checks");
        if (checks.isEmpty()) {
            return;
        }
        out.leaf("h2", "Checks");
        final Table table = new Table(out).words("", "check", "what was seen");
        table.begin();
        for (final Map<?, ?> check : checks) {
            final boolean held = Boolean.TRUE.equals(Fields.get(check, "held"));
            table.row(held ? "" : "bad")
                    .cell(held ? "holds" : "FAILED")
                    .cell(Fields.text(check, "name"))
                    .cell(Fields.text(check, "detail"))
                    .endRow();
        }
        table.end();
    }
}
