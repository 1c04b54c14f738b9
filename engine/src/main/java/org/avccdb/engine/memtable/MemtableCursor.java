package org.avccdb.engine.memtable;

import org.agrona.DirectBuffer;
import org.avccdb.engine.keys.RecordCursor;
import org.avccdb.memdb.SkipList;
import org.avccdb.memdb.SkipListIterator;

/**
 * Moves over the records of a memtable while it is being written. One thread uses it; whoever made it keeps the memtable from
 * being freed.
 */
public final class MemtableCursor implements RecordCursor {
    private final SkipList list;
    private final SkipListIterator iterator;
    private final DirectBuffer content;

    /** Before the first record. */
    public MemtableCursor(final Memtable memtable) {
        this.list = memtable.list();
        this.iterator = list.iterator();
        this.content = memtable.content();
    }

    @Override
    public boolean first() {
        return iterator.first();
    }

    @Override
    public boolean last() {
        return iterator.last();
    }

    @Override
    public boolean next() {
        return iterator.next();
    }

    @Override
    public boolean prev() {
        return iterator.prev();
    }

    @Override
    public boolean seek(
            final DirectBuffer key, final int offset, final int length, final long version, final long stamp) {
        return iterator.seek(key, offset, length, version, stamp);
    }

    @Override
    public boolean seekBefore(
            final DirectBuffer key, final int offset, final int length, final long version, final long stamp) {
        return iterator.seekBefore(key, offset, length, version, stamp);
    }

    @Override
    public boolean isValid() {
        return iterator.isValid();
    }

    @Override
    public DirectBuffer keyBuffer() {
        return content;
    }

    @Override
    public int keyOffset() {
        return list.keyOffset(iterator.record());
    }

    @Override
    public int keyLength() {
        return list.keyLength(iterator.record());
    }

    @Override
    public long version() {
        return list.version(iterator.record());
    }

    @Override
    public long stamp() {
        return list.stamp(iterator.record());
    }

    @Override
    public DirectBuffer valueBuffer() {
        return content;
    }

    @Override
    public int valueOffset() {
        return list.valueOffset(iterator.record());
    }

    @Override
    public int valueLength() {
        return list.valueLength(iterator.record());
    }
}
