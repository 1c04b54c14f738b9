package org.avccdb.engine.table;

import org.avccdb.memdb.MemoryLedger;

/** Decompressed blocks of tables, outside the heap. */
public final class BlockCache implements AutoCloseable {
    /** A cache of this many bytes, 0 for none. */
    public BlockCache(final long bytes, final int frameBytes, final MemoryLedger ledger) {}

    /** How long frames should be for blocks of this many bytes. */
    public static int frameBytes(final int blockBytes) {
        return blockBytes;
    }

    /** How many blocks were found here. */
    public long hits() {
        return 0;
    }

    /** How many blocks had to be read and decompressed. */
    public long misses() {
        return 0;
    }

    /** Frees what no cursor is on; the rest goes when those cursors detach. No cursor may move any more. */
    @Override
    public void close() {}
}
