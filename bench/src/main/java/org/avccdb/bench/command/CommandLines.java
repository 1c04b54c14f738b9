package org.avccdb.bench.command;

import picocli.CommandLine;

/** Reads arguments and runs what they ask for. */
public final class CommandLines {
    private CommandLines() {}

    /** Returns the exit status. */
    public static int execute(final String... arguments) {
        return new CommandLine(new BenchCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOverwrittenOptionsAllowed(true)
                .execute(arguments);
    }
}
