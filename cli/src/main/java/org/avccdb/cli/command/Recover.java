package org.avccdb.cli.command;

import org.avccdb.AvccDb;
import org.avccdb.DatabaseMissingException;
import picocli.CommandLine.Command;

/** Rebuilds a manifest. */
@Command(
        name = "recover",
        description = {
            "Rebuilds the manifest of a database from its tables and journals, where CURRENT or the manifest is lost.",
            "A damaged table is refused; moved out of the directory it is left out, with what was in it.",
            "Whether versions are monotone, and whether there are hashes, --options must say; the files do not."
        })
final class Recover extends DatabaseCommand {
    @Override
    public Integer call() {
        requireDatabase();
        try (AvccDb db = AvccDb.recover(directory(), options())) {
            console().line(db.property("avccdb.identity"));
            console().line(db.property("avccdb.levels").stripTrailing());
        }
        return ExitCodes.FINE;
    }

    /** A manifest of nothing would make a database of a directory that was named by mistake. */
    private void requireDatabase() {
        final java.io.File[] files =
                directory().toFile().listFiles((folder, name) -> name.endsWith(".sst") || name.endsWith(".journal"));
        if (files == null || files.length == 0) {
            throw new DatabaseMissingException("there is no table and no journal in " + directory());
        }
    }
}
