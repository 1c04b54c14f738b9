package org.avccdb.engine.table;

import static org.avccdb.proof.HashRules.HASH_LENGTH;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.avccdb.proof.HashRules;

/** The hashes of a table's blocks, from which its root and what is stored of its tree are made. One thread uses it. */
final class HashRows {
    private final LeafHasher hasher;
    private final HashList row;
    private final DirectBuffer firsts;
    private final int dataBlocks;

    /**
     * Rows of a table.
     *
     * @param row hashes of the hash blocks
     * @param firsts for each data block the index of its first hash block, an int
     * @param dataBlocks how many
     */
    HashRows(final LeafHasher hasher, final HashList row, final DirectBuffer firsts, final int dataBlocks) {
        this.hasher = hasher;
        this.row = row;
        this.firsts = firsts;
        this.dataBlocks = dataBlocks;
    }

    /** The root of the table. */
    byte[] root(final TableProperties properties) {
        hasher.tree().start(HashRules.BLOCKS_TREE);
        row.addTo(hasher.tree());
        final byte[] root = new byte[HASH_LENGTH];
        hasher.tree().root(root, 0);
        hasher.rules().table(properties.summary(row.size()), root, 0, root, 0);
        return root;
    }

    /** How long that is which is stored of the tree. */
    int length() {
        return RowsDescriptor.length(row, dataBlocks);
    }

    /** What is stored of the tree. */
    void encode(final MutableDirectBuffer section) {
        RowsDescriptor.encode(row, firsts, dataBlocks, hasher.rules(), section);
    }
}
