package org.avccdb.bench.report;

import java.util.List;
import java.util.Map;

/** Where it ran, what ran, and how to run it again. */
final class FactSection {
    private static final List<String> ELSEWHERE = List.of("engines", "workloads");

    private final Run run;
    private final Markup out;

    FactSection(final Run run, final Markup out) {
        this.run = run;
        this.out = out;
    }

    void write() {
        final Object machine = Fields.map(run.content(), "machine");
        out.leaf("h2", "Machine, program, command");
        out.leaf("pre", run.command());
        out.begin("dl");
        fact("commit", Fields.text(run.content(), "commit"));
        fact("started", run.started());
        fact("processor", Fields.text(machine, "processor") + ", " + Fields.text(machine, "cores") + " cores");
        fact("memory", Figures.bytes(Fields.number(machine, "memoryBytes")));
        fact("system", Fields.text(machine, "system"));
        fact("file system", Fields.text(machine, "fileSystem"));
        fact("load before", Figures.plain(Fields.number(machine, "loadAverageBefore")));
        fact("JVM", Fields.text(machine, "jvm"));
        fact("flags", Fields.line(machine, "jvmFlags"));
        fact("heap", Figures.bytes(Fields.number(machine, "maxHeapBytes")) + " at most");
        fact("collectors", Fields.line(machine, "collectors"));
        jitter();
        out.end();
        engines();
        settings();
    }

    private void fact(final String name, final String value) {
        if (!value.isBlank()) {
            out.leaf("dt", name).leaf("dd", value);
        }
    }

    private void jitter() {
        final Distribution jitter = run.jitter();
        fact(
                "idle machine",
                jitter == null
                        ? "not measured"
                        : "gaps of p50 " + Figures.time(jitter.at("p50")) + ", p99.9 "
                                + Figures.time(jitter.at("p99.9"))
                                + ", p99.99 " + Figures.time(jitter.at("p99.99")) + ", longest "
                                + Figures.time(jitter.at("max")));
    }

    private void engines() {
        final List<Map<?, ?>> engines = Fields.maps(Fields.map(run.content(), "settings"), "engines");
        if (engines.isEmpty()) {
            return;
        }
        out.leaf("h3", "Engines").begin("dl");
        for (final Map<?, ?> engine : engines) {
            final String name = Fields.text(engine, "engine");
            out.begin("dt")
                    .leaf("span", "", "class", "swatch " + Palette.of(name))
                    .text(name)
                    .end();
            out.leaf("dd", Fields.text(engine, "description") + ". Durability: " + Fields.text(engine, "durability"));
        }
        out.end();
    }

    private void settings() {
        out.begin("details").leaf("summary", "All settings").begin("dl");
        for (final Map.Entry<?, ?> setting :
                Fields.map(run.content(), "settings").entrySet()) {
            final String name = String.valueOf(setting.getKey());
            if (setting.getValue() != null && !ELSEWHERE.contains(name)) {
                fact(name, number(setting.getValue()));
            }
        }
        out.end().end();
    }

    private static String number(final Object value) {
        return value instanceof Long number ? Figures.whole(number) : value.toString();
    }
}
