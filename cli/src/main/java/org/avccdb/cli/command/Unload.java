package org.avccdb.cli.command;

import org.avccdb.AvccDb;
import org.avccdb.Cursor;
import org.avccdb.cli.load.Lines;
import picocli.CommandLine.Command;

/** Prints everything in lines that {@link Load} reads. */
@Command(
        name = "unload",
        description = {
            "Prints every live version of every key as lines that load reads: put, version, key, value.",
            "Loaded into an empty database, they make one with the same keys, versions and values."
        })
final class Unload extends RangeCommand {
    @Override
    public Integer call() {
        final Lines lines = new Lines(formats().keys(), formats().values());
        try (AvccDb db = openToRead();
                Cursor cursor = db.versionCursor(keys())) {
            while (cursor.next()) {
                console().line(lines.put(cursor.version(), cursor.keyBytes(), cursor.valueBytes()));
            }
        }
        return ExitCodes.FINE;
    }
}
