package org.avccdb.memdb;

import static org.avccdb.memdb.RecordTree.BLOCK_RECORDS;
import static org.avccdb.proof.HashRules.HASH_LENGTH;

import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.proof.HashList;
import org.avccdb.proof.HashRules;
import org.avccdb.proof.OpenedBlock;
import org.avccdb.proof.OpenedLeaf;
import org.avccdb.proof.OpenedRun;
import org.avccdb.proof.OpenedTable;
import org.avccdb.proof.Proof;
import org.avccdb.proof.ProofCodec;
import org.avccdb.proof.QuestionKind;
import org.avccdb.proof.TreeHasher;
import org.avccdb.proof.TreeShape;

/** Makes proofs from a tree of records. Not thread-safe. */
final class RecordProver {
    private final SkipList list;
    private final MerkleParts parts;
    private final TreeHasher leafHasher;
    private final byte[] sibling = new byte[HASH_LENGTH];

    RecordProver(final SkipList list, final MerkleParts parts) {
        this.list = list;
        this.parts = parts;
        this.leafHasher = new TreeHasher(parts.rules());
    }

    /**
     * The proof of what a key has, or has not.
     *
     * @param version asked for; 0 asks for the latest
     */
    byte[] prove(final RecordTree tree, final byte[] key, final long version) {
        final QuestionKind kind = version == 0 ? QuestionKind.LATEST : QuestionKind.VERSION;
        final List<OpenedRun> runs = tree.count() == 0 ? List.of() : List.of(open(tree, key, version));
        return ProofCodec.encode(new Proof(kind, parts.header(tree.count()), runs, HashList.EMPTY, null));
    }

    /** Opens the key's records from its first through the version asked for, with the neighbours of them all. */
    private OpenedRun open(final RecordTree tree, final byte[] key, final long version) {
        final int from = firstAtOrBehind(tree, key, Long.MAX_VALUE);
        final long lowest = version == 0 ? latestVersion(tree, from, key) : version;
        final int answer = firstAtOrBehind(tree, key, lowest);
        final int to = firstAtOrBehind(tree, key, lowest - 1);
        final OpenedTable table;
        if (from == to && (from == 0 || to == tree.count())) {
            // Before or behind all records: the table's own bounds show it.
            table = OpenedTable.headerOnly(tree.summary(), tree.blocks().root(), 0);
        } else {
            final int end = Math.min(to + 1, tree.count());
            table = openTable(tree, Math.max(from - 1, 0), end, answer < to ? answer : -1);
        }
        return new OpenedRun(MerkleParts.run(tree.summary()), 0, 0, List.of(table), HashList.EMPTY);
    }

    /** The index of the first record at or behind a version of a key; -1 is behind all of them. */
    private int firstAtOrBehind(final RecordTree tree, final byte[] key, final long version) {
        final UnsafeBuffer wrapped = new UnsafeBuffer(key);
        final long address = NativeMemory.addressOf(wrapped, 0);
        int low = 0;
        int high = tree.count();
        while (low < high) {
            final int middle = (low + high) >>> 1;
            if (list.compare(key, address, key.length, version, -1, tree.records()[middle]) <= 0) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private long latestVersion(final RecordTree tree, final int head, final byte[] key) {
        final boolean isThere = head < firstAtOrBehind(tree, key, -1);
        return isThere ? list.version(tree.records()[head]) : 0;
    }

    private OpenedTable openTable(final RecordTree tree, final int from, final int to, final int answer) {
        final int firstBlock = from / BLOCK_RECORDS;
        final int lastBlock = (to - 1) / BLOCK_RECORDS;
        final List<OpenedBlock> blocks = new ArrayList<>();
        for (int block = firstBlock; block <= lastBlock; block++) {
            blocks.add(openBlock(tree, block, from, to, answer));
        }
        final HashList.Builder siblings = new HashList.Builder();
        TreeShape.siblings(tree.blocks().leaves(), firstBlock, lastBlock + 1L, (start, end) -> {
            tree.blocks().subtree(start, end, sibling);
            siblings.add(sibling, 0);
        });
        return new OpenedTable(tree.summary(), firstBlock, blocks, siblings.build());
    }

    private OpenedBlock openBlock(
            final RecordTree tree, final int block, final int from, final int to, final int answer) {
        final int first = block * BLOCK_RECORDS;
        final int length = tree.blockLength(block);
        final int firstLeaf = Math.max(from - first, 0);
        final int endLeaf = Math.min(to - first, length);
        final List<OpenedLeaf> leaves = new ArrayList<>();
        for (int i = first + firstLeaf; i < first + endLeaf; i++) {
            leaves.add(parts.reader().open(tree.records()[i], i == answer));
        }
        final HashList.Builder siblings = new HashList.Builder();
        TreeShape.siblings(length, firstLeaf, endLeaf, (start, end) -> {
            leafHasher.start(HashRules.LEAVES_TREE);
            for (long i = first + start; i < first + end; i++) {
                final long sequence = parts.reader().sequence(tree.records()[(int) i]);
                leafHasher.add(parts.leaves().array(sequence), parts.leaves().offset(sequence));
            }
            leafHasher.root(sibling, 0);
            siblings.add(sibling, 0);
        });
        return new OpenedBlock(length, firstLeaf, leaves, siblings.build());
    }
}
