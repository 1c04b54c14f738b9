package org.avccdb.engine.table;

import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.memdb.MemoryPurpose;

/**
 * Where the blocks of one table are in the cache, or were last. Any thread may call it, as the cache, while the table is
 * open.
 *
 * <ol>
 *   <li>A number of a frame is only a hint: the frame's tag says what is in it. It is stored with release after the frame's
 *       memory was there, and read with acquire.
 * </ol>
 */
final class CachedBlocks {
    private final BlockCache cache;
    private final long tags;
    /** Frame of each block, plus 1; 0 where it never had one. */
    private final UnsafeBuffer frames;

    private final ScratchBuffer memory;
    private final int blocks;

    /**
     * The blocks of a table.
     *
     * @param blocks how many
     * @param memory the frame of each, which this has from now on
     */
    CachedBlocks(final BlockCache cache, final int reader, final int blocks, final ScratchBuffer memory) {
        this.cache = cache;
        this.tags = tag(reader, 0);
        this.blocks = blocks;
        this.memory = memory;
        this.frames = memory.buffer();
    }

    /** Those of a table of which nothing is in the cache. */
    static CachedBlocks none(final BlockCache cache, final int reader, final int blocks) {
        final ScratchBuffer memory = new ScratchBuffer(cache.ledger(), MemoryPurpose.TABLE_INDEX);
        memory.ensure(blocks * Integer.BYTES);
        memory.buffer().setMemory(0, blocks * Integer.BYTES, (byte) 0);
        return new CachedBlocks(cache, reader, blocks, memory);
    }

    static long tag(final int reader, final int block) {
        return ((long) reader << Integer.SIZE) | block;
    }

    /** Takes them out of the cache, and gives the memory back; when nobody looks them up any more. */
    void free() {
        for (int block = 0; block < blocks; block++) {
            final int frame = last(block);
            if (frame != BlockCache.NONE) {
                cache.takeOut(frame, tags | block);
            }
        }
        memory.free();
    }

    int blocks() {
        return blocks;
    }

    BlockCache cache() {
        return cache;
    }

    /**
     * The frame that has a block, pinned; or {@link BlockCache#NONE}.
     *
     * @param counted whether that is a lookup
     */
    int pin(final int block, final boolean counted) {
        final int frame = last(block);
        return cache.pin(frame, tags | block, counted) ? frame : BlockCache.NONE;
    }

    /** A frame to load a block into, as {@link BlockCache#claim}. */
    int claim(final int block) {
        final int frame = cache.claim(last(block), tags | block);
        if (frame != BlockCache.NONE) {
            frames.putIntRelease(block * Integer.BYTES, frame + 1);
        }
        return frame;
    }

    private int last(final int block) {
        return blocks == 0 ? BlockCache.NONE : frames.getIntAcquire(block * Integer.BYTES) - 1;
    }
}
