package org.avccdb.engine.table;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.avccdb.engine.storage.FileNames;
import org.avccdb.engine.storage.Storage;

/**
 * What the tables of one database share: where they are, the cache of their blocks, and how many may be open. Any thread may
 * call any method.
 */
public final class TableCache {
    private final Storage storage;
    private final BlockCache blocks;
    private final int capacity;
    private final boolean paranoid;
    private final Consumer<TableFile> unused;
    private final JointFilters filters;
    /** Open tables, by when they were opened or found in use. Guarded by itself; no other lock is taken meanwhile. */
    private final ArrayDeque<TableFile> open = new ArrayDeque<>();

    /**
     * For the tables in one directory.
     *
     * @param blocks cache for decompressed blocks; null for none
     * @param capacity how many readers should be open at most
     * @param paranoid verify checksums each time that a block is read
     * @param unused told of each table whose last reference has gone; sees to it that it is disposed of
     */
    public TableCache(
            final Storage storage,
            final BlockCache blocks,
            final int capacity,
            final boolean paranoid,
            final Consumer<TableFile> unused) {
        this.storage = storage;
        this.blocks = blocks == null ? BlockCache.OFF : blocks;
        this.capacity = capacity;
        this.paranoid = paranoid;
        this.unused = unused;
        this.filters = new JointFilters(this.blocks.ledger());
    }

    TableReader open(final long number) {
        return TableReader.open(storage, number, blocks, paranoid);
    }

    TableMeta describe(final long number) {
        return TableReader.describe(storage, number);
    }

    BlockCache blocks() {
        return blocks;
    }

    JointFilters filters() {
        return filters;
    }

    /** A table that has been finished is given up before anybody has opened it. */
    void forget(final long number) {
        blocks.forget(number);
        filters.forget(number);
    }

    void opened(final TableFile file) {
        synchronized (open) {
            open.add(file);
        }
    }

    /** No more to be opened. */
    void closed(final TableFile file) {
        synchronized (open) {
            open.remove(file);
        }
        blocks.forget(file.meta().number());
    }

    void unused(final TableFile file) {
        unused.accept(file);
    }

    boolean exists(final long number) {
        return storage.exists(FileNames.table(number));
    }

    void delete(final long number) {
        storage.delete(FileNames.table(number));
    }

    /** How many readers are open. */
    public int open() {
        synchronized (open) {
            return open.size();
        }
    }

    /**
     * Readers beyond the capacity, those not used of late first, already parted from their tables; to be closed once no thread
     * can be inside. One at a time calls this.
     */
    public List<TableReader> surplus() {
        final List<TableFile> parting;
        synchronized (open) {
            if (open.size() <= capacity) {
                return List.of();
            }
            parting = new ArrayList<>();
            int spared = open.size();
            while (open.size() > capacity) {
                final TableFile oldest = open.remove();
                if (oldest.takeUsed() && spared > 0) {
                    spared--;
                    open.add(oldest);
                } else {
                    parting.add(oldest);
                }
            }
        }
        final List<TableReader> readers = new ArrayList<>();
        for (final TableFile file : parting) {
            final TableReader reader = file.takeReader();
            if (reader != null) {
                readers.add(reader);
            }
        }
        return readers;
    }

    /** Lets go of what was kept for tables that have not become part of the database. The blocks' cache is closed by its owner. */
    public void close() {
        filters.close();
    }
}
