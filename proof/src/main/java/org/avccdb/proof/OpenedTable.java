package org.avccdb.proof;

import java.util.List;

/**
 * A table that a proof shows: by blocks, or, with no block opened, by its header only. Then its one sibling is the root
 * of the tree of blocks. Immutable.
 *
 * @param summary what the header says
 * @param firstBlock index of the first block opened; 0 if there is none
 * @param blocks those opened, without gaps
 * @param siblings hashes of the subtrees of other blocks, as {@link TreeShape#siblings} enumerates them
 */
public record OpenedTable(TableSummary summary, int firstBlock, List<OpenedBlock> blocks, HashList siblings) {
    /**
     * Copies the list.
     *
     * @param summary what the header says
     * @param firstBlock index of the first block opened
     * @param blocks those opened
     * @param siblings hashes of the other subtrees
     */
    public OpenedTable {
        blocks = List.copyOf(blocks);
    }

    /**
     * A table shown by its header only.
     *
     * @param summary what the header says
     * @param blocksRoot holds the root of the tree of its blocks
     * @param offset where that begins
     * @return the table
     */
    public static OpenedTable headerOnly(final TableSummary summary, final byte[] blocksRoot, final int offset) {
        return new OpenedTable(summary, 0, List.of(), HashList.copyOf(blocksRoot, offset, 1));
    }

    /**
     * Whether no block is opened.
     *
     * @return true if the header is all that is shown
     */
    public boolean isHeaderOnly() {
        return blocks.isEmpty();
    }
}
