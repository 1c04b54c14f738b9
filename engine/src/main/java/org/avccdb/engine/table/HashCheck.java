package org.avccdb.engine.table;

import java.util.Arrays;
import org.avccdb.CorruptionException;
import org.avccdb.engine.storage.FileNames;

/** Checks a table's root against its records while somebody reads them in order. One thread uses it. */
public final class HashCheck {
    private static final int NO_BLOCK = -1;

    private TableHashing hashing;
    private int block;

    /** Begins the table that a cursor is attached to. */
    public void begin(final TableCursor cursor) {
        if (hashing == null) {
            hashing = new TableHashing(cursor.ledger());
        }
        hashing.begin(HashWorker.NONE);
        block = NO_BLOCK;
    }

    /** Takes the record that a cursor is on. */
    public void add(final TableCursor record) {
        if (block != NO_BLOCK && block != record.block()) {
            hashing.onBlockEnd();
        }
        block = record.block();
        hashing.onRecord(
                record.keyBuffer(),
                record.keyOffset(),
                record.keyLength(),
                record.version(),
                record.stamp(),
                record.valueBuffer(),
                record.valueOffset(),
                record.valueLength());
    }

    /** Gives all memory back. */
    public void close() {
        if (hashing != null) {
            hashing.free();
        }
    }

    /** Ends the table, all of whose records have been added. */
    public void end(final TableReader table, final TableMeta told) {
        hashing.onBlockEnd();
        if (!Arrays.equals(hashing.finish().root(table.properties()), told.root())) {
            throw new CorruptionException(
                    FileNames.table(told.number()), -1, "its records do not have the root that it is known by");
        }
    }
}
