package org.avccdb.bench.command;

import picocli.CommandLine;

/** Reads arguments and runs what they ask for. */
public final class CommandLines {
    private CommandLines() {}

    /** Returns the exit status. No argument is the main job. */
    public static int execute(final String... arguments) {
        final String[] asked = arguments.length == 0 ? new String[] {"job"} : arguments;
        return new CommandLine(new BenchCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOverwrittenOptionsAllowed(true)
                .execute(asked);
    }
}
