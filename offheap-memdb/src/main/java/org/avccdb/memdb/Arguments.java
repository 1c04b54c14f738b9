package org.avccdb.memdb;

import org.agrona.DirectBuffer;

/** Checks what a caller hands in, before anything is written. */
final class Arguments {
    private Arguments() {}

    static void checkKey(final DirectBuffer key, final int offset, final int length) {
        checkRange("key", key, offset, length);
        checkKeyLength(length);
    }

    static void checkKeyLength(final int length) {
        if (length > RecordDescriptor.MAX_KEY_LENGTH) {
            throw new IllegalArgumentException(
                    "a key has 0 to " + RecordDescriptor.MAX_KEY_LENGTH + " bytes, not " + length);
        }
    }

    static void checkRange(final String what, final DirectBuffer buffer, final int offset, final int length) {
        final int capacity = buffer.capacity();
        // Not offset + length, which may pass an int.
        if (offset < 0 || length < 0 || length > capacity - offset) {
            throw new IllegalArgumentException(what + ": offset " + offset + " and length " + length
                    + " are not inside a buffer of " + capacity + " bytes");
        }
    }

    static void checkTarget(final DirectBuffer target, final int offset) {
        if (offset < 0 || offset > target.capacity()) {
            throw new IllegalArgumentException(
                    "target: offset " + offset + " is not inside a buffer of " + target.capacity() + " bytes");
        }
    }
}
