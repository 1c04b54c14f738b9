package org.avccdb.engine.compaction;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.avccdb.CorruptionException;
import org.avccdb.engine.storage.FileNames;
import org.avccdb.engine.table.TableFile;
import org.avccdb.engine.table.TableMeta;

/**
 * What a compaction has read of each table, which may be in several slices. A table that does not hold what it is known by is a
 * {@link CorruptionException}: it must not be replaced by something that has less in it. Any thread may call it.
 */
final class InputTally {
    private final Map<Long, Read> tables = new HashMap<>();

    private static final class Read {
        long records;
        long digestSum;
        /** As the table says. */
        long digestSumOfAll;
    }

    /**
     * A part of a table has been read to its end.
     *
     * @param digestSum of the records that were read
     * @param digestSumOfAll of all records of the table, as that says
     */
    synchronized void add(final TableMeta table, final long records, final long digestSum, final long digestSumOfAll) {
        final Read read = tables.computeIfAbsent(table.number(), number -> new Read());
        read.records += records;
        read.digestSum += digestSum;
        read.digestSumOfAll = digestSumOfAll;
    }

    /** Checks that all of these tables have been read, and what was read. */
    synchronized void check(final List<TableFile> inputs) {
        for (final TableFile input : inputs) {
            final TableMeta table = input.meta();
            final Read read = tables.getOrDefault(table.number(), new Read());
            if (read.records != table.records()) {
                throw corrupt(table, "records end after " + read.records + " of " + table.records());
            }
            if (read.digestSum != read.digestSumOfAll) {
                throw corrupt(table, "its records are not those that were written to it");
            }
        }
    }

    private static CorruptionException corrupt(final TableMeta table, final String what) {
        return new CorruptionException(FileNames.table(table.number()), -1, what);
    }
}
