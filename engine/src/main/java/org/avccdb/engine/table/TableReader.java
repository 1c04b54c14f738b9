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
        return new TableReader();
    }

    /** What the file says of itself. */
    public TableMeta meta() {
        return null;
    }

    /** False if no record has a user key of this {@link org.avccdb.engine.keys.KeyHash}. */
    public boolean mayContain(final long keyHash) {
        return false;
    }

    /** About how many bytes of the file are before this user key. */
    public long offsetOf(final DirectBuffer key, final int offset, final int length) {
        return 0;
    }

    /** Takes a reference, unless it has been closed; for cursors that stay longer than an epoch. */
    public boolean tryRetain() {
        return false;
    }

    /** Lets go of the reference taken by {@link #tryRetain}. */
    public void release() {}

    /** Lets go of the opener's reference; the last one unmaps. No thread may be inside that has none. */
    public void close() {}

    /** Reads the whole table and reports all that is wrong with it. */
    public void verifyAll(final Consumer<String> problems) {}
}
