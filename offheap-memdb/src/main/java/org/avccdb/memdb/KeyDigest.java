package org.avccdb.memdb;

/**
 * Four bytes that stand for a key in most comparisons: the ones behind a prefix that the keys of a list are expected to
 * share.
 *
 * <p>The digest never contradicts the order of the keys: of two keys the smaller never has the larger digest (as unsigned
 * numbers). Keys without the expected prefix get the lowest or the highest digest, so a wrong expectation costs time, not
 * truth. Immutable.
 */
public final class KeyDigest {
    /** Expects no common prefix. */
    public static final KeyDigest LEADING_BYTES = new KeyDigest(new byte[0]);

    /** Longer common prefixes are cut: comparing them for each operation would cost more than it saves. */
    private static final int MAX_PREFIX_LENGTH = 64;

    private static final int LOWEST = 0;
    private static final int HIGHEST = -1;

    private final byte[] prefix;

    private KeyDigest(final byte[] prefix) {
        this.prefix = prefix;
    }

    /**
     * A digest for keys that all lie between two known ones, such as those of the list before.
     *
     * @param list where to look; its records are not changed
     * @return what suits keys like the ones in the list
     */
    public static KeyDigest suiting(final SkipList list) {
        final byte[] prefix = list.commonPrefix(MAX_PREFIX_LENGTH);
        return prefix.length == 0 ? LEADING_BYTES : new KeyDigest(prefix);
    }

    int prefixLength() {
        return prefix.length;
    }

    int of(final Object base, final long address, final int length) {
        final int skipped = prefix.length;
        if (skipped == 0) {
            return NativeMemory.leadingInt(base, address, length);
        }
        final int order = NativeMemory.compareToPrefix(base, address, length, prefix);
        if (order != 0) {
            return order < 0 ? LOWEST : HIGHEST;
        }
        return NativeMemory.leadingInt(base, address + skipped, length - skipped);
    }
}
