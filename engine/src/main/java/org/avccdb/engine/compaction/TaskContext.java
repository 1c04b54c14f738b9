package org.avccdb.engine.compaction;

import java.util.function.LongSupplier;
import org.avccdb.Options;
import org.avccdb.engine.manifest.VersionSet;
import org.avccdb.engine.storage.Storage;
import org.avccdb.engine.table.HashWorker;
import org.avccdb.engine.table.TableWriters;

/**
 * What flushes and compactions of one database share. Immutable; what it holds may be used by any thread.
 *
 * @param storage where tables go
 * @param tables begins them
 * @param options how large levels and tables should be
 * @param versions which tables there are, and new numbers; edits are applied by whoever runs the tasks
 * @param inFlight what is claimed by running tasks
 * @param pacer for compactions; flushes do not wait
 * @param nanoClock the time, as {@link System#nanoTime}
 */
public record TaskContext(
        Storage storage,
        TableWriters tables,
        Options options,
        VersionSet versions,
        InFlight inFlight,
        Pacer pacer,
        LongSupplier nanoClock) {
    /** The same, with tables that somebody else hashes. */
    public TaskContext hashedBy(final HashWorker worker) {
        return new TaskContext(storage, tables.hashedBy(worker), options, versions, inFlight, pacer, nanoClock);
    }
}
