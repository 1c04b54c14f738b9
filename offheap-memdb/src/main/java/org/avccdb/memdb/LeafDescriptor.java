package org.avccdb.memdb;

/**
 * Layout of a leaf: the node of the skip list, which holds a tower of links to other leaves and a sorted run of links to
 * records.
 *
 * <pre>
 * 0                    header word (kind and height, see {@link RecordDescriptor})
 * 8                    link of level 0: the next leaf
 * 8 + 8 * level        link of that level
 * 8 + 8 * height       entry 0
 *   + 8 * i            entry i, 0 where there is none; entries are without gaps
 *   + 8 * CAPACITY     end
 *
 * link and entry       digest (32 bits) | offset (32 bits): one word, so that a reader never sees half of it
 * </pre>
 *
 * <p>An entry leads to a record and has the {@link KeyDigest digest} of its key; a link leads to a leaf and has the digest
 * of that leaf's first key. A step of a search that the digest decides touches nothing but the word itself.
 */
final class LeafDescriptor {
    /** Entries of a leaf. Four cache lines: fewer make the index larger than the cache, more make insertion shift too much. */
    static final int CAPACITY = 32;

    /** One leaf in four reaches the next level, so this is high enough for any arena. */
    static final int MAX_HEIGHT = 14;

    static final int TOWER_OFFSET = RecordDescriptor.HEADER_LENGTH;
    static final int MAX_LENGTH = length(MAX_HEIGHT);

    /** No leaf, no record. */
    static final long EMPTY = 0L;

    private LeafDescriptor() {}

    static int length(final int height) {
        return TOWER_OFFSET + Long.BYTES * (height + CAPACITY);
    }

    static int linkOffset(final int leaf, final int level) {
        return leaf + TOWER_OFFSET + Long.BYTES * level;
    }

    /** Where entry 0 is; the others follow, 8 bytes each. */
    static int entriesOffset(final NativeMemory memory, final int leaf) {
        return leaf + TOWER_OFFSET + Long.BYTES * RecordDescriptor.height(memory.getLong(leaf));
    }

    static long word(final int digest, final int offset) {
        return (long) digest << Integer.SIZE | offset;
    }

    static long withOffset(final long word, final int offset) {
        return (word & 0xFFFF_FFFF_0000_0000L) | offset;
    }

    static int digest(final long word) {
        return (int) (word >>> Integer.SIZE);
    }

    static int offset(final long word) {
        return (int) word;
    }
}
