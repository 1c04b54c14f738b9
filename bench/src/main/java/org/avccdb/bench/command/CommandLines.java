package org.avccdb.bench.command;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Reads arguments and runs what they ask for. */
public final class CommandLines {
    private CommandLines() {}

    /** Returns the exit status. No argument is the main job. */
    public static int execute(final String... arguments) {
        final String[] asked = arguments.length == 0 ? new String[] {"job"} : arguments;
        return new CommandLine(new BenchCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOverwrittenOptionsAllowed(true)
                .setParameterExceptionHandler(CommandLines::tell)
                .execute(asked);
    }

    /** Without all the help, above which nobody would see what is wrong. */
    private static int tell(final ParameterException error, final String[] arguments) {
        final CommandLine asked = error.getCommandLine();
        asked.getErr()
                .println(error.getMessage() + "; see '" + asked.getCommandSpec().qualifiedName() + " --help'");
        return asked.getCommandSpec().exitCodeOnInvalidInput();
    }
}
