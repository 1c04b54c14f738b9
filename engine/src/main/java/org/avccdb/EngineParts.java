package org.avccdb;

import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.avccdb.engine.ingest.Waiting;
import org.avccdb.engine.manifest.VersionSet;
import org.avccdb.engine.metrics.EventLog;
import org.avccdb.engine.metrics.Metrics;
import org.avccdb.engine.read.Cursors;
import org.avccdb.engine.read.PinSpiller;
import org.avccdb.engine.read.Views;
import org.avccdb.engine.roots.Roots;
import org.avccdb.engine.storage.LogText;
import org.avccdb.engine.storage.Storage;
import org.avccdb.engine.table.BlockCache;
import org.avccdb.engine.table.TableCache;
import org.avccdb.engine.table.TableSettings;
import org.avccdb.engine.threading.Invoker;
import org.avccdb.engine.threading.ListenerQueue;
import org.avccdb.engine.threading.Threads;
import org.avccdb.engine.writer.LiveRuns;
import org.avccdb.memdb.MemoryLedger;

/**
 * What an open database is made of.
 *
 * @param options as it was opened
 * @param storage its directory
 * @param lock on the directory
 * @param versions its tables
 * @param views what readers see
 * @param cursors that are open
 * @param tables what its tables share
 * @param settings of the tables that it writes
 * @param blocks the block cache
 * @param ledger accounts for all its native memory
 * @param metrics what it counts
 * @param events who is told what happens
 * @param log its LOG, or null
 * @param threads its threads
 * @param invoker in place of threads, or null
 * @param waiting how its callers wait
 * @param clock its time
 * @param writes the way in for writes
 * @param appliedPosition the caller's number of the last batch that carried one
 * @param disposals tables that are no longer needed
 * @param listener tells the user's listener
 * @param pins moves what snapshots pin to tables, or null
 * @param roots makes roots and proofs; null without authentication
 * @param runs memtables and tables of this moment
 * @param writeSide what only a database open for writing has, or null
 */
record EngineParts(
        Options options,
        Storage storage,
        Storage.DirectoryLock lock,
        VersionSet versions,
        Views views,
        Cursors cursors,
        TableCache tables,
        TableSettings settings,
        BlockCache blocks,
        MemoryLedger ledger,
        Metrics metrics,
        EventLog events,
        LogText log,
        Threads threads,
        Invoker invoker,
        Waiting waiting,
        LongSupplier clock,
        Writes writes,
        LongSupplier appliedPosition,
        Disposals disposals,
        ListenerQueue listener,
        PinSpiller pins,
        Roots roots,
        LiveRuns runs,
        WriteSide writeSide) {
    /** Takes the nanoseconds of some lookups. */
    LongConsumer lookupTimes() {
        return nanos -> metrics.record(Latency.GET, nanos);
    }
}
