package org.avccdb.cli.command;

import java.util.List;
import org.avccdb.AvccDb;
import org.avccdb.VersionedValue;
import org.avccdb.cli.io.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints all versions of a key. */
@Command(
        name = "history",
        description =
                "Prints the versions of a key, the lowest first: version, tab, value. Version 0 is the plain value.")
final class History extends DatabaseCommand {
    @Parameters(index = "1", paramLabel = "KEY", description = "Whose versions.")
    private String key;

    @Option(names = "--min", paramLabel = "N", description = "Only versions from this one on.")
    private long min;

    @Option(names = "--max", paramLabel = "N", description = "Only versions up to this one; 0 is no bound.")
    private long max;

    @Option(names = "--json", description = "Print an object with version, sequence and value a line.")
    private boolean json;

    @Mixin
    private FormatOptions formats;

    @Override
    public Integer call() {
        final List<VersionedValue> entries;
        try (AvccDb db = openToRead()) {
            entries = db.getVersionHistory(formats.keys().parse(key), min, max);
        }
        for (final VersionedValue entry : entries) {
            final String value = formats.values().print(entry.value());
            console()
                    .line(
                            json
                                    ? Json.text(Json.object(
                                            "version", entry.version(), "sequence", entry.sequence(), "value", value))
                                    : entry.version() + "\t" + value);
        }
        if (entries.isEmpty()) {
            console().note("avccdb: not found: " + key);
            return ExitCodes.NEGATIVE;
        }
        return ExitCodes.FINE;
    }
}
