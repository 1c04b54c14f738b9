package org.avccdb.cli.command;

import org.avccdb.AvccDb;
import picocli.CommandLine.Command;

/** Merges a range down. */
@Command(
        name = "compact",
        description = "Merges all tables of a range as far down as it goes, so that what was overwritten or deleted"
                + " takes no room.")
final class Compact extends RangeCommand {
    @Override
    public Integer call() {
        try (AvccDb db = openToWrite()) {
            Ticker.during(console(), "still merging", () -> {
                db.compactRange(keys());
                return null;
            });
        }
        return ExitCodes.FINE;
    }
}
