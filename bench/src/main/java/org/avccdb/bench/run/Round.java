package org.avccdb.bench.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.avccdb.bench.engines.EngineKind;
import org.avccdb.bench.engines.Events;
import org.avccdb.bench.engines.Store;
import org.avccdb.bench.load.Schedule;
import org.avccdb.bench.measure.IntervalLog;
import org.avccdb.bench.measure.KindLatency;
import org.avccdb.bench.workloads.Content;
import org.avccdb.bench.workloads.Parameters;
import org.avccdb.bench.workloads.Workload;
import org.avccdb.bench.workloads.Workloads;

/**
 * One engine's turn: all workloads, on databases of its own. A workload that fills begins with a fresh one; any other finds
 * the records it needs, settled, and they are written before where they are not there.
 */
final class Round implements AutoCloseable {
    private static final double NANOS_A_SECOND = 1e9;

    private final Plan plan;
    private final EngineKind engine;
    private final int number;
    private final Path directory;
    private final Consumer<String> out;
    private final Tap tap;
    private Store store;
    private Events events;
    private Content content = Content.EMPTY;
    private int databases;

    Round(final Plan plan, final EngineKind engine, final int number, final Consumer<String> out, final Tap tap) {
        this.plan = plan;
        this.engine = engine;
        this.number = number;
        this.out = out;
        this.tap = tap;
        this.directory = plan.databases().resolve(engine.title() + "-round" + number);
    }

    /** The result of each workload that the engine can do. */
    List<Map<String, Object>> run() {
        final List<Map<String, Object>> results = new ArrayList<>();
        for (final Workload workload : plan.workloads()) {
            if (workload.needsProofs() && !engine.proves()) {
                out.accept(engine.title() + " has no roots and proofs: " + workload.name() + " left out");
            } else {
                results.add(run(workload));
            }
        }
        return results;
    }

    private Map<String, Object> run(final Workload workload) {
        warmUp(workload);
        open(workload);
        out.accept(engine.title() + " round " + number + ": " + workload.name());
        final String name = workload.name() + "-" + engine.title() + "-round" + number;
        final Map<String, Long> before = store.counters();
        tap.begins(workload.name());
        final Measured measured;
        try (IntervalLog log = new IntervalLog(plan.results().resolve(name + ".hlog"), name)) {
            measured = new Measurement(workload, store, events, plan.schedule())
                    .run(plan.parameters(), log, progress -> out.accept(progress.line()));
        }
        final List<String> files = new ArrayList<>();
        files.add(name + ".hlog");
        files.addAll(writeDistributions(name, measured.latencies()));
        final long settleBegin = System.nanoTime();
        if (ResultMap.recordsWritten(measured) > 0) {
            store.settle();
            content = workload.leaves();
        }
        final double settleSeconds = (System.nanoTime() - settleBegin) / NANOS_A_SECOND;

        final Map<String, Object> result = new LinkedHashMap<>();
        result.put("workload", workload.name());
        result.put("engine", engine.title());
        result.put("round", number);
        result.put("threads", plan.parameters().threads());
        result.put("synced", workload.synced());
        result.putAll(ResultMap.of(measured, events, plan.schedule().rate()));
        result.put("settleSeconds", settleSeconds);
        result.put("resources", resources(measured));
        result.put("engineCounters", difference(before, store.counters()));
        result.put("levelsAfter", Sampler.levels(store.levels()));
        result.put("description", store.describe());
        result.put("files", files);
        result.put("failures", failures(measured));
        out.accept(ResultText.line(result));
        return result;
    }

    private static void silent(final Progress progress) {}

    private static List<String> failures(final Measured measured) {
        final List<String> failures = new ArrayList<>();
        if (!measured.rateHeld()) {
            failures.add("the rate was not held");
        }
        if (measured.complaint() != null) {
            failures.add(measured.complaint());
        }
        return failures;
    }

    /** A fill is tried out on a small database, anything else on the one that is measured afterwards. */
    private void warmUp(final Workload workload) {
        if (plan.warmUpRecords() == 0) {
            return;
        }
        if (workload.fills()) {
            final Parameters others = plan.parameters().withRecords(plan.warmUpRecords());
            final Path scratch = Directories.fresh(directory.resolveSibling(directory.getFileName() + "-warm-up"));
            final Events unseen = new Events();
            try (Store small = engine.open(plan.settings(scratch, workload.synced()), unseen)) {
                new Measurement(workload, small, unseen, Schedule.closedLoop()).run(others, null, Round::silent);
            } finally {
                Directories.delete(scratch);
            }
            return;
        }
        open(workload);
        tap.begins(workload.name() + "-warm-up");
        final long operations = Math.min(workload.operations().applyAsLong(plan.parameters()), plan.warmUpRecords());
        new Measurement(workload, store, events, Schedule.closedLoop())
                .run(plan.parameters().withOperations(operations), null, Round::silent);
        content = workload.leaves();
        store.settle();
    }

    /** Afterwards the store has what the workload needs. */
    private void open(final Workload workload) {
        if (!workload.fills() && content == workload.needs()) {
            return;
        }
        close();
        events = new Events();
        store = tap.opened(engine.open(
                plan.settings(Directories.fresh(directory.resolve("database" + databases)), workload.synced()),
                events));
        databases++;
        content = Content.EMPTY;
        if (!workload.fills()) {
            final Workload fill =
                    workload.needs() == Content.VERSIONED ? Workloads.FILL_VERSIONS : Workloads.FILL_RANDOM;
            out.accept(engine.title() + " round " + number + ": " + fill.name() + ", not measured");
            tap.begins(fill.name() + "-before");
            new Measurement(fill, store, events, Schedule.closedLoop()).run(plan.parameters(), null, Round::silent);
            store.settle();
            content = fill.leaves();
        }
    }

    private List<String> writeDistributions(final String name, final List<KindLatency> latencies) {
        final List<String> files = new ArrayList<>();
        for (final KindLatency latency : latencies) {
            if (latency.service().getTotalCount() > 0) {
                files.add(name + "-" + latency.kind() + "-service.hgrm");
                IntervalLog.writeDistribution(plan.results().resolve(files.get(files.size() - 1)), latency.service());
                if (latency.response() != null) {
                    files.add(name + "-" + latency.kind() + "-response.hgrm");
                    IntervalLog.writeDistribution(
                            plan.results().resolve(files.get(files.size() - 1)), latency.response());
                }
            }
        }
        return files;
    }

    private Map<String, Object> resources(final Measured measured) {
        final Map<String, Object> map = ResultMap.resources(measured.resources(), measured.operations());
        final long recordBytes =
                (long) plan.parameters().keyBytes() + plan.parameters().valueBytes();
        final long user = ResultMap.recordsWritten(measured) * recordBytes;
        final long settled = measured.meter().use().writtenBytes();
        final Path database = directory.resolve("database" + (databases - 1));
        final long disk = Directories.bytes(database, name -> true);
        final long journals = Directories.bytes(database, store::isJournal);
        map.put("userBytes", user);
        map.put("writtenBytesWhenSettled", settled);
        map.put("writeAmplification", user == 0 || settled < 0 ? null : (double) settled / user);
        map.put("diskBytes", disk);
        map.put("journalBytes", journals);
        if (content == Content.PLAIN || content == Content.VERSIONED) {
            final long live = plan.parameters().records() * recordBytes;
            map.put("liveBytes", live);
            map.put("spaceAmplification", (double) disk / live);
            map.put("spaceAmplificationWithoutJournals", (double) (disk - journals) / live);
        }
        return map;
    }

    private static Map<String, Object> difference(final Map<String, Long> before, final Map<String, Long> after) {
        final Map<String, Object> difference = new LinkedHashMap<>();
        after.forEach((name, value) -> difference.put(name, value - before.getOrDefault(name, 0L)));
        return difference;
    }

    @Override
    public void close() {
        if (store != null) {
            store.close();
            store = null;
        }
        if (!plan.keep()) {
            Directories.delete(directory);
        }
    }
}
