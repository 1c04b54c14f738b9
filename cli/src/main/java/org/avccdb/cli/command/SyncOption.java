package org.avccdb.cli.command;

import org.avccdb.WriteOptions;
import picocli.CommandLine.Option;

/** How durable a write is. */
final class SyncOption {
    @Option(names = "--sync", description = "Return only when it is on disk, so that it survives a loss of power.")
    private boolean sync;

    WriteOptions writeOptions() {
        return sync ? WriteOptions.SYNC : WriteOptions.DEFAULT;
    }
}
