package org.avccdb.engine.flush;

import org.avccdb.engine.compaction.MergeInput;
import org.avccdb.engine.compaction.MergeRecord;
import org.avccdb.engine.memtable.Memtable;
import org.avccdb.engine.memtable.MemtableCursor;
import org.avccdb.engine.table.RecordDigest;

/** A frozen memtable, which whoever made this keeps from being freed. */
final class MemtableInput implements MergeInput {
    private final MemtableCursor cursor;
    private final MergeRecord record = new MergeRecord();
    private final String name;

    MemtableInput(final Memtable memtable) {
        this.cursor = new MemtableCursor(memtable);
        this.name = "memtable of sequences " + memtable.firstSequence() + " to " + memtable.lastSequence();
    }

    @Override
    public boolean next() {
        final boolean found = cursor.next();
        if (found) {
            record.show(cursor);
        }
        return found;
    }

    @Override
    public MergeRecord record() {
        return record;
    }

    @Override
    public long digest() {
        return RecordDigest.of(record);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void close() {
        // It holds nothing.
    }
}
