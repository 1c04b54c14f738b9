package org.avccdb.engine.keys;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * A 64-bit hash of a user key, for filters. It is part of the table format: filters of old tables are asked with it.
 *
 * <p>Words of the key, little-endian, are folded in pairs by a 64 by 64 bit multiplication; the last words overlap those
 * before where the length is no multiple.
 */
public final class KeyHash {
    private static final long FIRST = 0x9E3779B97F4A7C15L;
    private static final long SECOND = 0xD6E8FEB86659FD93L;
    private static final long THIRD = 0xA0761D6478BD642FL;

    private KeyHash() {}

    /** The hash of these bytes. */
    public static long of(final DirectBuffer buffer, final int offset, final int length) {
        long hash = fold(length ^ FIRST, SECOND);
        final long a;
        final long b;
        if (length > 16) {
            int position = offset;
            final int lastPair = offset + length - 16;
            for (; position < lastPair; position += 16) {
                hash = fold(word(buffer, position) ^ THIRD, word(buffer, position + 8) ^ hash);
            }
            a = word(buffer, lastPair);
            b = word(buffer, lastPair + 8);
        } else if (length >= 8) {
            a = word(buffer, offset);
            b = word(buffer, offset + length - 8);
        } else if (length >= 4) {
            a = half(buffer, offset);
            b = half(buffer, offset + length - 4);
        } else if (length > 0) {
            a = octet(buffer, offset) << 8 | octet(buffer, offset + length / 2);
            b = octet(buffer, offset + length - 1);
        } else {
            a = 0;
            b = 0;
        }
        return finish(fold(a ^ SECOND, b ^ hash));
    }

    private static long word(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset, ByteOrder.LITTLE_ENDIAN);
    }

    private static long half(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset, ByteOrder.LITTLE_ENDIAN) & 0xFFFF_FFFFL;
    }

    private static long octet(final DirectBuffer buffer, final int offset) {
        return buffer.getByte(offset) & 0xFF;
    }

    /** Both halves of the product, so that every bit of either factor reaches the result. */
    private static long fold(final long a, final long b) {
        return Math.multiplyHigh(a, b) ^ (a * b);
    }

    private static long finish(final long hash) {
        final long mixed = (hash ^ (hash >>> 32)) * FIRST;
        return mixed ^ (mixed >>> 29);
    }
}
