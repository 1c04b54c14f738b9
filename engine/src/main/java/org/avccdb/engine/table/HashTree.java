package org.avccdb.engine.table;

import org.avccdb.proof.OpenedLeaf;
import org.avccdb.proof.TableSummary;
import org.avccdb.proof.TreeShape;

/** The hash tree over sorted records in blocks, for whoever builds proofs of it. One thread uses it. */
public interface HashTree {
    /** What TABLE binds. */
    TableSummary summary();

    /** The hash of a subtree of blocks, as {@link TreeShape#siblings} names it. */
    void subtree(long from, long to, byte[] out, int outOffset);

    /**
     * The first record at or behind the head of a user key, as its block in the upper half and its index there in the lower
     * half; -1 where there is none.
     */
    long find(byte[] key);

    /** How many records a block has. */
    int records(int block);

    /** A record of a block, as a proof shows it, with the hash of a long value. */
    OpenedLeaf leaf(int block, int index);

    /** The hash of a subtree of the leaves of a block. */
    void leaves(int block, long from, long to, byte[] out, int outOffset);
}
