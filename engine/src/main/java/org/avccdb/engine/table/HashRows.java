package org.avccdb.engine.table;

import static org.avccdb.proof.HashRules.HASH_LENGTH;

import org.avccdb.proof.HashRules;

/** The hashes of a table's blocks, from which its root and what is stored of its tree are made. One thread uses it. */
final class HashRows {
    private final LeafHasher hasher;
    private final byte[] row;
    private final int hashBlocks;
    private final int[] firsts;
    private final int dataBlocks;

    /**
     * Rows of a table.
     *
     * @param row hashes of the hash blocks
     * @param hashBlocks how many
     * @param firsts for each data block the index of its first hash block
     * @param dataBlocks how many
     */
    HashRows(
            final LeafHasher hasher, final byte[] row, final int hashBlocks, final int[] firsts, final int dataBlocks) {
        this.hasher = hasher;
        this.row = row;
        this.hashBlocks = hashBlocks;
        this.firsts = firsts;
        this.dataBlocks = dataBlocks;
    }

    /** The root of the table. */
    byte[] root(final TableProperties properties) {
        hasher.tree().start(HashRules.BLOCKS_TREE);
        for (int i = 0; i < hashBlocks; i++) {
            hasher.tree().add(row, i * HASH_LENGTH);
        }
        final byte[] root = new byte[HASH_LENGTH];
        hasher.tree().root(root, 0);
        hasher.rules().table(properties.summary(hashBlocks), root, 0, root, 0);
        return root;
    }

    /** What is stored of the tree. */
    void encode(final SectionBuffer section) {
        RowsDescriptor.encode(row, hashBlocks, firsts, dataBlocks, hasher.rules(), section);
    }
}
