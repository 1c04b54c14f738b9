package org.avccdb.cli.command;

import picocli.CommandLine.Option;

/** What can be asked for help. */
abstract class Helpful {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;
}
