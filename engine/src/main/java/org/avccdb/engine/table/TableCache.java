package org.avccdb.engine.table;

import java.util.List;
import java.util.function.Consumer;
import org.avccdb.engine.storage.Storage;

/** What the tables of one database share: where they are, the cache of their blocks, and how many may be open. */
public final class TableCache {
    /**
     * For the tables in one directory.
     *
     * @param capacity how many readers should be open at most
     * @param paranoid verify checksums each time that a block is read
     * @param unused told of each table whose last reference has gone; sees to it that it is disposed of
     */
    public TableCache(
            final Storage storage,
            final BlockCache blocks,
            final int capacity,
            final boolean paranoid,
            final Consumer<TableFile> unused) {}

    /** How many readers are open. */
    public int open() {
        return 0;
    }

    /** Readers beyond the capacity, already parted from their tables; to be closed once no thread can be inside. */
    public List<TableReader> surplus() {
        return null;
    }
}
