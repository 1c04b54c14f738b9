package org.avccdb.bench.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.avccdb.bench.engines.EngineKind;
import org.avccdb.bench.load.Clock;
import org.avccdb.bench.run.Plan;
import org.avccdb.bench.run.RunFile;
import org.avccdb.bench.run.Runs;
import org.avccdb.bench.run.Summary;
import org.avccdb.bench.trace.Recorder;
import org.avccdb.bench.workloads.Workload;
import org.avccdb.bench.workloads.Workloads;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Workloads, and a recording of them. */
@Command(
        name = "record",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Runs workloads as bench does, and records each operation on their databases.",
            "All workloads but those that need roots or proofs."
        },
        footer = {
            "",
            "Exit status: 0 everything held; 1 an answer was wrong, a rate was not held or something failed; 2 wrong"
                    + " arguments."
        })
public final class RecordCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FILE", description = "The recording; it must not be there yet.")
    private Path recording;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "WORKLOAD", description = "What is run, in this order.")
    private List<String> workloads;

    @Mixin
    private EngineOption engine;

    @Option(
            names = "--warm-up-records",
            defaultValue = "0",
            description = "Records or operations before those that are measured (${DEFAULT-VALUE}: none). Where they"
                    + " are on the same database, they are recorded too.")
    private long warmUpRecords;

    @Mixin
    private LoadOptions load;

    @Mixin
    private Places places;

    @Override
    public Integer call() {
        final Plan plan = plan();
        final List<String> arguments =
                spec.root().commandLine().getParseResult().originalArgs();
        final RunFile file = places.begin("workloads", arguments);
        final Summary summary;
        try (Recorder recorder = new Recorder(
                recording, plan.parameters().keyBytes(), plan.parameters().valueBytes(), Clock.SYSTEM)) {
            summary = new Runs(plan, System.err::println, recorder).run(file, arguments, null);
            System.out.println("recorded: " + recorder.operations() + " operations in " + recording.toAbsolutePath());
        }
        places.clear();
        return Ending.of(file, summary, places);
    }

    private Plan plan() {
        try {
            final List<Workload> chosen =
                    workloads.stream().map(Workloads::named).toList();
            chosen.stream().filter(Workload::needsProofs).findFirst().ifPresent(workload -> {
                throw new IllegalArgumentException(workload.name() + " needs roots or proofs, which are not recorded");
            });
            final List<EngineKind> engines = List.of(engine.kind());
            final org.avccdb.bench.workloads.Parameters parameters = load.parameters();
            if (!Recorder.accepts(parameters.keyBytes(), parameters.valueBytes())) {
                throw new IllegalArgumentException("keys or values are too long to be recorded");
            }
            if (warmUpRecords < 0) {
                throw new IllegalArgumentException("--warm-up-records must be at least 0");
            }
            requireNewFile();
            places.make();
            return new Plan(
                    engines,
                    chosen,
                    parameters,
                    load.schedule(),
                    load.durability(),
                    load.optionsFile(),
                    1,
                    warmUpRecords,
                    places.databases(),
                    places.results(),
                    places.keep());
        } catch (final IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private void requireNewFile() {
        if (Files.exists(recording)) {
            throw new IllegalArgumentException(recording + " is there already");
        }
        if (!Files.isDirectory(recording.toAbsolutePath().getParent())) {
            throw new IllegalArgumentException("there is no directory for " + recording);
        }
    }
}
