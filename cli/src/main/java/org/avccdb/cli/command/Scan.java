package org.avccdb.cli.command;

import org.avccdb.AvccDb;
import org.avccdb.Cursor;
import org.avccdb.KeyRange;
import org.avccdb.cli.io.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints the entries of a range. */
@Command(
        name = "scan",
        description = "Prints keys and their latest values, in order: key, tab, value;"
                + " with --versions key, tab, version, tab, value.")
final class Scan extends RangeCommand {
    @Option(names = "--versions", description = "Print every version, the highest first.")
    private boolean versions;

    @Option(names = "--keys", description = "Print no values.")
    private boolean keysOnly;

    @Option(names = "--reverse", description = "Print the last entry first.")
    private boolean reverse;

    @Option(names = "--limit", paramLabel = "N", description = "Print no more than so many entries.")
    private long limit = Long.MAX_VALUE;

    @Option(names = "--json", description = "Print an object with key, version, sequence and value a line.")
    private boolean json;

    @Override
    public Integer call() {
        final KeyRange keys = keys();
        try (AvccDb db = openToRead();
                Cursor cursor = versions ? db.versionCursor(keys) : db.cursor(keys)) {
            long printed = 0;
            boolean more = reverse ? cursor.last() : cursor.first();
            while (more && printed < limit) {
                console().line(json ? object(cursor) : columns(cursor));
                printed++;
                more = reverse ? cursor.prev() : cursor.next();
            }
        }
        return ExitCodes.FINE;
    }

    private String columns(final Cursor cursor) {
        return formats().keys().print(cursor.keyBytes())
                + (versions ? "\t" + cursor.version() : "")
                + (keysOnly ? "" : "\t" + formats().values().print(cursor.valueBytes()));
    }

    private String object(final Cursor cursor) {
        final var fields = Json.object(
                "key", formats().keys().print(cursor.keyBytes()),
                "version", cursor.version(),
                "sequence", cursor.sequence());
        if (!keysOnly) {
            fields.put("value", formats().values().print(cursor.valueBytes()));
        }
        return Json.text(fields);
    }
}
