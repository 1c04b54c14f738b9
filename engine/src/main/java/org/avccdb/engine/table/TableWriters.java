package org.avccdb.engine.table;

import org.avccdb.engine.storage.Storage;
import org.avccdb.memdb.MemoryLedger;

/** Begins tables of one database that are written alike. Any thread; each writer is for one thread at a time. */
public final class TableWriters {
    private final Storage storage;
    private final TableSettings settings;
    private final MemoryLedger ledger;
    private final TableScratchPool scratch;
    private final TableCache tables;

    /**
     * Writers of tables.
     *
     * @param storage where tables go
     * @param settings how they are written
     * @param ledger accounts for the memory of writers
     * @param tables what the tables share once they are part of the database
     */
    public TableWriters(
            final Storage storage, final TableSettings settings, final MemoryLedger ledger, final TableCache tables) {
        this(storage, settings, ledger, new TableScratchPool(ledger), tables);
    }

    private TableWriters(
            final Storage storage,
            final TableSettings settings,
            final MemoryLedger ledger,
            final TableScratchPool scratch,
            final TableCache tables) {
        this.storage = storage;
        this.settings = settings;
        this.ledger = ledger;
        this.scratch = scratch;
        this.tables = tables;
    }

    /** The same, of tables that somebody else hashes. */
    public TableWriters hashedBy(final HashWorker worker) {
        return new TableWriters(storage, settings.hashedBy(worker), ledger, scratch, tables);
    }

    /** Begins the table with this number; a file that is there is replaced. */
    public TableWriter begin(final long number) {
        return new TableWriter(storage, number, settings, ledger, scratch, tables.blocks(), tables.filters());
    }

    /** A table that has been finished is given up before anybody has opened it. */
    public void forget(final long number) {
        tables.forget(number);
    }
}
