package org.avccdb.cli.command;

import org.avccdb.AvccDb;
import org.avccdb.KeyRange;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Merges a range down. */
@Command(
        name = "compact",
        description = "Merges all tables of a range as far down as it goes, so that what was overwritten or deleted"
                + " takes no room.")
final class Compact extends DatabaseCommand {
    @Mixin
    private RangeOptions range;

    @Mixin
    private FormatOptions formats;

    @Override
    public Integer call() {
        try (AvccDb db = openToWrite()) {
            final KeyRange keys = range.range(formats.keys());
            Ticker.during(console(), "still merging", () -> {
                db.compactRange(keys);
                return null;
            });
        }
        return ExitCodes.FINE;
    }
}
