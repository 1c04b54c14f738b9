package org.avccdb.engine.keys;

import org.agrona.DirectBuffer;

/**
 * The record that a cursor is on, in fields of one class, whatever the cursor: who looks at it calls nothing that depends on
 * where it comes from. With three kinds of cursors the JVM finds each such call through a table, a dozen times for a record,
 * which took a scan twice the time. One thread uses it.
 */
public abstract class ShownRecord implements RecordView {
    private final DirectBuffer keyBuffer;
    private final DirectBuffer valueBuffer;

    protected int keyOffset;
    protected int keyLength;
    protected long version;
    protected long stamp;
    protected int valueOffset;
    protected int valueLength;

    /** Keys and values are always in these buffers. */
    protected ShownRecord(final DirectBuffer keyBuffer, final DirectBuffer valueBuffer) {
        this.keyBuffer = keyBuffer;
        this.valueBuffer = valueBuffer;
    }

    @Override
    public final DirectBuffer keyBuffer() {
        return keyBuffer;
    }

    @Override
    public final int keyOffset() {
        return keyOffset;
    }

    @Override
    public final int keyLength() {
        return keyLength;
    }

    @Override
    public final long version() {
        return version;
    }

    @Override
    public final long stamp() {
        return stamp;
    }

    @Override
    public final DirectBuffer valueBuffer() {
        return valueBuffer;
    }

    @Override
    public final int valueOffset() {
        return valueOffset;
    }

    @Override
    public final int valueLength() {
        return valueLength;
    }
}
