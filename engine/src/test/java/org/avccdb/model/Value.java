package org.avccdb.model;

import java.util.Arrays;
import java.util.SplittableRandom;

/** A recipe for a value: random bytes where the seed is odd, else the same byte again and again. */
public record Value(int length, long seed) {
    public byte[] bytes() {
        byte[] bytes = new byte[length];
        if ((seed & 1) == 0) {
            Arrays.fill(bytes, (byte) (seed >>> 1));
        } else {
            new SplittableRandom(seed).nextBytes(bytes);
        }
        return bytes;
    }

    @Override
    public String toString() {
        return "v[" + length + " of " + seed + "]";
    }
}
