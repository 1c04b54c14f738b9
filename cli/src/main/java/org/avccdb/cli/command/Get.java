package org.avccdb.cli.command;

import org.avccdb.AvccDb;
import org.avccdb.VersionedValue;
import org.avccdb.cli.io.Json;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints one value. */
@Command(name = "get", description = "Prints a value: that of the highest version, unless another is asked for.")
final class Get extends DatabaseCommand {
    @Parameters(index = "1", paramLabel = "KEY", description = "Whose value.")
    private String key;

    @ArgGroup
    private VersionChoice version = new VersionChoice();

    @ArgGroup
    private Shape shape = new Shape();

    @Mixin
    private FormatOptions formats;

    private static final class Shape {
        @Option(names = "--raw", description = "Print the bytes of the value and nothing else.")
        private boolean raw;

        @Option(names = "--json", description = "Print an object with key, version, sequence and value.")
        private boolean json;
    }

    @Override
    public Integer call() {
        final VersionedValue found;
        try (AvccDb db = openToRead()) {
            found = version.find(db, formats.keys().parse(key));
        }
        if (found == null) {
            console().note("avccdb: not found: " + key);
            return ExitCodes.NEGATIVE;
        }
        if (shape.raw) {
            console().bytes(found.value());
        } else if (shape.json) {
            console()
                    .line(Json.text(Json.object(
                            "key", formats.keys().print(formats.keys().parse(key)),
                            "version", found.version(),
                            "sequence", found.sequence(),
                            "value", formats.values().print(found.value()))));
        } else {
            console().line(formats.values().print(found.value()));
        }
        return ExitCodes.FINE;
    }
}
