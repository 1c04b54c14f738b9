package org.avccdb.proof;

import static org.avccdb.proof.HashRules.HASH_LENGTH;

/**
 * Root of a tree whose leaves come one after the other, in the shape of {@link TreeShape}, in memory that grows with the
 * logarithm of their number.
 *
 * <p>Invariant: the stack has one hash for each bit that is set in the number of leaves, the highest first: the root of a
 * full subtree of so many leaves.
 *
 * <p>Not thread-safe.
 */
public final class TreeHasher {
    private static final int MAX_HEIGHT = Long.SIZE;

    private final HashRules rules;
    private final byte[] stack = new byte[MAX_HEIGHT * HASH_LENGTH];
    private int treeKind;
    private long leaves;
    private int depth;

    /**
     * A hasher for any number of trees, one after the other.
     *
     * @param rules how to hash; used by the same thread
     */
    public TreeHasher(final HashRules rules) {
        this.rules = rules;
    }

    /**
     * Begins a tree, and forgets the one before.
     *
     * @param kind of the tree
     */
    public void start(final int kind) {
        treeKind = kind;
        leaves = 0;
        depth = 0;
    }

    /**
     * Adds the next leaf.
     *
     * @param hash holds its hash
     * @param offset where that begins
     */
    public void add(final byte[] hash, final int offset) {
        System.arraycopy(hash, offset, stack, depth * HASH_LENGTH, HASH_LENGTH);
        depth++;
        for (long full = leaves; (full & 1) != 0; full >>>= 1) {
            mergeTopTwo();
        }
        leaves++;
    }

    /**
     * How many leaves there are so far.
     *
     * @return that number
     */
    public long leaves() {
        return leaves;
    }

    /**
     * Ends the tree; the next call is {@link #start}.
     *
     * @param out takes the root; EMPTY for a tree without leaves
     * @param outOffset where in it
     */
    public void root(final byte[] out, final int outOffset) {
        if (depth == 0) {
            rules.empty(treeKind, out, outOffset);
            return;
        }
        while (depth > 1) {
            mergeTopTwo();
        }
        System.arraycopy(stack, 0, out, outOffset, HASH_LENGTH);
    }

    private void mergeTopTwo() {
        final int right = (depth - 1) * HASH_LENGTH;
        final int left = right - HASH_LENGTH;
        rules.node(treeKind, stack, left, stack, right, stack, left);
        depth--;
    }
}
