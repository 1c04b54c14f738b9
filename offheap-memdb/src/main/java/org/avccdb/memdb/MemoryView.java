package org.avccdb.memdb;

import org.agrona.concurrent.UnsafeBuffer;

/** A buffer over native memory that keeps the memory from being collected while somebody still has the buffer. */
final class MemoryView extends UnsafeBuffer {
    private static final byte[] NOTHING = new byte[0];

    private NativeMemory shown;

    MemoryView() {
        super(NOTHING);
    }

    void show(final NativeMemory memory, final int offset, final int length) {
        // A store of a reference costs more than a comparison, and an iterator shows the same memory again and again.
        if (shown != memory) {
            shown = memory;
        }
        memory.wrap(this, offset, length);
    }

    void showNothing() {
        wrap(NOTHING);
        shown = null;
    }
}
