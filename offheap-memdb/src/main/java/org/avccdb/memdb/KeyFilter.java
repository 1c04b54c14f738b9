package org.avccdb.memdb;

/**
 * Tells of most keys that are not in a memtable that they are not: a Bloom filter by the hashes of keys, at the back of the
 * memtable's arena. All bits of a key are in one cache line.
 *
 * <p>One thread adds; any thread asks.
 *
 * <ol>
 *   <li>Who has learnt of a record through a safe publication finds its key: the key is to be added before the record is
 *       published. Words are read and written plainly; a reader may miss what is added meanwhile, and nothing else.
 *   <li>It is valid for as long as the arena is neither reset nor released.
 * </ol>
 */
public final class KeyFilter {
    private static final int LINE = 64;
    private static final int WORD_BITS = 3;
    private static final int PROBES = 4;
    /** Bits of a place in a line: 3 for the word, 6 for the bit. */
    private static final int PLACE_BITS = 9;
    /** An arena has one byte of filter for so many bytes: 18 bits for a record of 16 and 100 bytes. */
    private static final int SHARE = 64;

    private final NativeMemory memory;
    private final int start;
    private final int lines;

    /**
     * Takes memory for a filter from an arena, and clears it.
     *
     * @param arena empty so far, and large enough
     */
    public KeyFilter(final Arena arena) {
        final int length = length(arena.capacity());
        this.memory = arena.memory();
        this.start = arena.allocateFromBack(length);
        if (start == Arena.NONE) {
            throw new IllegalArgumentException(
                    "an arena with " + arena.free() + " bytes left has no room for a filter of " + length);
        }
        this.lines = length / LINE;
        memory.zero(start, length);
    }

    private static int length(final int capacity) {
        return Math.max(LINE, capacity / SHARE / LINE * LINE);
    }

    /**
     * The capacity of an arena in which so much is left beside the filter.
     *
     * @param bytes that are to be left
     * @return the capacity, which may be more than an arena can have
     */
    public static long capacityFor(final long bytes) {
        return bytes + bytes / (SHARE - 1) + 2 * LINE;
    }

    /**
     * Adds a key.
     *
     * @param hash of the key, of which all bits are well mixed
     */
    public void add(final long hash) {
        final int line = line(hash);
        long places = hash;
        for (int i = 0; i < PROBES; i++) {
            final int word = line + ((int) (places & 7) << WORD_BITS);
            memory.putLong(word, memory.getLong(word) | 1L << (places >>> WORD_BITS));
            places >>>= PLACE_BITS;
        }
    }

    /**
     * Whether a key may have been added.
     *
     * @param hash of the key
     * @return false only if it has not
     */
    public boolean mayContain(final long hash) {
        final int line = line(hash);
        long places = hash;
        for (int i = 0; i < PROBES; i++) {
            final long word = memory.getLong(line + ((int) (places & 7) << WORD_BITS));
            if ((word & 1L << (places >>> WORD_BITS)) == 0) {
                return false;
            }
            places >>>= PLACE_BITS;
        }
        return true;
    }

    /** By the upper bits of the hash; the lower ones are the places in the line. */
    private int line(final long hash) {
        return start + (int) (((hash >>> 36) * lines) >>> 28) * LINE;
    }
}
