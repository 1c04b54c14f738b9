package org.avccdb.cli.command;

import java.util.concurrent.Callable;
import org.avccdb.cli.io.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** What all commands share. */
@Command(sortOptions = false, usageHelpAutoWidth = true)
abstract class ConsoleCommand extends Helpful implements Callable<Integer> {
    @ParentCommand
    private Avccdb program;

    final Console console() {
        return program.console();
    }
}
