package org.avccdb.engine.memtable;

import org.agrona.DirectBuffer;
import org.avccdb.engine.keys.RecordCursor;
import org.avccdb.engine.keys.ShownRecord;
import org.avccdb.memdb.SkipList;
import org.avccdb.memdb.SkipListIterator;

/**
 * Moves over the records of a memtable while it is being written. One thread uses it; whoever made it keeps the memtable from
 * being freed.
 */
public final class MemtableCursor extends RecordCursor {
    private final SkipListIterator iterator;
    private final Shown shown;

    /** Before the first record. */
    public MemtableCursor(final Memtable memtable) {
        this(memtable, new Shown(memtable));
    }

    private MemtableCursor(final Memtable memtable, final Shown shown) {
        super(shown);
        this.iterator = memtable.list().iterator();
        this.shown = shown;
    }

    private static final class Shown extends ShownRecord {
        private final SkipList list;

        Shown(final Memtable memtable) {
            super(memtable.content(), memtable.content());
            this.list = memtable.list();
        }

        void show(final int record) {
            keyOffset = list.keyOffset(record);
            keyLength = list.keyLength(record);
            version = list.version(record);
            stamp = list.stamp(record);
            valueOffset = list.valueOffset(record);
            valueLength = list.valueLength(record);
        }
    }

    private boolean on(final boolean found) {
        if (found) {
            shown.show(iterator.record());
        }
        return found;
    }

    @Override
    public boolean first() {
        return on(iterator.first());
    }

    @Override
    public boolean last() {
        return on(iterator.last());
    }

    @Override
    public boolean next() {
        return on(iterator.next());
    }

    @Override
    public boolean prev() {
        return on(iterator.prev());
    }

    @Override
    public boolean seek(
            final DirectBuffer key, final int offset, final int length, final long version, final long stamp) {
        return on(iterator.seek(key, offset, length, version, stamp));
    }

    @Override
    public boolean seekBefore(
            final DirectBuffer key, final int offset, final int length, final long version, final long stamp) {
        return on(iterator.seekBefore(key, offset, length, version, stamp));
    }

    @Override
    public boolean isValid() {
        return iterator.isValid();
    }
}
