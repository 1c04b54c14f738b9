package org.avccdb.bench.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.avccdb.bench.measure.JsonReader;

/** A page that leads to all runs and results below a directory. */
final class Index {
    static final String NAME = "index.html";

    private static final String RUN = "run.json";

    private final Path directory;
    private final List<Path> runs = new ArrayList<>();
    private final List<JmhScore.File> scores = new ArrayList<>();

    private Index(final Path directory) {
        this.directory = directory;
        for (final Path file : Report.find(directory, ".json")) {
            if (file.getFileName().toString().equals(RUN)) {
                runs.add(file);
            } else {
                final List<JmhScore> found = JmhScore.of(read(file));
                if (!found.isEmpty()) {
                    scores.add(new JmhScore.File(file, found));
                }
            }
        }
    }

    /** Writes a page beside each run, and the index into the directory. */
    static Path write(final Path directory) {
        final Index index = new Index(directory);
        if (index.runs.isEmpty() && index.scores.isEmpty()) {
            throw new IllegalArgumentException(
                    "neither " + RUN + " nor results of JMH in JSON in or below " + directory);
        }
        index.runs.forEach(file -> Report.write(file.getParent()));
        final Path page = directory.resolve(NAME);
        Report.write(page, index.html());
        return page;
    }

    private static Object read(final Path file) {
        try {
            return JsonReader.read(Files.readString(file));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        } catch (final IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    private String html() {
        return Page.of("Performance reports", out -> {
            out.leaf("h1", "Performance reports");
            out.leaf("p", "Only what was really run. Each page says on which machine, with which command and commit.");
            documents(out);
            for (final Path file : runs) {
                run(Run.read(file), file, out);
            }
            for (final JmhScore.File file : scores) {
                scores(file, out);
            }
        });
    }

    private void documents(final Markup out) {
        final List<Path> documents = Report.find(directory, ".md").stream()
                .filter(file -> !directory.equals(file.getParent()))
                .toList();
        if (documents.isEmpty()) {
            return;
        }
        out.begin("p").text("In words: ");
        String separator = "";
        for (final Path document : documents) {
            out.text(separator).leaf("a", name(document), "href", link(document));
            separator = ", ";
        }
        out.end();
    }

    private String name(final Path file) {
        return directory.relativize(file).toString().replace('\\', '/');
    }

    /** Leads to a file from a clone wherever it is. */
    private String link(final Path file) {
        return directory.toUri().relativize(file.toUri()).getRawPath();
    }

    private void run(final Run run, final Path file, final Markup out) {
        out.begin("h2")
                .leaf("a", run.name(), "href", link(file.resolveSibling(Report.NAME)))
                .end();
        out.begin("p", "class", "quiet")
                .text(Report.title(run) + " \u00b7 " + run.started() + " \u00b7 ")
                .leaf("a", RUN, "href", link(file))
                .end();
        new SummarySection(run, out).write();
        if (run.engines().size() == 1) {
            headline(run, out);
        }
    }

    private static void headline(final Run run, final Markup out) {
        final Table table = new Table(out).words("workload").numbers("records/s", "p50 \u00b5s", "p99 \u00b5s");
        table.begin();
        for (final Comparison comparison : run.comparisons()) {
            final Standing standing = comparison.fastest();
            table.row()
                    .cell(comparison.workload())
                    .cell(Figures.plain(standing.median()))
                    .cell(Figures.micros(standing.median(round -> round.mainLatency("p50"))))
                    .cell(Figures.micros(standing.median(round -> round.mainLatency("p99"))))
                    .endRow();
        }
        table.end();
    }

    private void scores(final JmhScore.File file, final Markup out) {
        out.leaf("h2", "JMH: " + name(file.path()));
        out.begin("p", "class", "quiet")
                .text("Means with their 99.9 % intervals of confidence. All raw figures: ")
                .leaf("a", name(file.path()), "href", link(file.path()))
                .end();
        final Map<String, List<JmhScore>> methods = new TreeMap<>();
        file.scores()
                .forEach(score -> methods.computeIfAbsent(score.method(), key -> new ArrayList<>())
                        .add(score));
        final Table table = new Table(out)
                .words("method", "of")
                .numbers("score", "\u00b1")
                .words("unit", "")
                .numbers("garbage B/op");
        table.begin();
        methods.values().forEach(scores -> scores(scores, table, out));
        table.end();
    }

    /** The same method of several classes. */
    private static void scores(final List<JmhScore> scores, final Table table, final Markup out) {
        final double longest = scores.stream()
                .mapToDouble(score -> score.score() + score.error())
                .max()
                .orElse(1);
        String method = scores.get(0).method();
        for (final JmhScore score : scores) {
            table.row(method.isEmpty() ? "next" : "first")
                    .cell(method)
                    .cell(score.type())
                    .cell(Figures.plain(score.score()))
                    .cell(Figures.plain(score.error()))
                    .cell(score.unit())
                    .open();
            new RangeBar("plain", score.score(), score.score() - score.error(), score.score() + score.error())
                    .write(out, longest);
            table.close().cell(Figures.plain(score.garbage())).endRow();
            method = "";
        }
    }
}
