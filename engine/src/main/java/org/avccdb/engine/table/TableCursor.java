package org.avccdb.engine.table;

import org.agrona.DirectBuffer;
import org.avccdb.engine.keys.RecordCursor;

/** Moves over the records of a table; reusable. One thread uses it. */
public final class TableCursor implements RecordCursor {
    /** Attached to nothing; blocks that it decompresses go to the cache. */
    public TableCursor() {}

    /** The same, but leaves the block cache as it is: for reading whole tables once. */
    public static TableCursor passingTheCache() {
        return new TableCursor();
    }

    /** To before the first record of a table, which the caller keeps from being closed. Detaches from the one before. */
    public void attach(final TableReader reader) {}

    /** The same, and keeps the reader open until it is detached; the caller holds a reference to the file. */
    public void attach(final TableFile file) {}

    /** Lets go of what it holds; does nothing if it is not attached. */
    public void detach() {}

    /**
     * To the first record at or behind this key, version and stamp, if its user key is this one; else false, and the cursor
     * is on no record.
     */
    public boolean seekExactKey(
            final DirectBuffer key, final int offset, final int length, final long version, final long stamp) {
        return false;
    }

    @Override
    public boolean first() {
        return false;
    }

    @Override
    public boolean last() {
        return false;
    }

    @Override
    public boolean next() {
        return false;
    }

    @Override
    public boolean prev() {
        return false;
    }

    @Override
    public boolean seek(
            final DirectBuffer key, final int offset, final int length, final long version, final long stamp) {
        return false;
    }

    @Override
    public boolean seekBefore(
            final DirectBuffer key, final int offset, final int length, final long version, final long stamp) {
        return false;
    }

    @Override
    public boolean isValid() {
        return false;
    }

    @Override
    public DirectBuffer keyBuffer() {
        return null;
    }

    @Override
    public int keyOffset() {
        return 0;
    }

    @Override
    public int keyLength() {
        return 0;
    }

    @Override
    public long version() {
        return 0;
    }

    @Override
    public long stamp() {
        return 0;
    }

    @Override
    public DirectBuffer valueBuffer() {
        return null;
    }

    @Override
    public int valueOffset() {
        return 0;
    }

    @Override
    public int valueLength() {
        return 0;
    }
}
