package org.avccdb.engine.table;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.avccdb.engine.storage.ReadFile;

/**
 * Blocks as they are stored, read from a table's file: a mapping would keep the pages of all blocks that were ever unpacked.
 * Each block that follows the one before brings more of those behind it. One thread at a time uses it.
 */
final class StoredBytes implements BlockBytes {
    /** The longest that is read at once. */
    static final int LONGEST = 64 << 10;

    private static final int SHORTEST_AHEAD = 4 << 10;
    private static final long NOWHERE = -1;

    private final CRC32C crc = new CRC32C();
    private ReadFile file;
    private long table;
    private ScratchPool pool;
    private ScratchBuffer memory;
    /** What of the file is there. */
    private long start;

    private int length;
    /** Where the block ends that was asked for last. */
    private long next = NOWHERE;
    /** How much is read at least, up to where blocks end. */
    private int ahead;

    private long end;

    /**
     * Of a table.
     *
     * @param blocksEnd where its blocks end
     * @param from where memory comes from
     */
    void attach(final MappedTable of, final long blocksEnd, final ScratchPool from) {
        if (file != of.file()) {
            detach();
            file = of.file();
            table = of.table();
            end = blocksEnd;
            pool = from;
            memory = from.take();
        }
    }

    /** Whether a block follows the one that was asked for before; to be called once for each, ahead of {@link #ask}. */
    boolean follows(final long offset, final int stored) {
        final boolean follows = offset == next;
        ahead = follows ? Math.min(Math.max(SHORTEST_AHEAD, 2 * ahead), LONGEST) : 0;
        next = offset + stored;
        return follows;
    }

    /** Reads that block, unless it is there. */
    void ask(final long offset, final int stored) {
        if (offset < start || next > start + length) {
            read(offset, (int) Math.max(stored, Math.min(ahead, end - offset)));
        }
    }

    /** Of no table; gives the memory back. */
    void detach() {
        if (file != null) {
            file = null;
            length = 0;
            next = NOWHERE;
            final ScratchBuffer given = memory;
            memory = null;
            pool.give(given);
            pool = null;
        }
    }

    @Override
    public DirectBuffer window(final long offset, final int wanted) {
        return memory.buffer();
    }

    private void read(final long offset, final int wanted) {
        length = 0;
        memory.ensure(wanted);
        final ByteBuffer bytes = memory.bytes();
        try {
            file.read(offset, bytes.limit(wanted));
        } finally {
            bytes.clear();
        }
        start = offset;
        length = wanted;
    }

    @Override
    public int within(final long offset, final int wanted) {
        return (int) (offset - start);
    }

    @Override
    public boolean isSound(final long offset, final int storedLength) {
        final DirectBuffer window = window(offset, storedLength);
        final int from = within(offset, storedLength);
        final int checked = storedLength - Integer.BYTES;
        final ByteBuffer bytes = memory.bytes();
        crc.reset();
        crc.update(bytes.limit(from + checked).position(from));
        bytes.clear();
        return ((int) crc.getValue() ^ window.getInt(from + checked, LITTLE_ENDIAN))
                == BlockDescriptor.mask(table, offset);
    }
}
