package org.avccdb.engine.flush;

import org.avccdb.engine.compaction.MergeInput;
import org.avccdb.engine.keys.ShownRecord;
import org.avccdb.engine.memtable.Memtable;
import org.avccdb.engine.memtable.MemtableCursor;
import org.avccdb.engine.table.RecordDigest;

/** A frozen memtable, which whoever made this keeps from being freed. */
final class MemtableInput implements MergeInput {
    private final MemtableCursor cursor;
    private final String name;

    MemtableInput(final Memtable memtable) {
        this.cursor = new MemtableCursor(memtable);
        this.name = "memtable of sequences " + memtable.firstSequence() + " to " + memtable.lastSequence();
    }

    @Override
    public boolean next() {
        return cursor.next();
    }

    @Override
    public ShownRecord record() {
        return cursor.shown();
    }

    @Override
    public long digest() {
        return RecordDigest.of(cursor.shown());
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
