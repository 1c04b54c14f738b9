package org.avccdb.engine.roots;

import org.avccdb.engine.table.HashTree;
import org.avccdb.engine.table.LeafHasher;
import org.avccdb.proof.OpenedLeaf;
import org.avccdb.proof.TableSummary;

/** The hash tree of a part of a memtable. One thread uses it. */
record PartTree(Part part, LeafHasher hasher) implements HashTree {
    @Override
    public TableSummary summary() {
        return part.summary();
    }

    @Override
    public void subtree(final long from, final long to, final byte[] out, final int outOffset) {
        part.subtree(hasher, (int) from, (int) to, out, outOffset);
    }

    @Override
    public long find(final byte[] key) {
        return part.find(key);
    }

    @Override
    public int records(final int block) {
        return part.records(block);
    }

    @Override
    public OpenedLeaf leaf(final int block, final int index) {
        return part.leaf(block, index);
    }

    @Override
    public void leaves(final int block, final long from, final long to, final byte[] out, final int outOffset) {
        part.leaves(hasher, block, (int) from, (int) to, out, outOffset);
    }
}
