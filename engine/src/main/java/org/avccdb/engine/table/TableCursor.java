package org.avccdb.engine.table;

import org.agrona.DirectBuffer;
import org.avccdb.engine.keys.RecordCursor;

/** Moves over the records of a table; reusable. One thread uses it. */
public final class TableCursor implements RecordCursor {
    /** Attached to nothing; blocks that it decompresses go to the cache. */
    public TableCursor() {}

    /** The same, but leaves the block cache as it is: for reading whole tables once. */
    public static TableCursor passingTheCache() {
        throw new UnsupportedOperationException();
    }

    /** To before the first record of a table, which the caller keeps from being closed. Detaches from the one before. */
    public void attach(final TableReader reader) {
        throw new UnsupportedOperationException();
    }

    /** The same, and keeps the reader open until it is detached; the caller holds a reference to the file. */
    public void attach(final TableFile file) {
        throw new UnsupportedOperationException();
    }

    /** Lets go of what it holds; does nothing if it is not attached. */
    public void detach() {
        throw new UnsupportedOperationException();
    }

    /**
     * To the first record at or behind this key, version and stamp, if its user key is this one; else false, and the cursor
     * is on no record.
     */
    public boolean seekExactKey(
            final DirectBuffer key, final int offset, final int length, final long version, final long stamp) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean first() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean last() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean next() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean prev() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean seek(
            final DirectBuffer key, final int offset, final int length, final long version, final long stamp) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean seekBefore(
            final DirectBuffer key, final int offset, final int length, final long version, final long stamp) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isValid() {
        throw new UnsupportedOperationException();
    }

    @Override
    public DirectBuffer keyBuffer() {
        throw new UnsupportedOperationException();
    }

    @Override
    public int keyOffset() {
        throw new UnsupportedOperationException();
    }

    @Override
    public int keyLength() {
        throw new UnsupportedOperationException();
    }

    @Override
    public long version() {
        throw new UnsupportedOperationException();
    }

    @Override
    public long stamp() {
        throw new UnsupportedOperationException();
    }

    @Override
    public DirectBuffer valueBuffer() {
        throw new UnsupportedOperationException();
    }

    @Override
    public int valueOffset() {
        throw new UnsupportedOperationException();
    }

    @Override
    public int valueLength() {
        throw new UnsupportedOperationException();
    }
}
