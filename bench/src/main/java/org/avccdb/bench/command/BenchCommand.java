package org.avccdb.bench.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.avccdb.bench.engines.EngineKind;
import org.avccdb.bench.run.Plan;
import org.avccdb.bench.run.RunFile;
import org.avccdb.bench.run.Runs;
import org.avccdb.bench.run.Summary;
import org.avccdb.bench.workloads.Workload;
import org.avccdb.bench.workloads.Workloads;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Workloads on engines. */
@Command(
        name = "bench",
        subcommands = {JobCommand.class, TraceCommand.class},
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Measures workloads on avccDB and its peers.",
            "Without any argument: the main job, a million versioned records with checks (bench job --help).",
            "Behind the word jmh: JMH's benchmarks, with its arguments; behind the word report: pages of results;",
            "behind the word trace: recordings of workloads (trace --help)."
        },
        footer = {
            "",
            "Workloads: fillseq, fillrandom, fillbatch, fillsync, fillversions, overwrite, readrandom, readmissing,"
                    + " readasof, readwhilewriting, scan, shortscan, prove, verify, rootevery, mixed, ycsba to ycsbf.",
            "Engines: avccdb, rocksdb, rocksdb-tuned, lmdb, mvstore.",
            "A workload that fills begins with an empty database; any other finds the records it needs, settled.",
            "",
            "Exit status: 0 everything held; 1 an answer was wrong, a rate was not held or something failed; 2 wrong"
                    + " arguments."
        })
public final class BenchCommand implements Callable<Integer> {
    private static final List<String> USUAL =
            List.of("fillrandom", "readrandom", "readmissing", "scan", "shortscan", "fillbatch", "fillsync");

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "WORKLOAD", description = "What is run, in this order; where left out, the usual ones.")
    private List<String> workloads = new ArrayList<>();

    @Mixin
    private EngineOption engine;

    @Option(
            names = "--versus",
            split = ",",
            description = "Engines that take turns with it, round by round, each time on fresh directories.")
    private List<String> versus = new ArrayList<>();

    @Option(names = "--rounds", description = "How often each engine has its turn (1; with --versus 3).")
    private Integer rounds;

    @Option(
            names = "--fork",
            negatable = true,
            description = "Run each engine's turn in a JVM of its own, with the flags of this one, so that memory is"
                    + " its own (usual with --versus).")
    private Boolean fork;

    @Option(
            names = "--warm-up-records",
            defaultValue = "200000",
            description = "Records or operations before those that are measured (${DEFAULT-VALUE}; 0: none).")
    private long warmUpRecords;

    /** Given to a forked JVM by the one that forks it: engine, round, file for the results. */
    @Option(names = "--turn", hidden = true)
    private String turn;

    @Mixin
    private LoadOptions load;

    @Mixin
    private Places places;

    @Override
    public Integer call() {
        final Plan plan = plan();
        if (turn != null) {
            final String[] parts = turn.split(":", 3);
            new Runs(plan, this::tell).turn(EngineKind.of(parts[0]), Integer.parseInt(parts[1]), Path.of(parts[2]));
            return 0;
        }
        final List<String> arguments = spec.commandLine().getParseResult().originalArgs();
        final RunFile file = places.begin("workloads", arguments);
        final boolean forks = fork == null ? !versus.isEmpty() : fork;
        final Summary summary = new Runs(plan, this::tell).run(file, arguments, forks ? Forked.MAIN_CLASS : null);
        places.clear();
        return Ending.of(file, summary, places);
    }

    private Plan plan() {
        try {
            final List<Workload> chosen = (workloads.isEmpty() ? USUAL : workloads)
                    .stream().map(Workloads::named).toList();
            final List<EngineKind> engines = new ArrayList<>();
            engines.add(engine.kind());
            versus.forEach(name -> engines.add(EngineKind.of(name)));
            final org.avccdb.bench.workloads.Parameters parameters = load.parameters();
            final int times = rounds == null ? (versus.isEmpty() ? 1 : 3) : rounds;
            if (times < 1 || warmUpRecords < 0) {
                throw new IllegalArgumentException("--rounds must be at least 1, --warm-up-records at least 0");
            }
            places.make();
            return new Plan(
                    engines,
                    chosen,
                    parameters,
                    load.schedule(),
                    load.durability(),
                    load.optionsFile(),
                    times,
                    warmUpRecords,
                    places.databases(),
                    places.results(),
                    places.keep());
        } catch (final IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private void tell(final String line) {
        System.err.println(line);
    }
}
