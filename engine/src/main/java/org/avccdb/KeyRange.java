package org.avccdb;

import java.util.Arrays;
import java.util.Objects;

/**
 * An interval of keys, in the order of unsigned bytes: from a lower bound, which belongs to it, up to an upper bound, which
 * does not. Immutable; compares by bounds. A range whose upper bound is not above its lower one holds nothing.
 */
public final class KeyRange {
    private static final KeyRange ALL = new KeyRange(null, null);
    private static final byte[] FIRST_KEY = {};
    private static final int SHOWN_BYTES = 64;

    private final byte[] from;
    private final byte[] to;

    /** The bounds are its own. */
    private KeyRange(final byte[] from, final byte[] to) {
        this.from = from;
        this.to = to;
    }

    /**
     * All keys.
     *
     * @return the range without bounds
     */
    public static KeyRange all() {
        return ALL;
    }

    /**
     * The keys between two bounds. A bound that is longer than a key can be is replaced by one that is not and holds the
     * same keys.
     *
     * @param fromInclusive the lowest key; null for no bound
     * @param toExclusive the lowest key behind the range; null for no bound
     * @return the range; it keeps copies
     */
    public static KeyRange of(final byte[] fromInclusive, final byte[] toExclusive) {
        final byte[] from = keyAtOrBehind(fromInclusive);
        if (fromInclusive != null && from == null) {
            return new KeyRange(FIRST_KEY, FIRST_KEY);
        }
        return new KeyRange(from, keyAtOrBehind(toExclusive));
    }

    /**
     * The keys that begin with some bytes.
     *
     * @param prefix the bytes; where there are none, all keys begin with them
     * @return the range
     */
    public static KeyRange prefix(final byte[] prefix) {
        Objects.requireNonNull(prefix, "prefix");
        return of(prefix, behindPrefix(prefix, prefix.length));
    }

    /**
     * The keys from one on.
     *
     * @param fromInclusive the lowest key; null for no bound
     * @return the range
     */
    public static KeyRange atLeast(final byte[] fromInclusive) {
        return of(fromInclusive, null);
    }

    /**
     * The keys before one.
     *
     * @param toExclusive the lowest key behind the range; null for no bound
     * @return the range
     */
    public static KeyRange lessThan(final byte[] toExclusive) {
        return of(null, toExclusive);
    }

    /**
     * The lower bound.
     *
     * @return a copy, or null for no bound
     */
    public byte[] fromInclusive() {
        return from == null ? null : from.clone();
    }

    /**
     * The upper bound.
     *
     * @return a copy, or null for no bound
     */
    public byte[] toExclusive() {
        return to == null ? null : to.clone();
    }

    /**
     * Whether a key is in the range.
     *
     * @param key any key
     * @return true if it is
     */
    public boolean contains(final byte[] key) {
        return (from == null || Arrays.compareUnsigned(key, from) >= 0)
                && (to == null || Arrays.compareUnsigned(key, to) < 0);
    }

    /**
     * Whether no key can be in the range.
     *
     * @return true if none can
     */
    public boolean isEmpty() {
        return to != null && (to.length == 0 || (from != null && Arrays.compareUnsigned(from, to) >= 0));
    }

    /** The first possible key at or behind a bound: a copy of it, or where it is too long, what comes next; null for none. */
    private static byte[] keyAtOrBehind(final byte[] bound) {
        if (bound == null) {
            return null;
        }
        // No key is between the longest beginning of the bound that can be a key, and what is behind that as a prefix.
        return bound.length <= Limits.MAX_KEY_BYTES ? bound.clone() : behindPrefix(bound, Limits.MAX_KEY_BYTES);
    }

    /** The first key behind all that begin with these bytes; null where there is none: all of them are 0xFF. */
    private static byte[] behindPrefix(final byte[] prefix, final int length) {
        int end = length;
        while (end > 0 && prefix[end - 1] == (byte) 0xFF) {
            end--;
        }
        if (end == 0) {
            return null;
        }
        final byte[] behind = Arrays.copyOf(prefix, end);
        behind[end - 1]++;
        return behind;
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof KeyRange that && Arrays.equals(from, that.from) && Arrays.equals(to, that.to);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(from) * 31 + Arrays.hashCode(to);
    }

    @Override
    public String toString() {
        return "KeyRange[" + (from == null ? "" : HexText.of(from, SHOWN_BYTES)) + " .. "
                + (to == null ? "" : HexText.of(to, SHOWN_BYTES)) + ")";
    }
}
