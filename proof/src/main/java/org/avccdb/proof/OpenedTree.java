package org.avccdb.proof;

import static org.avccdb.proof.HashRules.HASH_LENGTH;

/**
 * Root of a tree of which some leaves, without a gap, and all their siblings are known. Uses each leaf and each sibling
 * exactly once. Not thread-safe.
 */
public final class OpenedTree {
    /** A tree of up to 2^63 leaves; two hashes are kept at each height. */
    private static final int MAX_HEIGHT = Long.SIZE;

    private final HashRules rules;
    private final byte[] scratch = new byte[2 * MAX_HEIGHT * HASH_LENGTH];

    private int treeKind;
    private long from;
    private long to;
    private LeafHashes opened;
    private HashList siblings;
    private int nextSibling;

    /** Gives the hashes of the known leaves; each is asked for once, from left to right. */
    @FunctionalInterface
    public interface LeafHashes {
        /**
         * Hash of a leaf.
         *
         * @param index which one, counted from the first known leaf
         * @param out takes the hash
         * @param outOffset where in it
         */
        void hash(int index, byte[] out, int outOffset);
    }

    /**
     * For any number of trees, one after the other, but not one within the other.
     *
     * @param rules how to hash; used by the same thread
     */
    public OpenedTree(final HashRules rules) {
        this.rules = rules;
    }

    /**
     * Computes a root.
     *
     * @param kind of the tree
     * @param leaves how many the tree has
     * @param first index of the first known leaf
     * @param openedCount how many are known
     * @param openedHashes gives their hashes
     * @param siblingHashes as {@link TreeShape#siblings} enumerates them
     * @param out takes the root
     * @param outOffset where in it
     * @throws IllegalArgumentException if the number of siblings is wrong, or the known leaves are not in the tree
     */
    public void root(
            final int kind,
            final long leaves,
            final long first,
            final int openedCount,
            final LeafHashes openedHashes,
            final HashList siblingHashes,
            final byte[] out,
            final int outOffset) {
        final int needed = TreeShape.siblingCount(leaves, first, first + openedCount);
        if (siblingHashes.count() != needed) {
            throw new IllegalArgumentException(siblingHashes.count() + " siblings where there must be " + needed);
        }
        if (leaves == 0) {
            rules.empty(kind, out, outOffset);
            return;
        }
        treeKind = kind;
        from = first;
        to = first + openedCount;
        opened = openedHashes;
        siblings = siblingHashes;
        nextSibling = 0;
        compute(0, leaves, 0, out, outOffset);
    }

    private void compute(final long start, final long end, final int height, final byte[] out, final int outOffset) {
        if (TreeShape.isOutside(start, end, from, to)) {
            siblings.copyTo(nextSibling++, out, outOffset);
        } else if (end - start == 1) {
            opened.hash((int) (start - from), out, outOffset);
        } else {
            final long middle = start + TreeShape.split(end - start);
            final int left = 2 * height * HASH_LENGTH;
            final int right = left + HASH_LENGTH;
            compute(start, middle, height + 1, scratch, left);
            compute(middle, end, height + 1, scratch, right);
            rules.node(treeKind, scratch, left, scratch, right, out, outOffset);
        }
    }
}
