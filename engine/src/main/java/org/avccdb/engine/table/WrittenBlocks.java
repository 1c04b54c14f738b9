package org.avccdb.engine.table;

import org.agrona.DirectBuffer;
import org.avccdb.memdb.MemoryPurpose;

/**
 * Puts the blocks of a table that is being written into the cache, for the reader that opens it: while others read, each of
 * them would else have to be read and unpacked as soon as the table stands in for those that were in the cache.
 *
 * <p>Only as long as there have been more lookups than blocks since the table was begun, and nobody had to give up another
 * block for want of a frame: a cache that is too small for all is left to what is looked up. One thread at a time uses it; it
 * ends with {@link #finish} or {@link #abandon}.
 */
final class WrittenBlocks {
    private static final int FIRST_BLOCKS = 64;

    private final BlockCache cache;
    private final int reader;
    private final long lookupsBefore;
    private final int searchesBefore;
    /** As {@link CachedBlocks} has them; empty as long as no block was to be put into the cache. */
    private final ScratchBuffer frames;

    /** Up to which block there are numbers of frames. */
    private int noted;

    WrittenBlocks(final BlockCache cache) {
        this.cache = cache;
        this.reader = cache.newReader();
        this.lookupsBefore = cache.lookups();
        this.searchesBefore = cache.searches();
        this.frames = new ScratchBuffer(cache.ledger(), MemoryPurpose.TABLE_INDEX);
    }

    /** A block that is stored compressed; blocks are shown by number ascending. */
    void add(final int block, final DirectBuffer content, final int length) {
        if (cache.fits(length) && cache.searches() == searchesBefore && cache.lookups() - lookupsBefore > block) {
            // Before the block is put there: what is refused memory here leaves no frame behind.
            noteUpTo(block + 1);
            final int frame = cache.put(CachedBlocks.tag(reader, block), content, length);
            frames.buffer().putInt(block * Integer.BYTES, frame + 1);
        }
    }

    /** As many blocks; the new ones have no frame. */
    private void noteUpTo(final int blocks) {
        final int from = noted * Integer.BYTES;
        frames.ensure(Math.max(blocks, FIRST_BLOCKS) * Integer.BYTES, from);
        frames.buffer().setMemory(from, blocks * Integer.BYTES - from, (byte) 0);
        noted = blocks;
    }

    /** The table has been written, with so many blocks: those in the cache wait for its reader. */
    void finish(final long table, final int blocks) {
        if (noted > 0) {
            noteUpTo(blocks);
            cache.expect(table, new CachedBlocks(cache, reader, blocks, frames));
        }
    }

    /** Takes the blocks out of the cache. */
    void abandon() {
        new CachedBlocks(cache, reader, noted, frames).free();
    }
}
