package org.avccdb.engine.read;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A buffer that shows a caller a key or a value in place for a while, and is empty afterwards. Whoever has it keeps its
 * owner, and so what it shows, from being collected.
 */
final class ShownBuffer extends UnsafeBuffer {
    private static final byte[] NOTHING = new byte[0];

    @SuppressWarnings({"unused", "UnusedVariable"}) // a reference that keeps
    private final Object owner;

    ShownBuffer(final Object owner) {
        super(NOTHING);
        this.owner = owner;
    }

    void show(final DirectBuffer buffer, final int offset, final int length) {
        wrap(buffer, offset, length);
    }

    /**
     * Makes it empty. Only the length changes, and not what it is counted from: a thread that should not be reading, but is,
     * sees the old bytes or none.
     */
    void showNothing() {
        final byte[] array = byteArray();
        if (array == null) {
            wrap(addressOffset(), 0);
        } else {
            wrap(array, 0, 0);
        }
    }
}
