package org.avccdb.engine.compaction;

import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.avccdb.AvccDbException;
import org.avccdb.engine.keys.ShownRecord;
import org.avccdb.engine.storage.FileNames;
import org.avccdb.engine.table.TableMeta;
import org.avccdb.engine.table.TableWriter;

/** Writes the outputs of one slice of a merge: tables of one {@link TableGroup}. One thread at a time uses it. */
final class RunWriter {
    private final TaskContext context;
    private final int level;
    private final long[] replaced;
    private final OutputCuts cuts;
    private final TableGroup group;
    private final List<TableMeta> tables = new ArrayList<>();
    private TableWriter writer;
    private long finishedBytes;
    private long digestSum;

    RunWriter(
            final TaskContext context,
            final int level,
            final long[] replaced,
            final OutputCuts cuts,
            final TableGroup group) {
        this.context = context;
        this.level = level;
        this.replaced = replaced;
        this.cuts = cuts;
        this.group = group;
    }

    /** Whether the table should end before this user key, whose records come next. */
    boolean endsBefore(final ShownRecord record) {
        final DirectBuffer key = record.keyBuffer();
        final long written = writer == null ? 0 : writer.writtenBytes();
        return cuts.before(key, record.keyOffset(), record.keyLength(), written) && writer != null;
    }

    /** Adds a record, to a new table if there is none that is not finished. */
    void add(final ShownRecord record) {
        if (writer == null) {
            final long number = context.versions().newNumber();
            group.begins(number);
            cuts.restart();
            writer = context.tables().begin(number);
        }
        writer.add(
                record.keyBuffer(),
                record.keyOffset(),
                record.keyLength(),
                record.version(),
                record.stamp(),
                record.valueBuffer(),
                record.valueOffset(),
                record.valueLength());
    }

    /** Whether there is a table that is not finished. */
    boolean isOpen() {
        return writer != null;
    }

    /** Finishes the open table, which is not the last one of the group. */
    void finishTable() {
        finish(0);
    }

    /** Finishes the open table as the last one of a group of so many. */
    void finishLastTable(final int groupSize) {
        finish(groupSize);
    }

    private void finish(final int groupSize) {
        digestSum += writer.digestSum();
        final TableMeta table = writer.finish(level, replaced, group.number(), groupSize);
        writer = null;
        tables.add(table);
        finishedBytes += table.bytes();
    }

    /** Length of all tables so far. */
    long bytesWritten() {
        return finishedBytes + (writer == null ? 0 : writer.writtenBytes());
    }

    /** Sum of the digests of the records in all tables that are finished. */
    long digestSum() {
        return digestSum;
    }

    /** The tables that are finished. */
    List<TableMeta> tables() {
        return tables;
    }

    /** Deletes all that was written, as far as that goes; what stays is nobody's and goes when the database is opened. */
    void abandon() {
        if (writer != null) {
            writer.abandon();
            writer = null;
        }
        for (final TableMeta table : tables) {
            context.tables().forget(table.number());
            try {
                context.storage().delete(FileNames.table(table.number()));
            } catch (final AvccDbException e) {
                // It is left behind.
            }
        }
        tables.clear();
    }
}
