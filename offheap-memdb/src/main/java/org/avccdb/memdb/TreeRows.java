package org.avccdb.memdb;

import static org.avccdb.proof.HashRules.HASH_LENGTH;

import org.avccdb.proof.HashRules;
import org.avccdb.proof.TreeShape;

/**
 * A tree with the hashes of all its full subtrees, row by row, so that a proof hashes only along the tree's right edge. Not
 * changed once it is made; its queries share {@link HashRules}, so one thread at a time uses it.
 */
final class TreeRows {
    private final HashRules rules;
    private final int treeKind;
    private final int leaves;
    /** In row r the roots of full subtrees of 2^r leaves. */
    private final byte[][] rows;

    /**
     * Builds the upper rows.
     *
     * @param leafHashes kept, not copied
     */
    TreeRows(final HashRules rules, final int treeKind, final byte[] leafHashes) {
        this.rules = rules;
        this.treeKind = treeKind;
        this.leaves = leafHashes.length / HASH_LENGTH;
        this.rows = new byte[leaves == 0 ? 0 : Integer.SIZE - Integer.numberOfLeadingZeros(leaves)][];
        for (int r = 0; r < rows.length; r++) {
            rows[r] = r == 0 ? leafHashes : pairs(rows[r - 1]);
        }
    }

    private byte[] pairs(final byte[] below) {
        final byte[] row = new byte[below.length / (2 * HASH_LENGTH) * HASH_LENGTH];
        for (int to = 0; to < row.length; to += HASH_LENGTH) {
            rules.node(treeKind, below, 2 * to, below, 2 * to + HASH_LENGTH, row, to);
        }
        return row;
    }

    int leaves() {
        return leaves;
    }

    void copyLeaves(final int count, final byte[] out) {
        System.arraycopy(rows[0], 0, out, 0, count * HASH_LENGTH);
    }

    byte[] root() {
        final byte[] root = new byte[HASH_LENGTH];
        if (leaves == 0) {
            rules.empty(treeKind, root, 0);
        } else {
            subtree(0, leaves, root);
        }
        return root;
    }

    /** Root of a subtree of this tree's shape. */
    void subtree(final long start, final long end, final byte[] out) {
        final long length = end - start;
        if (Long.bitCount(length) == 1) {
            final int at = (int) (start / length) * HASH_LENGTH;
            System.arraycopy(rows[Long.numberOfTrailingZeros(length)], at, out, 0, HASH_LENGTH);
            return;
        }
        final long middle = start + TreeShape.split(length);
        final byte[] right = new byte[HASH_LENGTH];
        subtree(start, middle, out);
        subtree(middle, end, right);
        rules.node(treeKind, out, 0, right, 0, out, 0);
    }
}
