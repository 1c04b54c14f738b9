package org.avccdb.memdb;

/**
 * Layout of the two parts of a skip list's index: nodes, which are linked to each other, and the leaf of each node, which
 * leads to records. They are apart so that the nodes of a large list, all that a search steps over, lie close together.
 *
 * <pre>
 * node    0                 leaf offset (32 bits) | height (8) | entries in use (8; of the writer)
 *         8                 link of level 0: the next node
 *         8 + 8 * level     link of that level
 *         8 + 8 * height    end
 *
 * leaf    8 * i             entry i, 0 where there is none; entries are without gaps
 *         8 * CAPACITY      end
 *
 * link and entry            digest (32 bits) | offset (32 bits): one word, so that a reader never sees half of it
 * </pre>
 *
 * <p>An entry leads to a record and has the {@link KeyDigest digest} of its key; a link leads to a node and has the digest
 * of the first key in that node's leaf. A step of a search that the digest decides touches nothing but the word itself.
 */
final class LeafDescriptor {
    /** Entries of a leaf: four cache lines. Fewer make more nodes than the cache holds, more make insertion shift more. */
    static final int CAPACITY = 32;

    static final int LENGTH = Long.BYTES * CAPACITY;

    /** One node in four reaches the next level, so this is high enough for any arena. */
    static final int MAX_HEIGHT = 14;

    /** Space for nodes is taken in pages, so that few address translations cover all of them. */
    static final int NODE_PAGE_LENGTH = 4096;

    /** No node, no record. */
    static final long EMPTY = 0L;

    private static final int TOWER_OFFSET = Long.BYTES;
    private static final int HEIGHT_SHIFT = 32;
    private static final int COUNT_SHIFT = 40;
    private static final long OFFSET_MASK = 0xFFFF_FFFFL;

    /** What one more entry adds to a node's first word. */
    static final long ONE_ENTRY = 1L << COUNT_SHIFT;

    private LeafDescriptor() {}

    static int nodeLength(final int height) {
        return TOWER_OFFSET + Long.BYTES * height;
    }

    static long nodeWord(final int leaf, final int height) {
        return (long) height << HEIGHT_SHIFT | leaf;
    }

    static int leaf(final long nodeWord) {
        return (int) nodeWord;
    }

    static int count(final long nodeWord) {
        return (int) (nodeWord >>> COUNT_SHIFT);
    }

    static int linkOffset(final int node, final int level) {
        return node + TOWER_OFFSET + Long.BYTES * level;
    }

    static int entryOffset(final int leaf, final int index) {
        return leaf + Long.BYTES * index;
    }

    static long word(final int digest, final int offset) {
        return (long) digest << Integer.SIZE | offset;
    }

    static long withOffset(final long word, final int offset) {
        return (word & ~OFFSET_MASK) | offset;
    }

    static int digest(final long word) {
        return (int) (word >>> Integer.SIZE);
    }

    static int offset(final long word) {
        return (int) word;
    }
}
