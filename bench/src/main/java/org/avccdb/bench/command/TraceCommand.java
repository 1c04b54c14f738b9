package org.avccdb.bench.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Recordings of workloads. */
@Command(
        name = "trace",
        subcommands = {RecordCommand.class, ReplayCommand.class},
        mixinStandardHelpOptions = true,
        description = "Records what workloads do to a database, or does it again on any engine.")
public final class TraceCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "either record or replay");
    }
}
