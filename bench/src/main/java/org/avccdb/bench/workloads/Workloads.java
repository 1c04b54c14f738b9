package org.avccdb.bench.workloads;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.avccdb.bench.load.Permutation;
import org.avccdb.bench.load.Worker;

/** All workloads there are. */
public final class Workloads {
    /** Writes every key in every version; what {@link Content#VERSIONED} stands for. */
    public static final Workload FILL_VERSIONS =
            fill("fillversions", Content.VERSIONED, p -> p.versionedKeys() * p.versions(), VersionedPutWorker::new);

    /** Writes every record once, in random order; what {@link Content#PLAIN} stands for. */
    public static final Workload FILL_RANDOM = fill(
            "fillrandom",
            Content.PLAIN,
            Parameters::records,
            (task, thread) ->
                    new PutWorker(task, new Permutation(task.parameters().records(), 1)::at));

    private static final long PROOFS = 10_000;
    private static final long SCANS_PART = 50;
    private static final int THROUGH_ALL = 3;

    private static final List<Workload> ALL = List.of(
            fill("fillseq", Content.PLAIN, Parameters::records, (task, thread) -> new PutWorker(task, i -> i)),
            FILL_RANDOM,
            fill(
                    "fillbatch",
                    Content.PLAIN,
                    p -> (p.records() + p.batchRecords() - 1) / p.batchRecords(),
                    (task, thread) -> new BatchWorker(task)),
            new Workload(
                    "fillsync",
                    Content.EMPTY,
                    Content.OTHER,
                    List.of("put"),
                    true,
                    false,
                    p -> Math.min(p.records(), p.syncRecords()),
                    (task, thread) -> new PutWorker(
                            task, new Permutation(task.parameters().records(), 1)::at),
                    null),
            FILL_VERSIONS,
            on(
                    Content.PLAIN,
                    "overwrite",
                    "put",
                    p -> p.operationsOr(p.records()),
                    (task, thread) -> new PutWorker(task, new UniformKeys(task, thread))),
            on(
                    Content.PLAIN,
                    "readrandom",
                    "get",
                    p -> p.operationsOr(p.records()),
                    (task, thread) -> new GetWorker(task, thread, false)),
            on(
                    Content.PLAIN,
                    "readmissing",
                    "get",
                    p -> p.operationsOr(p.records()),
                    (task, thread) -> new GetWorker(task, thread, true)),
            on(Content.VERSIONED, "readasof", "get", p -> p.operationsOr(p.records()), AsOfWorker::new),
            new Workload(
                    "readwhilewriting",
                    Content.PLAIN,
                    Content.PLAIN,
                    List.of("get", "put"),
                    false,
                    false,
                    p -> p.operationsOr(p.records()),
                    (task, thread) -> new GetWorker(task, thread, false),
                    (task, thread) -> new PutWorker(task, new UniformKeys(task, thread))),
            on(
                    Content.PLAIN,
                    "scan",
                    "scan",
                    p -> p.operationsOr((long) THROUGH_ALL * p.threads()),
                    (task, thread) -> new ScanWorker(task)),
            on(Content.PLAIN, "shortscan", "scan", p -> p.operationsOr(p.records() / SCANS_PART), ShortScanWorker::new),
            proving("prove", "prove", ProveWorker::new),
            proving("verify", "verify", VerifyWorker::new),
            new Workload(
                    "rootevery",
                    Content.PLAIN,
                    Content.PLAIN,
                    List.of("put", "root"),
                    false,
                    true,
                    p -> p.operationsOr(p.records()),
                    RootWorker::new,
                    null),
            mixed("mixed", null),
            mixed("ycsba", Mix.ofYcsb('a')),
            mixed("ycsbb", Mix.ofYcsb('b')),
            mixed("ycsbc", Mix.ofYcsb('c')),
            mixed("ycsbd", Mix.ofYcsb('d')),
            mixed("ycsbe", Mix.ofYcsb('e')),
            mixed("ycsbf", Mix.ofYcsb('f')));

    private Workloads() {}

    private static Workload fill(
            final String name,
            final Content leaves,
            final ToLongFunction<Parameters> operations,
            final BiFunction<Task, Integer, Worker> worker) {
        return new Workload(name, Content.EMPTY, leaves, List.of("put"), false, false, operations, worker, null);
    }

    private static Workload on(
            final Content content,
            final String name,
            final String kind,
            final ToLongFunction<Parameters> operations,
            final BiFunction<Task, Integer, Worker> worker) {
        return new Workload(name, content, content, List.of(kind), false, false, operations, worker, null);
    }

    private static Workload proving(
            final String name, final String kind, final BiFunction<Task, Integer, Worker> worker) {
        return new Workload(
                name,
                Content.PLAIN,
                Content.PLAIN,
                List.of(kind),
                false,
                true,
                p -> p.operationsOr(Math.min(PROOFS, p.records())),
                worker,
                null);
    }

    private static Workload mixed(final String name, final Mix mix) {
        return new Workload(
                name,
                Content.PLAIN,
                Content.OTHER,
                MixedWorker.KINDS,
                false,
                false,
                p -> p.operationsOr(mix != null && mix.scan() > 0 ? p.records() / SCANS_PART : p.records()),
                (task, thread) -> new MixedWorker(task, thread, mix == null ? chosen(task) : mix),
                null);
    }

    private static Mix chosen(final Task task) {
        final Mix mix = task.parameters().mix();
        return mix == null ? Mix.ofYcsb('a') : mix;
    }

    /** Those names that can be given on the command line. */
    public static List<String> names() {
        return ALL.stream().map(Workload::name).collect(Collectors.toList());
    }

    /** The workload of a name. */
    public static Workload named(final String name) {
        return ALL.stream()
                .filter(workload -> workload.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no workload '" + name + "'; there are " + String.join(", ", names())));
    }
}
