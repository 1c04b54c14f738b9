package org.avccdb.cli.command;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.avccdb.AvccDb;
import org.avccdb.Transaction;
import org.avccdb.WriteOptions;
import org.avccdb.cli.load.Lines;
import org.avccdb.cli.load.Loader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes many values. */
@Command(
        name = "load",
        description = {
            "Carries out operations, one a line, from a file or the input; where there is no database, it is created.",
            "Columns are separated by a tab:",
            "  put             VERSION  KEY  VALUE    (version 0 is the plain value)",
            "  delete          KEY",
            "  delete-version  VERSION  KEY",
            "Lines that are empty or begin with # are passed over. When it is done, everything is on disk."
        })
final class Load extends DatabaseCommand {
    private static final long NOTE_NANOS = 2_000_000_000L;

    @Parameters(index = "1", paramLabel = "FILE", arity = "0..1", description = "What to read, if not the input.")
    private Path file;

    @Option(
            names = "--atomic",
            description = "Load all or nothing, as one transaction. Without it, batches of about 1 MiB.")
    private boolean atomic;

    @Mixin
    private FormatOptions formats;

    private long lastNote = System.nanoTime();

    @Override
    public Integer call() throws IOException {
        if (file == null) {
            load(console().in());
        } else {
            try (InputStream in = new FileInputStream(file.toFile())) {
                load(in);
            }
        }
        return ExitCodes.FINE;
    }

    private void load(final InputStream in) throws IOException {
        try (AvccDb db = openOrCreate()) {
            final long operations = atomic ? loadTransaction(db, in) : loadBatches(db, in);
            console().note("loaded " + operations + " operations");
        }
    }

    private long loadTransaction(final AvccDb db, final InputStream in) throws IOException {
        try (Transaction transaction = db.openTransaction()) {
            final long operations =
                    loader((batch, last) -> transaction.write(batch)).load(in);
            transaction.commit();
            return operations;
        }
    }

    private long loadBatches(final AvccDb db, final InputStream in) throws IOException {
        return loader((batch, last) -> db.write(batch, last ? WriteOptions.SYNC : WriteOptions.DEFAULT))
                .load(in);
    }

    private Loader loader(final Loader.Target target) {
        return new Loader(new Lines(formats.keys(), formats.values()), target, atomic, this::note);
    }

    private void note(final long operations) {
        final long now = System.nanoTime();
        if (now - lastNote > NOTE_NANOS) {
            lastNote = now;
            console().note("loading: " + operations + " operations so far");
        }
    }
}
