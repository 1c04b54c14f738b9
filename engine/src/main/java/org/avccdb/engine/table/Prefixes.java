package org.avccdb.engine.table;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** What keys have in common, eight bytes at a time. */
final class Prefixes {
    /** How many bytes behind the end of its target {@link #copy} may write, and behind the end of its source read. */
    static final int COPY_SLACK = Long.BYTES;

    private static final int COPY_LOOP_MAX = 64;

    private Prefixes() {}

    /** How many of the first {@code most} bytes are the same. */
    static int common(
            final DirectBuffer a, final int aOffset, final DirectBuffer b, final int bOffset, final int most) {
        int i = 0;
        for (; i + Long.BYTES <= most; i += Long.BYTES) {
            final long difference = a.getLong(aOffset + i, LITTLE_ENDIAN) ^ b.getLong(bOffset + i, LITTLE_ENDIAN);
            if (difference != 0) {
                return i + (Long.numberOfTrailingZeros(difference) >>> 3);
            }
        }
        for (; i < most; i++) {
            if (a.getByte(aOffset + i) != b.getByte(bOffset + i)) {
                return i;
            }
        }
        return most;
    }

    /** The first eight bytes as a number that orders (unsigned) as they do; missing ones count as zero. */
    static long digest(final DirectBuffer buffer, final int offset, final int length) {
        if (length >= Long.BYTES) {
            return buffer.getLong(offset, BIG_ENDIAN);
        }
        long digest = 0;
        for (int i = 0; i < length; i++) {
            digest |= (buffer.getByte(offset + i) & 0xFFL) << (56 - 8 * i);
        }
        return digest;
    }

    /** The same with four bytes. */
    static int shortDigest(final DirectBuffer buffer, final int offset, final int length) {
        return length >= Integer.BYTES
                ? buffer.getInt(offset, BIG_ENDIAN)
                : (int) (digest(buffer, offset, length) >>> Integer.SIZE);
    }

    /** Copies a key, for which a call of the JDK's routine would cost more than the copying. */
    static void copy(
            final DirectBuffer source,
            final int sourceOffset,
            final MutableDirectBuffer target,
            final int targetOffset,
            final int length) {
        if (length > COPY_LOOP_MAX) {
            target.putBytes(targetOffset, source, sourceOffset, length);
            return;
        }
        for (int i = 0; i < length; i += Long.BYTES) {
            target.putLong(targetOffset + i, source.getLong(sourceOffset + i));
        }
    }
}
