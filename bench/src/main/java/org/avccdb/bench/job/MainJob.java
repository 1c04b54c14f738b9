package org.avccdb.bench.job;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.avccdb.Snapshot;
import org.avccdb.bench.engines.AvccStore;
import org.avccdb.bench.engines.Durability;
import org.avccdb.bench.engines.EngineKind;
import org.avccdb.bench.engines.Events;
import org.avccdb.bench.engines.StoreSettings;
import org.avccdb.bench.load.Schedule;
import org.avccdb.bench.measure.IntervalLog;
import org.avccdb.bench.run.Directories;
import org.avccdb.bench.run.Measured;
import org.avccdb.bench.run.Measurement;
import org.avccdb.bench.run.ResultMap;
import org.avccdb.bench.run.RunFile;
import org.avccdb.bench.run.Sampler;
import org.avccdb.bench.workloads.Parameters;
import org.avccdb.bench.workloads.Task;
import org.avccdb.bench.workloads.Workloads;

/** Fills a fresh database, and checks that everything about it holds. */
public final class MainJob {
    private static final long WARM_UP = 200_000;
    private static final String LOG = "fillversions.hlog";
    private static final String DISTRIBUTION = "fillversions.hgrm";

    private final JobSettings settings;
    private final Consumer<String> out;
    private final Events events = new Events();
    private final List<Map<String, Object>> results = new ArrayList<>();
    private final List<Check> checks = new ArrayList<>();
    private String levels = "";

    /** What it tells goes to the consumer, line by line. */
    public MainJob(final JobSettings settings, final Consumer<String> out) {
        this.settings = settings;
        this.out = out;
    }

    /** Runs it; what did not hold is in the file. */
    public void run(final RunFile file) {
        final Path directory = settings.databases().resolve("job");
        final Parameters parameters = settings.parameters();
        final StoreSettings opened = opened(directory);
        warmUp(opened, parameters);
        Directories.fresh(directory);
        final long deleted = settings.deletes();
        try (AvccStore store = new AvccStore(opened, events)) {
            fill(store, parameters);
            check(store, Task.of(store, parameters, true), deleted);
        }
        try (AvccStore store = new AvccStore(opened, events)) {
            out.accept("checking after closing and opening it again");
            add(new ReadChecks(store.database(), Task.of(store, parameters, true))
                    .iteration("opened again", keysLeft(deleted), recordsLeft(deleted)));
        }
        if (!settings.keep()) {
            Directories.delete(directory);
        }
        file.put("settings", settingsMap());
        file.put("checks", checks.stream().map(MainJob::map).toList());
        file.put("results", results);
        checks.stream()
                .filter(check -> !check.held())
                .forEach(check -> file.fail(check.name() + ": " + check.detail()));
    }

    private StoreSettings opened(final Path directory) {
        return new StoreSettings(
                directory,
                Durability.DEFAULT,
                settings.optionsFile(),
                settings.keyBytes(),
                settings.valueBytes(),
                settings.keys() * settings.versions());
    }

    /** Fills a small database, so that what is measured afterwards is not the compiler. */
    private void warmUp(final StoreSettings opened, final Parameters parameters) {
        out.accept("warming up");
        Directories.fresh(opened.directory());
        final Events unseen = new Events();
        try (AvccStore store = new AvccStore(opened, unseen)) {
            new Measurement(Workloads.FILL_VERSIONS, store, unseen, Schedule.closedLoop())
                    .run(parameters.withRecords(Math.min(WARM_UP, parameters.records())), null, progress -> {});
        }
    }

    private void fill(final AvccStore store, final Parameters parameters) {
        out.accept(String.format(
                "filling %,d keys x %d versions into %s", settings.keys(), settings.versions(), settings.databases()));
        final Measured measured;
        try (IntervalLog log = new IntervalLog(settings.results().resolve(LOG), "fillversions")) {
            measured = new Measurement(Workloads.FILL_VERSIONS, store, events, Schedule.closedLoop())
                    .run(parameters, log, progress -> out.accept(progress.line()));
        }
        IntervalLog.writeDistribution(
                settings.results().resolve(DISTRIBUTION),
                measured.latencies().get(0).service());
        final long settling = System.nanoTime();
        store.settle();
        final Map<String, Object> result = new LinkedHashMap<>();
        result.put("workload", Workloads.FILL_VERSIONS.name());
        result.put("engine", EngineKind.AVCCDB.title());
        result.put("round", 1);
        result.put("threads", 1);
        result.putAll(ResultMap.of(measured, events, 0));
        result.put("settleSeconds", (System.nanoTime() - settling) / 1e9);
        result.put("resources", ResultMap.resources(measured.resources(), measured.operations()));
        result.put("levelsAfter", Sampler.levels(store.levels()));
        result.put("files", List.of(LOG, DISTRIBUTION));
        result.put("failures", List.of());
        results.add(result);
    }

    private void check(final AvccStore store, final Task task, final long deleted) {
        final ReadChecks reads = new ReadChecks(store.database(), task);
        final ProofChecks proofs = new ProofChecks(store.database(), task);
        out.accept("reading every version of sampled keys");
        add(reads.everyVersion("every version", settings.samples()));
        try (Snapshot before = store.database().snapshot()) {
            out.accept("proving and verifying");
            add(proofs.proofs("proofs before compaction", before, settings.samples()));
            out.accept("compacting");
            add(proofs.rootsAcrossCompaction("roots across compaction", before, settings.samples()));
        }
        levels = store.database().property("avccdb.levels");
        try (Snapshot after = store.database().snapshot()) {
            add(proofs.proofs("proofs after compaction", after, settings.samples()));
        }
        add(reads.everyVersion("every version after compaction", settings.samples()));
        out.accept("walking over everything");
        add(reads.iteration("iteration", settings.keys(), settings.keys() * settings.versions()));
        out.accept("deleting");
        add(new DeleteChecks(store.database(), task).deletes("deletes", deleted));
        add(reads.iteration("iteration after deletes", keysLeft(deleted), recordsLeft(deleted)));
    }

    /** Where there is one version only, deleting the latest one deletes the key. */
    private long keysLeft(final long deleted) {
        return settings.keys() - (settings.versions() == 1 ? 2 : 1) * deleted;
    }

    private long recordsLeft(final long deleted) {
        return (settings.keys() - deleted) * settings.versions() - deleted;
    }

    private void add(final Stage stage) {
        final Check check = stage.check();
        checks.add(check);
        out.accept((check.held() ? "  holds: " : "  FAILED: ") + check.name() + ", " + check.detail());
        final Map<String, Object> result = stage.result(events);
        if (result != null) {
            results.add(result);
        }
    }

    private static Map<String, Object> map(final Check check) {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", check.name());
        map.put("held", check.held());
        map.put("detail", check.detail());
        return map;
    }

    private Map<String, Object> settingsMap() {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("keys", settings.keys());
        map.put("versions", settings.versions());
        map.put("keyBytes", settings.keyBytes());
        map.put("valueBytes", settings.valueBytes());
        map.put("samples", settings.samples());
        map.put("optionsFile", settings.optionsFile());
        return map;
    }

    /** Latencies, levels and checks as tables. */
    public String tables() {
        return JobTables.of(results, levels, checks);
    }
}
