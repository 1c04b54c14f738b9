package org.avccdb.engine.compaction;

import org.agrona.DirectBuffer;
import org.avccdb.engine.keys.RecordView;

/**
 * The record that an input of a merge is on. All inputs show theirs in this one class: what a merge does with records is then
 * compiled once for memtables and tables, and calls nothing through an interface. One thread uses it.
 */
public final class MergeRecord implements RecordView {
    private DirectBuffer keyBuffer;
    private int keyOffset;
    private int keyLength;
    private long version;
    private long stamp;
    private DirectBuffer valueBuffer;
    private int valueOffset;
    private int valueLength;

    /** Shows the record that another view shows now, until that one goes on. */
    public void show(final RecordView record) {
        keyBuffer = record.keyBuffer();
        keyOffset = record.keyOffset();
        keyLength = record.keyLength();
        version = record.version();
        stamp = record.stamp();
        valueBuffer = record.valueBuffer();
        valueOffset = record.valueOffset();
        valueLength = record.valueLength();
    }

    @Override
    public DirectBuffer keyBuffer() {
        return keyBuffer;
    }

    @Override
    public int keyOffset() {
        return keyOffset;
    }

    @Override
    public int keyLength() {
        return keyLength;
    }

    @Override
    public long version() {
        return version;
    }

    @Override
    public long stamp() {
        return stamp;
    }

    @Override
    public DirectBuffer valueBuffer() {
        return valueBuffer;
    }

    @Override
    public int valueOffset() {
        return valueOffset;
    }

    @Override
    public int valueLength() {
        return valueLength;
    }
}
