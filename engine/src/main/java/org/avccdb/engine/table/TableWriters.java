package org.avccdb.engine.table;

import org.avccdb.engine.storage.Storage;
import org.avccdb.memdb.MemoryLedger;

/** Begins tables of one database that are written alike. Any thread; each writer is for one thread at a time. */
public final class TableWriters {
    private final Storage storage;
    private final TableSettings settings;
    private final MemoryLedger ledger;
    private final TableScratchPool scratch;
    private final BlockCache cache;

    /**
     * Writers of tables.
     *
     * @param storage where tables go
     * @param settings how they are written
     * @param ledger accounts for the memory of writers
     * @param cache where blocks are put while others read
     */
    public TableWriters(
            final Storage storage, final TableSettings settings, final MemoryLedger ledger, final BlockCache cache) {
        this(storage, settings, ledger, new TableScratchPool(ledger), cache);
    }

    private TableWriters(
            final Storage storage,
            final TableSettings settings,
            final MemoryLedger ledger,
            final TableScratchPool scratch,
            final BlockCache cache) {
        this.storage = storage;
        this.settings = settings;
        this.ledger = ledger;
        this.scratch = scratch;
        this.cache = cache;
    }

    /** The same, of tables that somebody else hashes. */
    public TableWriters hashedBy(final HashWorker worker) {
        return new TableWriters(storage, settings.hashedBy(worker), ledger, scratch, cache);
    }

    /** Begins the table with this number; a file that is there is replaced. */
    public TableWriter begin(final long number) {
        return new TableWriter(storage, number, settings, ledger, scratch, cache);
    }

    /** A table that has been finished is given up before anybody has opened it. */
    public void forget(final long number) {
        cache.forget(number);
    }
}
