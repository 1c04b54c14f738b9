package org.avccdb.engine.table;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Where the blocks of one table are in the cache, or were last. Any thread may call it, as the cache.
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
    private final AtomicIntegerArray frames;

    CachedBlocks(final BlockCache cache, final int reader, final int blocks) {
        this.cache = cache;
        this.tags = (long) reader << Integer.SIZE;
        this.frames = new AtomicIntegerArray(blocks);
    }

    BlockCache cache() {
        return cache;
    }

    /** The frame that has a block, pinned; or {@link BlockCache#NONE}. */
    int pin(final int block) {
        final int frame = last(block);
        return cache.pin(frame, tags | block) ? frame : BlockCache.NONE;
    }

    /** A frame to load a block into, as {@link BlockCache#claim}. */
    int claim(final int block) {
        final int frame = cache.claim(last(block), tags | block);
        if (frame != BlockCache.NONE) {
            frames.setRelease(block, frame + 1);
        }
        return frame;
    }

    private int last(final int block) {
        return frames.length() == 0 ? BlockCache.NONE : frames.getAcquire(block) - 1;
    }
}
