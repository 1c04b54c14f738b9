package org.avccdb.bench.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Makes a page of the runs that are found below a directory. */
public final class Report {
    /** The page's name. */
    public static final String NAME = "report.html";

    private static final String RUN = "run.json";
    private static final int SHORT_COMMIT = 12;

    private Report() {}

    /** Writes the page into the directory and returns where; without any run it is an {@link IllegalArgumentException}. */
    public static Path write(final Path directory) {
        final List<Path> files = find(directory, RUN);
        if (files.isEmpty()) {
            throw new IllegalArgumentException("no " + RUN + " in or below " + directory
                    + ": name a directory that a benchmark wrote its results into, as results/DATE-TIME");
        }
        final Path page = directory.resolve(NAME);
        write(page, html(files.stream().map(Run::read).toList()));
        return page;
    }

    /** Writes the percentiles of a workload as a picture, of the first run below the directory that has it. */
    static Path writePicture(final Path directory, final String workload, final Path file) {
        for (final Path found : find(directory, RUN)) {
            final Run run = Run.read(found);
            for (final Comparison comparison : run.comparisons()) {
                final List<PercentileChart> charts = ChartSections.charts(run, comparison);
                if (comparison.workload().equals(workload) && !charts.isEmpty()) {
                    final Markup out = new Markup();
                    charts.get(0).writePicture(out);
                    write(file, out.toString());
                    return file;
                }
            }
        }
        throw new IllegalArgumentException("no run in or below " + directory + " has latencies of " + workload);
    }

    static void write(final Path file, final String text) {
        try {
            Files.writeString(file, text);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Files below a directory whose names end so, in the order of their paths. */
    static List<Path> find(final Path directory, final String end) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.getFileName().toString().endsWith(end))
                    .sorted()
                    .toList();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String html(final List<Run> runs) {
        final String title = runs.size() == 1 ? title(runs.get(0)) : runs.size() + " benchmark runs";
        return Page.of(title, out -> {
            if (runs.size() > 1) {
                contents(runs, title, out);
            }
            for (int i = 0; i < runs.size(); i++) {
                out.begin("article", "id", "run" + i);
                run(runs.get(i), out);
                out.end();
            }
        });
    }

    /** What a run is called. */
    static String title(final Run run) {
        return run.isJob() ? "The main job" : "Benchmark: " + String.join(", ", run.engines());
    }

    private static void contents(final List<Run> runs, final String title, final Markup out) {
        out.leaf("h1", title).begin("ul");
        for (int i = 0; i < runs.size(); i++) {
            out.begin("li")
                    .leaf("a", runs.get(i).name() + ": " + title(runs.get(i)), "href", "#run" + i)
                    .end();
        }
        out.end();
    }

    private static void run(final Run run, final Markup out) {
        final String commit = Fields.text(run.content(), "commit");
        out.leaf("h1", title(run));
        out.leaf(
                "p",
                String.format(
                        Locale.ROOT,
                        "%s \u00b7 %s \u00b7 commit %s",
                        run.name(),
                        run.started(),
                        commit.length() > SHORT_COMMIT && !commit.contains(" ")
                                ? commit.substring(0, SHORT_COMMIT) + (commit.endsWith("-dirty") ? ", changed" : "")
                                : commit),
                "class",
                "quiet");
        new SummarySection(run, out).write();
        RateSection.write(run, out);
        SummarySection.checks(run, out);
        if (!run.results().isEmpty()) {
            final ChartSections charts = new ChartSections(run, out);
            charts.percentiles();
            charts.time();
        }
        ProofSection.write(run, out);
        ResourceSection.write(run, out);
        new FactSection(run, out).write();
    }
}
