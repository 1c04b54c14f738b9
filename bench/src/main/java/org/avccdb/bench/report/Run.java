package org.avccdb.bench.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.avccdb.bench.measure.JsonReader;

/**
 * A run that was written down.
 *
 * @param name its directory's name
 * @param content of its {@code run.json}
 */
record Run(String name, Map<?, ?> content) {
    private static final int FORMAT = 1;

    /** Reads a file; one that is no run is an {@link IllegalArgumentException} that names it. */
    static Run read(final Path file) {
        try {
            final Object content = JsonReader.read(Files.readString(file));
            if (Fields.number(content, "format") != FORMAT) {
                throw new IllegalArgumentException("no run of format " + FORMAT);
            }
            return new Run(
                    String.valueOf(file.toAbsolutePath().normalize().getParent().getFileName()), (Map<?, ?>) content);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        } catch (final IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    boolean isJob() {
        return "job".equals(Fields.text(content, "kind"));
    }

    boolean isGood() {
        return !Boolean.FALSE.equals(Fields.get(content, "good"));
    }

    String started() {
        return Fields.text(content, "started");
    }

    /** As it was typed. */
    String command() {
        return ("./avccdb bench " + Fields.line(content, "command")).strip();
    }

    List<Result> results() {
        return Fields.maps(content, "results").stream().map(Result::new).toList();
    }

    /** In the order of the run, which names the first engine first. */
    List<String> engines() {
        final Set<String> engines = new LinkedHashSet<>();
        results().forEach(result -> engines.add(result.engine()));
        return List.copyOf(engines);
    }

    List<Comparison> comparisons() {
        final Map<String, Map<String, List<Result>>> grouped = new LinkedHashMap<>();
        for (final Result result : results()) {
            grouped.computeIfAbsent(result.workload(), key -> new LinkedHashMap<>())
                    .computeIfAbsent(result.engine(), key -> new ArrayList<>())
                    .add(result);
        }
        final List<Comparison> comparisons = new ArrayList<>();
        grouped.forEach((workload, engines) -> {
            final List<Standing> standings = new ArrayList<>();
            engines.forEach((engine, rounds) -> standings.add(new Standing(engine, rounds)));
            comparisons.add(new Comparison(workload, standings));
        });
        return comparisons;
    }

    /** How long the idle machine kept a thread from running; null where that was not measured. */
    Distribution jitter() {
        final Map<?, ?> gaps = Fields.map(Fields.map(content, "jitter"), "gaps");
        return gaps.isEmpty() ? null : new Distribution(gaps);
    }
}
