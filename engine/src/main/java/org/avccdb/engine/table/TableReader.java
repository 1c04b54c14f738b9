package org.avccdb.engine.table;

import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.avccdb.engine.storage.Storage;

/** An open table. */
public final class TableReader {
    private TableReader() {}

    /** Opens a table; with one reference. */
    public static TableReader open(
            final Storage storage, final long number, final BlockCache blocks, final boolean paranoid) {
        throw new UnsupportedOperationException(storage + " " + number + blocks + paranoid);
    }

    /** What the file says of itself. */
    public TableMeta meta() {
        throw new UnsupportedOperationException();
    }

    /** False if no record has a user key of this {@link org.avccdb.engine.keys.KeyHash}. */
    public boolean mayContain(final long keyHash) {
        throw new UnsupportedOperationException();
    }

    /** About how many bytes of the file are before this user key. */
    public long offsetOf(final DirectBuffer key, final int offset, final int length) {
        throw new UnsupportedOperationException();
    }

    /** Takes a reference, unless it has been closed; for cursors that stay longer than an epoch. */
    public boolean tryRetain() {
        throw new UnsupportedOperationException();
    }

    /** Lets go of the reference taken by {@link #tryRetain}. */
    public void release() {
        throw new UnsupportedOperationException();
    }

    /** Lets go of the opener's reference; the last one unmaps. No thread may be inside that has none. */
    public void close() {
        throw new UnsupportedOperationException();
    }

    /** Reads the whole table and reports all that is wrong with it. */
    public void verifyAll(final Consumer<String> problems) {
        throw new UnsupportedOperationException();
    }
}
