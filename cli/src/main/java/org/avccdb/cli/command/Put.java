package org.avccdb.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.avccdb.AvccDb;
import org.avccdb.cli.io.InputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes one value. */
@Command(name = "put", description = "Writes a value. Where there is no database, it is created.")
final class Put extends DatabaseCommand {
    @Parameters(index = "1", paramLabel = "KEY", description = "Whose value.")
    private String key;

    @Parameters(index = "2", paramLabel = "VALUE", arity = "0..1", description = "The value.")
    private String value;

    @Option(
            names = "--value-file",
            paramLabel = "FILE",
            description = "Take the value from a file as it is, or with - from the input.")
    private String file;

    @Option(
            names = "--version",
            paramLabel = "N",
            description = "Write this version of the key; 0, as without it, is the plain value.")
    private long version;

    @Mixin
    private SyncOption sync;

    @Mixin
    private FormatOptions formats;

    @Override
    public Integer call() throws IOException {
        final byte[] keyBytes = formats.keys().parse(key);
        final byte[] valueBytes = value();
        try (AvccDb db = openForOneWrite(true)) {
            db.putWithVersion(keyBytes, valueBytes, version, sync.writeOptions());
        }
        return ExitCodes.FINE;
    }

    private byte[] value() throws IOException {
        if ((value == null) == (file == null)) {
            throw new InputException("give either VALUE or --value-file");
        }
        if (value != null) {
            return formats.values().parse(value);
        }
        if (file.equals("-")) {
            return console().in().readAllBytes();
        }
        try (InputStream content = Files.newInputStream(Path.of(file))) {
            return content.readAllBytes();
        }
    }
}
