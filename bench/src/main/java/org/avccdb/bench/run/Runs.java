package org.avccdb.bench.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.avccdb.bench.engines.EngineKind;
import org.avccdb.bench.measure.Json;
import org.avccdb.bench.workloads.Workload;

/** Runs a plan: in each round every engine has its turn. */
public final class Runs {
    private final Plan plan;
    private final Consumer<String> out;
    private final Tap tap;

    /** What it tells goes to the consumer, line by line. */
    public Runs(final Plan plan, final Consumer<String> out) {
        this(plan, out, Tap.NONE);
    }

    /** With something between the workloads and their stores; where a JVM is forked, it is not there. */
    public Runs(final Plan plan, final Consumer<String> out, final Tap tap) {
        this.plan = plan;
        this.out = out;
        this.tap = tap;
    }

    /** Runs everything; with a class to fork, each turn in a JVM of its own that begins there with these arguments. */
    public Summary run(final RunFile file, final List<String> arguments, final String forkedClass) {
        file.put("settings", settings());
        final List<Map<String, Object>> results = new ArrayList<>();
        for (int round = 1; round <= plan.rounds(); round++) {
            for (final EngineKind engine : plan.engines()) {
                try {
                    results.addAll(
                            forkedClass == null
                                    ? turn(engine, round)
                                    : new Fork(arguments, forkedClass, engine, round, plan).run());
                } catch (final RuntimeException e) {
                    final String failure = engine.title() + ", round " + round + ": " + e;
                    out.accept("FAILED: " + failure);
                    file.fail(failure);
                }
            }
        }
        for (final Map<String, Object> result : results) {
            for (final Object failure : (List<?>) result.get("failures")) {
                file.fail(result.get("workload") + ", " + result.get("engine") + ", round " + result.get("round") + ": "
                        + failure);
            }
        }
        final Summary summary = new Summary(results);
        file.put("forked", forkedClass != null);
        file.put("summary", summary.rows());
        file.put("results", results);
        return summary;
    }

    /** One engine's turn, in this JVM. */
    private List<Map<String, Object>> turn(final EngineKind engine, final int number) {
        try (Round round = new Round(plan, engine, number, out, tap)) {
            return round.run();
        }
    }

    /** One engine's turn, in this JVM, with the results in a file. */
    public void turn(final EngineKind engine, final int number, final Path answer) {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("results", turn(engine, number));
        try {
            Files.writeString(answer, Json.write(map));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, Object> settings() {
        final Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("workloads", plan.workloads().stream().map(Workload::name).toList());
        settings.put("records", plan.parameters().records());
        settings.put("operations", plan.parameters().operations());
        settings.put("keyBytes", plan.parameters().keyBytes());
        settings.put("valueBytes", plan.parameters().valueBytes());
        settings.put("compressible", plan.parameters().compressible());
        settings.put("threads", plan.parameters().threads());
        settings.put("rate", plan.schedule().rate());
        settings.put("durability", plan.durability().name());
        settings.put("pipelined", plan.parameters().pipelined());
        settings.put("batchRecords", plan.parameters().batchRecords());
        settings.put("syncRecords", plan.parameters().syncRecords());
        settings.put("scanRecords", plan.parameters().scanRecords());
        settings.put("versions", plan.parameters().versions());
        settings.put("rootEvery", plan.parameters().rootEvery());
        settings.put("mix", plan.parameters().mix());
        settings.put("rounds", plan.rounds());
        settings.put("warmUpRecords", plan.warmUpRecords());
        settings.put("optionsFile", plan.optionsFile());
        settings.put("engines", engines());
        return settings;
    }

    private List<Object> engines() {
        final List<Object> engines = new ArrayList<>();
        for (final EngineKind engine : plan.engines()) {
            final Map<String, Object> map = new LinkedHashMap<>();
            map.put("engine", engine.title());
            map.put("description", engine.description());
            map.put("durability", engine.durability());
            engines.add(map);
        }
        return engines;
    }
}
