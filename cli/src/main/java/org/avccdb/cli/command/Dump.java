package org.avccdb.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import org.avccdb.cli.dump.FileDump;
import org.avccdb.cli.io.InputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the bytes of a file. */
@Command(
        name = "dump",
        description = {
            "Prints a file of a database as hex, each field with its meaning; damage is marked with !!.",
            "It opens no database: the file may be damaged, and the database open. Exit code 1: there is damage."
        })
final class Dump extends ConsoleCommand {
    @Parameters(index = "0", paramLabel = "FILE", description = "CURRENT, MANIFEST-n, n.journal or n.sst.")
    private Path file;

    @Option(
            names = "--longest",
            paramLabel = "N",
            defaultValue = "64",
            description = "Show no more than so many bytes of a field; ${DEFAULT-VALUE} where nothing is said.")
    private int longest;

    @Override
    public Integer call() throws IOException {
        if (longest < 1) {
            throw new InputException("--longest is 1 or more, not " + longest);
        }
        return FileDump.show(file, console(), longest) == 0 ? ExitCodes.FINE : ExitCodes.NEGATIVE;
    }
}
