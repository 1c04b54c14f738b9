package org.avccdb;

import java.util.Objects;
import org.agrona.DirectBuffer;

/** Checks what a caller hands in, before anything is read or written. */
final class Arguments {
    private Arguments() {}

    static void checkKey(final byte[] key) {
        Objects.requireNonNull(key, "key");
        checkKeyLength(key.length);
    }

    static void checkKey(final DirectBuffer key, final int offset, final int length) {
        checkRange("key", key, offset, length);
        checkKeyLength(length);
    }

    private static void checkKeyLength(final int length) {
        if (length > Limits.MAX_KEY_BYTES) {
            throw new IllegalArgumentException("a key has 0 to " + Limits.MAX_KEY_BYTES + " bytes, not " + length);
        }
    }

    static void checkValueLength(final int length, final int maxValueBytes) {
        if (length > maxValueBytes) {
            throw new IllegalArgumentException(
                    "a value has 0 to " + maxValueBytes + " bytes (option maxValueBytes), not " + length);
        }
    }

    static void checkRange(final String what, final DirectBuffer buffer, final int offset, final int length) {
        final int capacity = Objects.requireNonNull(buffer, what).capacity();
        // Not offset + length, which may pass an int.
        if (offset < 0 || length < 0 || length > capacity - offset) {
            throw new IllegalArgumentException(what + ": offset " + offset + " and length " + length
                    + " are not inside a buffer of " + capacity + " bytes");
        }
    }

    static void checkTarget(final DirectBuffer target, final int offset) {
        final int capacity = Objects.requireNonNull(target, "dst").capacity();
        if (offset < 0 || offset > capacity) {
            throw new IllegalArgumentException(
                    "dst: offset " + offset + " is not inside a buffer of " + capacity + " bytes");
        }
    }

    /** Of a write: 0 is the plain slot. */
    static void checkVersion(final long version) {
        if (version < 0 || version > Limits.MAX_VERSION) {
            throw new IllegalArgumentException(
                    "a version is 0 (the plain slot) to " + Limits.MAX_VERSION + ", not " + version);
        }
    }

    /** Of a question: no bound is too high. */
    static void checkReadVersion(final String what, final long version) {
        if (version < 0) {
            throw new IllegalArgumentException(what + " is 0 to " + Long.MAX_VALUE + ", not " + version);
        }
    }
}
