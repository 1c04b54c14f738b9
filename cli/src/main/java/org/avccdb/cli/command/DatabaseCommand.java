package org.avccdb.cli.command;

import java.nio.file.Path;
import org.avccdb.AvccDb;
import org.avccdb.Options;
import org.avccdb.VersionOrder;
import org.avccdb.VersionOrderException;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A command about a database. */
abstract class DatabaseCommand extends ConsoleCommand {
    /** A few writes need no more, and a small journal and memtable are made sooner. */
    private static final int SMALL_BUFFER_BYTES = 1 << 20;

    @Parameters(index = "0", paramLabel = "DB", description = "The directory of the database.")
    private Path directory;

    @Option(
            names = "--options",
            paramLabel = "FILE",
            description = "Options of the engine, as Options.save writes them.")
    private Path optionsFile;

    final Path directory() {
        return directory;
    }

    final Options options() {
        return optionsFile == null ? Options.defaults() : Options.load(optionsFile);
    }

    /** Opens it beside others that only read. */
    final AvccDb openToRead() {
        return open(options().toBuilder().readOnly(true).errorIfMissing(true).build());
    }

    /** Opens what is there to write to it. */
    final AvccDb openToWrite() {
        return open(options().toBuilder().errorIfMissing(true).build());
    }

    /** Opens it for a write or two; where there is none, it is created. */
    final AvccDb openForOneWrite(final boolean create) {
        final Options.Builder builder = options().toBuilder().errorIfMissing(!create);
        return open(
                optionsFile == null
                        ? builder.writeBufferBytes(SMALL_BUFFER_BYTES).build()
                        : builder.build());
    }

    /** Opens it to write much; where there is none, it is created. */
    final AvccDb openOrCreate() {
        return open(options());
    }

    /** The order of versions is the database's own, so nobody need say it again once it is there. */
    private AvccDb open(final Options options) {
        try {
            return AvccDb.open(directory, options);
        } catch (final VersionOrderException other) {
            final VersionOrder order =
                    options.versionOrder() == VersionOrder.MONOTONE ? VersionOrder.ARBITRARY : VersionOrder.MONOTONE;
            return AvccDb.open(
                    directory, options.toBuilder().versionOrder(order).build());
        }
    }
}
