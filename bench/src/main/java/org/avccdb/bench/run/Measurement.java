package org.avccdb.bench.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.avccdb.bench.engines.Events;
import org.avccdb.bench.engines.Store;
import org.avccdb.bench.load.ProofSizes;
import org.avccdb.bench.load.Schedule;
import org.avccdb.bench.load.Sink;
import org.avccdb.bench.load.Worker;
import org.avccdb.bench.measure.IntervalLog;
import org.avccdb.bench.measure.LatencyCollector;
import org.avccdb.bench.measure.ResourceMeter;
import org.avccdb.bench.workloads.Parameters;
import org.avccdb.bench.workloads.Task;
import org.avccdb.bench.workloads.Workload;

/** One run of one workload on an open store. */
public final class Measurement {
    private static final long SECOND = 1_000_000_000;

    private final Workload workload;
    private final Store store;
    private final Events events;
    private final Schedule schedule;

    /** Is made for each run. */
    public Measurement(final Workload workload, final Store store, final Events events, final Schedule schedule) {
        this.workload = workload;
        this.store = store;
        this.events = events;
        this.schedule = schedule;
    }

    /** Does all operations. The log may be null. Each second the progress is told. */
    public Measured run(final Parameters parameters, final IntervalLog log, final Consumer<Progress> progress) {
        final long operations = workload.operations().applyAsLong(parameters);
        final Task task = Task.of(store, parameters, workload.versioned());
        final LatencyCollector collector = new LatencyCollector(workload.kinds(), schedule.isOpen());
        final List<Worker> workers = new ArrayList<>();
        final List<Sink> sinks = new ArrayList<>();
        final int threads = (int) Math.min(parameters.threads(), operations);
        try {
            for (int thread = 0; thread < threads; thread++) {
                workers.add(workload.worker().apply(task, thread));
                sinks.add(collector.newSink());
            }
            final Worker background =
                    workload.background() == null ? null : workload.background().apply(task, threads);
            if (background != null) {
                workers.add(background);
            }
            final Sink backgroundSink = background == null ? null : lastKind(collector.newSink());
            final LoadThreads load = new LoadThreads(
                    workers.subList(0, threads), sinks, background, backgroundSink, schedule, operations);
            final Sampler sampler = new Sampler(store, events, collector, log);
            final Measured measured = watch(load, sampler, collector, operations, progress);
            final String complaint = workers.stream()
                    .map(Worker::complaint)
                    .filter(Objects::nonNull)
                    .distinct()
                    .collect(Collectors.joining("; "));
            final ProofSizes sizes = new ProofSizes();
            workers.forEach(worker -> worker.addProofSizes(sizes));
            return measured.withAnswers(sizes, complaint.isEmpty() ? null : complaint);
        } finally {
            workers.forEach(Worker::close);
        }
    }

    /** In an open loop a worker beside the others has no times: what it does is due when it begins. */
    private Sink lastKind(final Sink sink) {
        final int kind = workload.kinds().size() - 1;
        return (ignored, service, response, records) -> sink.record(kind, service, response, 0);
    }

    private Measured watch(
            final LoadThreads load,
            final Sampler sampler,
            final LatencyCollector collector,
            final long operations,
            final Consumer<Progress> progress) {
        try {
            final ResourceMeter meter = new ResourceMeter();
            final long start = load.start();
            sampler.start(start);
            long next = start + SECOND;
            while (!load.awaitDone(Math.max(0, next - System.nanoTime()))) {
                sampler.sample();
                progress.accept(new Progress(collector, store, System.nanoTime() - start));
                next += SECOND;
            }
            load.stopBackground();
            final long end = load.endNanos();
            sampler.sample();
            return new Measured(
                    operations,
                    collector.records(),
                    start,
                    end,
                    collector.totals(),
                    sampler.series(),
                    meter,
                    meter.use(),
                    schedule.isHeld(operations, end - start),
                    new ProofSizes(),
                    null);
        } finally {
            load.dismiss();
        }
    }
}
