package org.avccdb.proof;

import java.util.List;

/**
 * A block of which a proof shows leaves. Immutable.
 *
 * @param records how many the block has
 * @param firstLeaf index of the first leaf shown
 * @param leaves those shown, at least one, without gaps
 * @param siblings hashes of the subtrees of other leaves, as {@link TreeShape#siblings} enumerates them
 */
public record OpenedBlock(int records, int firstLeaf, List<OpenedLeaf> leaves, HashList siblings) {
    /**
     * Copies the list.
     *
     * @param records how many the block has
     * @param firstLeaf index of the first leaf shown
     * @param leaves those shown
     * @param siblings hashes of the other subtrees
     */
    public OpenedBlock {
        leaves = List.copyOf(leaves);
    }
}
