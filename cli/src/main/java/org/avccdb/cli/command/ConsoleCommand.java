package org.avccdb.cli.command;

import java.util.concurrent.Callable;
import org.avccdb.cli.io.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** What all commands share. */
@Command(sortOptions = false, usageHelpAutoWidth = true)
abstract class ConsoleCommand implements Callable<Integer> {
    @ParentCommand
    private Avccdb program;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    final Console console() {
        return program.console();
    }
}
