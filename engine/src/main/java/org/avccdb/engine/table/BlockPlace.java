package org.avccdb.engine.table;

import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Where a cursor has its block: in the mapped file, in a frame of the cache that it pins, or in a buffer of its own. */
final class BlockPlace {
    /** How many bytes behind the content may be read, whatever is there. */
    static final int SLACK = 8;

    private static final byte[] NOTHING = new byte[0];

    private final UnsafeBuffer view = new UnsafeBuffer(NOTHING);
    private int contentLength;
    private BlockCache pinned;
    private int frame = BlockCache.NONE;
    private ScratchPool pool;
    private ScratchBuffer own;
    private final StoredBytes stored = new StoredBytes();

    /** The content and the slack behind it; empty where there is no block. */
    UnsafeBuffer view() {
        return view;
    }

    int contentLength() {
        return contentLength;
    }

    void showMapped(final DirectBuffer window, final int offset, final int length) {
        view.wrap(window, offset, length + SLACK);
        contentLength = length;
    }

    /** Shows a frame of the cache that is pinned for this place. */
    void showPinned(final BlockCache cache, final int pinnedFrame, final int length) {
        pinned = cache;
        frame = pinnedFrame;
        cache.show(pinnedFrame, view, length);
        contentLength = length;
    }

    /** A buffer for content of this length, to be filled and then shown. */
    ByteBuffer own(final ScratchPool from, final int length) {
        if (own == null) {
            pool = from;
            own = from.take();
        }
        own.ensure(length + SLACK);
        return own.bytes();
    }

    void showOwn(final int length) {
        view.wrap(own.buffer(), 0, length + SLACK);
        contentLength = length;
    }

    /** What compressed blocks are read into. */
    StoredBytes stored() {
        return stored;
    }

    /** Leaves the block; what was shown of it is no longer to be looked at. */
    void leave() {
        view.wrap(NOTHING);
        contentLength = 0;
        if (frame != BlockCache.NONE) {
            final int left = frame;
            frame = BlockCache.NONE;
            pinned.unpin(left);
        }
    }

    /** Leaves the block and gives back all memory. */
    void detach() {
        leave();
        pinned = null;
        if (own != null) {
            final ScratchBuffer given = own;
            own = null;
            pool.give(given);
            pool = null;
        }
        stored.detach();
    }
}
