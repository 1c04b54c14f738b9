package org.avccdb.bench.proofs;

import java.util.SplittableRandom;

/** The records of a run: keys of 16 bytes in random order, all different, and values of 100 bytes, half compressible. */
final class Records {
    static final int VALUE_BYTES = 100;

    private static final int KEY_BYTES = 16;
    private static final String HEX = "0123456789abcdef";

    private final SplittableRandom random = new SplittableRandom(7);

    static byte[] key(final long i) {
        // A bijection that scatters, so that key and order of writing have nothing to do with each other.
        long scattered = i * 0x9E37_79B9_7F4A_7C15L;
        scattered ^= scattered >>> 32;
        final byte[] key = new byte[KEY_BYTES];
        for (int at = 0; at < KEY_BYTES; at++) {
            key[at] = (byte) HEX.charAt((int) (scattered >>> (60 - 4 * at)) & 0xF);
        }
        return key;
    }

    byte[] value() {
        final byte[] value = new byte[VALUE_BYTES];
        for (int j = 0; j < VALUE_BYTES / 2; j++) {
            value[j] = (byte) random.nextInt();
        }
        return value;
    }
}
