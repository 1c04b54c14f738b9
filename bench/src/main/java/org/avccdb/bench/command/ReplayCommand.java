package org.avccdb.bench.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.avccdb.bench.engines.Durability;
import org.avccdb.bench.engines.EngineKind;
import org.avccdb.bench.run.Plan;
import org.avccdb.bench.run.RunFile;
import org.avccdb.bench.run.Runs;
import org.avccdb.bench.run.Summary;
import org.avccdb.bench.trace.Recording;
import org.avccdb.bench.trace.Replay;
import org.avccdb.bench.trace.Speed;
import org.avccdb.bench.trace.TraceException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A recording, done again. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Does all operations of a recording again, by one thread, on new databases.",
        footer = {"", "Exit status: 0 all was done; 1 the file is damaged or something failed; 2 wrong arguments."})
public final class ReplayCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The recording.")
    private Path recording;

    @Mixin
    private EngineOption engine;

    @Option(
            names = "--speed",
            defaultValue = "FULL",
            description = "original: each operation is due when it was begun in the recording; full, the default: as"
                    + " fast as it goes.")
    private Speed speed;

    @Option(
            names = "--durability",
            defaultValue = "DEFAULT",
            description = "What a write survives: none, default (the process) or sync (loss of power).")
    private Durability durability;

    @Option(
            names = "--options",
            converter = OptionsFile.class,
            description = "Properties file with options of avccDB, by their names.")
    private Path optionsFile;

    @Mixin
    private Places places;

    @Override
    public Integer call() {
        final EngineKind kind = engine();
        final Recording read;
        try {
            read = new Recording(recording);
        } catch (final TraceException e) {
            System.err.println("FAILED: " + recording + " cannot be replayed: " + e.getMessage());
            return 1;
        }
        places.make();
        final Plan plan = plan(kind, new Replay(read, speed));
        final List<String> arguments =
                spec.root().commandLine().getParseResult().originalArgs();
        final RunFile file = places.begin("workloads", arguments);
        file.put("replayed", replayed(read));
        final Summary summary = new Runs(plan, System.err::println).run(file, arguments, null);
        places.clear();
        return Ending.of(file, summary, places);
    }

    private EngineKind engine() {
        if (!Files.isRegularFile(recording)) {
            throw new ParameterException(spec.commandLine(), "there is no file " + recording);
        }
        try {
            return engine.kind();
        } catch (final IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private Plan plan(final EngineKind kind, final Replay replay) {
        return new Plan(
                List.of(kind),
                replay.workloads(),
                replay.parameters(),
                replay.schedule(),
                durability,
                optionsFile,
                1,
                0,
                places.databases(),
                places.results(),
                places.keep());
    }

    private Map<String, Object> replayed(final Recording read) {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("file", recording.toAbsolutePath().toString());
        map.put("operations", read.operations());
        map.put("speed", speed.name());
        return map;
    }
}
