package org.avccdb.engine.table;

import org.agrona.DirectBuffer;
import org.avccdb.engine.storage.Storage;
import org.avccdb.memdb.MemoryLedger;

/** Writes one table from records in order. One thread uses it. */
public final class TableWriter {
    /** Begins the table with this number. */
    public TableWriter(
            final Storage storage, final long number, final TableSettings settings, final MemoryLedger ledger) {}

    /** Adds a record, which must come behind the one before in the order of {@link org.avccdb.engine.keys.Keys}. */
    public void add(
            final DirectBuffer key,
            final int keyOffset,
            final int keyLength,
            final long version,
            final long stamp,
            final DirectBuffer value,
            final int valueOffset,
            final int valueLength) {}

    /** About how long the file would be if it were finished now. */
    public long writtenBytes() {
        return 0;
    }

    /** How many records have been added. */
    public long records() {
        return 0;
    }

    /** Writes the rest and syncs the file, though not the directory. There must have been a record. */
    public TableMeta finish(final int level, final long[] replaced, final long group, final int groupSize) {
        return null;
    }

    /** Deletes what has been written; never throws. Does nothing after a finish that succeeded. */
    public void abandon() {}
}
