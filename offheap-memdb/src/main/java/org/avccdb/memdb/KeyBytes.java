package org.avccdb.memdb;

import org.agrona.DirectBuffer;

/** Keys that outlive the buffers in which they came. */
final class KeyBytes {
    private KeyBytes() {}

    static byte[] copyOf(final DirectBuffer buffer) {
        if (buffer == null) {
            return null;
        }
        Arguments.checkKey(buffer, 0, buffer.capacity());
        final byte[] copy = new byte[buffer.capacity()];
        buffer.getBytes(0, copy);
        return copy;
    }
}
