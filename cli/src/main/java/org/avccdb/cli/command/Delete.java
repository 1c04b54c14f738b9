package org.avccdb.cli.command;

import org.avccdb.AvccDb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Deletes a key or one version of it. */
@Command(name = "delete", description = "Deletes a key with all its versions, or one version of it.")
final class Delete extends DatabaseCommand {
    @Parameters(index = "1", paramLabel = "KEY", description = "Which key.")
    private String key;

    @Option(names = "--version", paramLabel = "N", description = "Delete only this version; 0 is the plain value.")
    private Long version;

    @Mixin
    private SyncOption sync;

    @Mixin
    private FormatOptions formats;

    @Override
    public Integer call() {
        final byte[] bytes = formats.keys().parse(key);
        try (AvccDb db = openForOneWrite(false)) {
            if (version == null) {
                db.delete(bytes, sync.writeOptions());
            } else {
                db.deleteVersion(bytes, version, sync.writeOptions());
            }
        }
        return ExitCodes.FINE;
    }
}
