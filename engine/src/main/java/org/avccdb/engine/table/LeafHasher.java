package org.avccdb.engine.table;

import org.avccdb.proof.HashRules;
import org.avccdb.proof.TreeHasher;

/** Hashes records and blocks of records. One thread uses it. */
public final class LeafHasher {
    private final HashRules rules = new HashRules();
    private final TreeHasher tree = new TreeHasher(rules);
    private final byte[] root = new byte[HashRules.HASH_LENGTH];

    /** The rules themselves. */
    public HashRules rules() {
        return rules;
    }

    /** For a tree that is begun and ended before anything else is asked of this object. */
    public TreeHasher tree() {
        return tree;
    }

    /**
     * BLOCK over some leaves.
     *
     * @param leaves their hashes, one behind the other
     * @param from the first of them
     * @param to behind the last
     */
    public void block(final byte[] leaves, final int from, final int to, final byte[] out, final int outOffset) {
        tree.start(HashRules.LEAVES_TREE);
        for (int i = from; i < to; i++) {
            tree.add(leaves, i * HashRules.HASH_LENGTH);
        }
        tree.root(root, 0);
        rules.block(to - from, root, 0, out, outOffset);
    }
}
