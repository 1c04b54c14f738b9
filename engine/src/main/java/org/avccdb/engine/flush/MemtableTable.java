package org.avccdb.engine.flush;

import org.avccdb.engine.memtable.Memtable;
import org.avccdb.engine.memtable.MemtableCursor;
import org.avccdb.engine.storage.Storage;
import org.avccdb.engine.table.TableMeta;
import org.avccdb.engine.table.TableSettings;
import org.avccdb.engine.table.TableWriter;
import org.avccdb.memdb.MemoryLedger;

/** Writes all records of a memtable to a table of level 0, nothing dropped. */
public final class MemtableTable {
    private static final long[] REPLACES_NOTHING = {};

    private MemtableTable() {}

    /**
     * Writes and syncs the table.
     *
     * @param group of tables that count together or not at all
     * @param groupSize how many there are, if this is the last one; else 0
     */
    public static TableMeta write(
            final Memtable memtable,
            final Storage storage,
            final long number,
            final TableSettings settings,
            final MemoryLedger ledger,
            final long group,
            final int groupSize) {
        final TableWriter writer = new TableWriter(storage, number, settings, ledger);
        try {
            final MemtableCursor cursor = new MemtableCursor(memtable);
            for (boolean more = cursor.first(); more; more = cursor.next()) {
                writer.add(
                        cursor.keyBuffer(),
                        cursor.keyOffset(),
                        cursor.keyLength(),
                        cursor.version(),
                        cursor.stamp(),
                        cursor.valueBuffer(),
                        cursor.valueOffset(),
                        cursor.valueLength());
            }
            return writer.finish(0, REPLACES_NOTHING, group, groupSize);
        } catch (final RuntimeException | Error failure) {
            writer.abandon();
            throw failure;
        }
    }
}
