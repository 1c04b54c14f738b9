package org.avccdb.bench.load;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.agrona.MutableDirectBuffer;

/**
 * Keys by number. The keys of 0 to n-1 are evenly spread over all 64-bit numbers, in order; those from n on lie between them,
 * and so do missing ones, so that no engine can tell a missing key by the first and last key of a table. From 16 bytes on a
 * key is hexadecimal text, below it is the number itself.
 */
public final class Keys {
    /** The shortest keys there are. */
    public static final int MIN_BYTES = Long.BYTES;

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final int HEX_BYTES = 16;
    private static final int TOP_DIGIT_SHIFT = 60;
    private static final byte FILLER = 'k';

    private final long count;
    private final long step;
    private final int keyBytes;

    /** Keys of that length, of which so many are there from the beginning. */
    public Keys(final long count, final int keyBytes) {
        if (count < 1 || keyBytes < MIN_BYTES) {
            throw new IllegalArgumentException("count " + count + ", key bytes " + keyBytes);
        }
        this.count = count;
        this.step = Math.max(2, Long.divideUnsigned(-1L, count));
        this.keyBytes = keyBytes;
    }

    /** Writes the key of a number into a buffer. */
    public void write(final long number, final MutableDirectBuffer target) {
        writeDigits(number % count * step + 2 * (number / count), target);
    }

    /** Writes a key that is never there, next to that of the number. */
    public void writeMissing(final long number, final MutableDirectBuffer target) {
        writeDigits(number % count * step + 1, target);
    }

    private void writeDigits(final long bits, final MutableDirectBuffer target) {
        int at = Long.BYTES;
        if (keyBytes >= HEX_BYTES) {
            for (at = 0; at < HEX_BYTES; at++) {
                target.putByte(at, HEX[(int) (bits >>> (TOP_DIGIT_SHIFT - 4 * at)) & 0xF]);
            }
        } else {
            target.putLong(0, bits, ByteOrder.BIG_ENDIAN);
        }
        for (; at < keyBytes; at++) {
            target.putByte(at, FILLER);
        }
    }
}
