package org.avccdb.cli.command;

import java.nio.file.Path;
import org.avccdb.AvccDb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Copies a database. */
@Command(name = "checkpoint", description = "Makes a copy that can be opened, of hard links where that is possible.")
final class Checkpoint extends DatabaseCommand {
    @Parameters(index = "1", paramLabel = "TARGET", description = "Where it goes: a directory not there yet, or empty.")
    private Path target;

    @Override
    public Integer call() {
        try (AvccDb db = openToRead()) {
            db.checkpoint(target);
        }
        return ExitCodes.FINE;
    }
}
