package org.avccdb.bench.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes pages of what benchmarks wrote down. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Makes one page of all runs below a directory: report.html in it, which needs no network and no other file.",
            "With --index: a page of each run beside its run.json, and index.html of all of them and of JMH's results."
        },
        footer = {"", "Exit status: 0 written; 2 wrong arguments, or no run was found."})
public final class ReportCommand implements Callable<Integer> {
    private static final String WHAT_TO_NAME =
            "name one that a benchmark wrote its results into, as results/DATE-TIME; ./avccdb bench makes one";

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "DIR",
            arity = "0..1",
            description = "Where runs are, as results/DATE-TIME or perf-reports.")
    private Path directory;

    @Option(names = "--index", description = "Make an index with a page of each run.")
    private boolean index;

    @Option(
            names = "--picture",
            paramLabel = "FILE.svg",
            description = "Write only the percentiles of one workload, as a picture.")
    private Path picture;

    @Option(names = "--workload", defaultValue = "fillrandom", description = "Which one. Default: ${DEFAULT-VALUE}")
    private String workload;

    /** Returns the exit status. */
    public static int execute(final String... arguments) {
        return new CommandLine(new ReportCommand()).execute(arguments);
    }

    @Override
    public Integer call() {
        if (directory == null) {
            throw new ParameterException(spec.commandLine(), "No directory: " + WHAT_TO_NAME);
        }
        if (!Files.isDirectory(directory)) {
            throw new ParameterException(spec.commandLine(), directory + " is no directory: " + WHAT_TO_NAME);
        }
        try {
            System.out.println("report: " + write());
            return 0;
        } catch (final IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private Path write() {
        if (picture != null) {
            return Report.writePicture(directory, workload, picture);
        }
        return index ? Index.write(directory) : Report.write(directory);
    }
}
