package org.avccdb.proof;

import static org.avccdb.proof.HashRules.HASH_LENGTH;

/** Computes the root that a proof leads to, from the leaves up. Not thread-safe. */
final class ProofHasher {
    private final HashRules rules = new HashRules();
    private final OpenedTree runsTree = new OpenedTree(rules);
    private final OpenedTree tablesTree = new OpenedTree(rules);
    private final OpenedTree blocksTree = new OpenedTree(rules);
    private final OpenedTree leavesTree = new OpenedTree(rules);

    private final MasterHeader master;

    ProofHasher(final MasterHeader master) {
        this.master = master;
    }

    byte[] root(final Proof proof) {
        final byte[] hash = new byte[HASH_LENGTH];
        runsTree.root(
                HashRules.RUNS_TREE,
                master.runs(),
                0,
                proof.runs().size(),
                (i, out, offset) -> run(proof.runs().get(i), out, offset),
                proof.siblings(),
                hash,
                0);
        rules.master(master, hash, 0, hash, 0);
        return hash;
    }

    private void run(final OpenedRun run, final byte[] out, final int outOffset) {
        tablesTree.root(
                HashRules.TABLES_TREE,
                run.summary().tables(),
                run.firstTable(),
                run.tables().size(),
                (i, to, offset) -> table(run.tables().get(i), to, offset),
                run.siblings(),
                out,
                outOffset);
        rules.run(run.summary(), out, outOffset, out, outOffset);
        rules.runLeaf(out, outOffset, run.olderMaxPutVersion(), out, outOffset);
    }

    private void table(final OpenedTable table, final byte[] out, final int outOffset) {
        blocksTree.root(
                HashRules.BLOCKS_TREE,
                table.summary().blocks(),
                table.firstBlock(),
                table.blocks().size(),
                (i, to, offset) -> block(table.blocks().get(i), to, offset),
                table.siblings(),
                out,
                outOffset);
        rules.table(table.summary(), out, outOffset, out, outOffset);
    }

    private void block(final OpenedBlock block, final byte[] out, final int outOffset) {
        leavesTree.root(
                HashRules.LEAVES_TREE,
                block.records(),
                block.firstLeaf(),
                block.leaves().size(),
                (i, to, offset) -> leaf(block.leaves().get(i), to, offset),
                block.siblings(),
                out,
                outOffset);
        rules.block(block.records(), out, outOffset, out, outOffset);
    }

    private void leaf(final OpenedLeaf leaf, final byte[] out, final int outOffset) {
        final byte[] key = leaf.key();
        if (leaf.valueLength() > HashRules.MAX_INLINE_VALUE && !leaf.carriesLongValue()) {
            rules.leafOfDigest(
                    leaf.type(),
                    master.keyspace(),
                    key,
                    0,
                    key.length,
                    leaf.version(),
                    leaf.sequence(),
                    leaf.valueLength(),
                    leaf.value(),
                    0,
                    out,
                    outOffset);
        } else {
            rules.leaf(
                    leaf.type(),
                    master.keyspace(),
                    key,
                    0,
                    key.length,
                    leaf.version(),
                    leaf.sequence(),
                    leaf.value(),
                    0,
                    leaf.valueLength(),
                    out,
                    outOffset);
        }
    }
}
