package org.avccdb.engine.roots;

import static org.avccdb.proof.HashRules.HASH_LENGTH;

import java.util.List;
import org.avccdb.engine.table.LeafHasher;
import org.avccdb.proof.HashList;
import org.avccdb.proof.HashRules;
import org.avccdb.proof.MasterHeader;
import org.avccdb.proof.MasterRoot;

/** All runs of one moment, newest first, and the root over them. Immutable. */
final class ProvenState {
    private final MasterHeader header;
    private final List<ProvenRun> runs;
    private final long[] olderMaxPutVersions;
    private final byte[] runLeaves;
    private final MasterRoot root;

    ProvenState(final MasterHeader header, final List<ProvenRun> newestFirst, final LeafHasher hasher) {
        this.header = header;
        this.runs = List.copyOf(newestFirst);
        this.olderMaxPutVersions = new long[runs.size()];
        this.runLeaves = new byte[runs.size() * HASH_LENGTH];
        long highest = 0;
        for (int i = runs.size() - 1; i >= 0; i--) {
            olderMaxPutVersions[i] = highest;
            hasher.rules().runLeaf(runs.get(i).hash(), 0, highest, runLeaves, i * HASH_LENGTH);
            highest = Math.max(highest, runs.get(i).summary().maxPutVersion());
        }
        final byte[] hash = new byte[HASH_LENGTH];
        subtree(hasher, 0, runs.size(), hash);
        hasher.rules().master(header, hash, 0, hash, 0);
        this.root = MasterRoot.of(hash);
    }

    MasterHeader header() {
        return header;
    }

    MasterRoot root() {
        return root;
    }

    int runs() {
        return runs.size();
    }

    ProvenRun run(final int i) {
        return runs.get(i);
    }

    /** The highest put version of all runs that are older. */
    long olderMaxPutVersion(final int run) {
        return olderMaxPutVersions[run];
    }

    private void subtree(final LeafHasher hasher, final long from, final long to, final byte[] out) {
        hasher.tree().start(HashRules.RUNS_TREE);
        for (int i = (int) from; i < to; i++) {
            hasher.tree().add(runLeaves, i * HASH_LENGTH);
        }
        hasher.tree().root(out, 0);
    }

    /** The hashes of all but the first runs, as {@link org.avccdb.proof.TreeShape#siblings} enumerates them. */
    HashList siblings(final int opened, final LeafHasher hasher) {
        return Siblings.of(runs.size(), 0, opened, (from, to, out) -> subtree(hasher, from, to, out));
    }
}
