package org.avccdb.engine.memtable;

import org.agrona.DirectBuffer;
import org.avccdb.engine.keys.RecordView;
import org.avccdb.memdb.RecordDescriptor;
import org.avccdb.memdb.SkipList;

/**
 * Walks over the records of a memtable in the order in which they were written, while it is being written. One thread uses
 * it; whoever made it keeps the memtable from being freed.
 */
public final class MemtableWalk implements RecordView {
    private final SkipList list;
    private final DirectBuffer content;
    private int record;
    private int position;

    /**
     * Before a record.
     *
     * @param position 0 for the first record of all, or what {@link #position} said on an earlier walk
     */
    public MemtableWalk(final Memtable memtable, final int position) {
        this.list = memtable.list();
        this.content = memtable.content();
        this.position = position;
    }

    /**
     * Goes to the next record, if there is one up to a sequence number. Where there is none, the walk may go on later.
     *
     * @param upTo the highest sequence number
     */
    public boolean next(final long upTo) {
        final int next = list.nextRecord(position);
        if (next == 0 || RecordDescriptor.sequence(list.stamp(next)) > upTo) {
            return false;
        }
        record = next;
        position = list.endOf(next);
        return true;
    }

    /** Where to go on behind the record that it is on. */
    public int position() {
        return position;
    }

    @Override
    public DirectBuffer keyBuffer() {
        return content;
    }

    @Override
    public int keyOffset() {
        return list.keyOffset(record);
    }

    @Override
    public int keyLength() {
        return list.keyLength(record);
    }

    @Override
    public long version() {
        return list.version(record);
    }

    @Override
    public long stamp() {
        return list.stamp(record);
    }

    @Override
    public DirectBuffer valueBuffer() {
        return content;
    }

    @Override
    public int valueOffset() {
        return list.valueOffset(record);
    }

    @Override
    public int valueLength() {
        return list.valueLength(record);
    }
}
