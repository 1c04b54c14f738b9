package org.avccdb.proof;

import java.util.List;
import java.util.function.Consumer;

/**
 * A proof, as a prover puts it together and {@link ProofCodec} writes it. Immutable, if nobody changes the arrays in it,
 * which are not copied. Nothing in it is believed by the verifier before the root is recomputed.
 *
 * @param kind what is asked
 * @param master what MASTER binds
 * @param runs those opened: the newest ones, newest first, without gaps
 * @param siblings hashes of the subtrees of the other runs, as {@link TreeShape#siblings} enumerates them
 * @param endKey for a range that is not covered to its end the last key that is; else null
 */
@SuppressWarnings("ArrayRecordComponent") // parts of a proof are not compared
public record Proof(QuestionKind kind, MasterHeader master, List<OpenedRun> runs, HashList siblings, byte[] endKey) {
    /**
     * Copies the list.
     *
     * @param kind what is asked
     * @param master what MASTER binds
     * @param runs those opened
     * @param siblings hashes of the other subtrees
     * @param endKey the last key covered, or null
     */
    public Proof {
        runs = List.copyOf(runs);
    }

    /** Every record that is shown in a block: newer runs first, in each run in order. */
    void forEachLeaf(final Consumer<OpenedLeaf> consumer) {
        for (final OpenedRun run : runs) {
            for (final OpenedTable table : run.tables()) {
                for (final OpenedBlock block : table.blocks()) {
                    block.leaves().forEach(consumer);
                }
            }
        }
    }
}
