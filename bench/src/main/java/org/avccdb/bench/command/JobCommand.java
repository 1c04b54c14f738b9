package org.avccdb.bench.command;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.avccdb.bench.job.JobSettings;
import org.avccdb.bench.job.MainJob;
import org.avccdb.bench.run.RunFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The main job. */
@Command(
        name = "job",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Fills a fresh database with versioned records, and checks reads, roots, proofs, iteration, deletes.",
        footer = {"", "Exit status: 0 all checks held; 1 one did not, or something failed; 2 wrong arguments."})
public final class JobCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--keys", defaultValue = "200000", description = "Keys, at least 4 (${DEFAULT-VALUE}).")
    private long keys;

    @Option(names = "--versions", defaultValue = "5", description = "Versions of each, 1 to 63 (${DEFAULT-VALUE}).")
    private int versions;

    @Option(names = "--key-bytes", defaultValue = "16", description = "Length of keys, from 8 (${DEFAULT-VALUE}).")
    private int keyBytes;

    @Option(names = "--value-bytes", defaultValue = "100", description = "Length of values, from 1 (${DEFAULT-VALUE}).")
    private int valueBytes;

    @Option(names = "--samples", defaultValue = "1000", description = "Keys looked at in a check (${DEFAULT-VALUE}).")
    private long samples;

    @Option(
            names = "--options",
            converter = OptionsFile.class,
            description = "Properties file with options of avccDB, by their names.")
    private Path optionsFile;

    @Mixin
    private Places places;

    @Override
    public Integer call() {
        if (keys < 4 || versions < 1 || versions > 63 || keyBytes < 8 || valueBytes < 1 || samples < 1) {
            throw new ParameterException(spec.commandLine(), "an argument is out of its range; see --help");
        }
        places.make();
        final List<String> arguments = spec.commandLine().getParent() == null
                ? List.of()
                : spec.commandLine().getParent().getParseResult().originalArgs();
        final RunFile file = places.begin("job", arguments);
        final MainJob job = new MainJob(
                new JobSettings(
                        keys,
                        versions,
                        keyBytes,
                        valueBytes,
                        optionsFile,
                        samples,
                        places.databases(),
                        places.results(),
                        places.keep()),
                System.err::println);
        job.run(file);
        places.clear();
        return Ending.of(file, job.tables(), places);
    }
}
