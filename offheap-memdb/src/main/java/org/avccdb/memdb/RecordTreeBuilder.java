package org.avccdb.memdb;

import static org.avccdb.memdb.RecordTree.BLOCK_RECORDS;
import static org.avccdb.proof.HashRules.HASH_LENGTH;

import java.util.Arrays;
import org.avccdb.proof.HashRules;
import org.avccdb.proof.MasterHeader;
import org.avccdb.proof.MasterRoot;
import org.avccdb.proof.TableSummary;
import org.avccdb.proof.TreeHasher;

/**
 * Builds the tree over a list's records, which are numbered from 1 in the order of writing. Not thread-safe, and nobody
 * writes to the list meanwhile.
 */
final class RecordTreeBuilder {
    private final SkipList list;
    private final MerkleParts parts;
    private final TreeHasher blockHasher;
    private long leavesHashed;

    RecordTreeBuilder(final SkipList list, final MerkleParts parts) {
        this.list = list;
        this.parts = parts;
        this.blockHasher = new TreeHasher(parts.rules());
    }

    long leavesHashed() {
        return leavesHashed;
    }

    /** The tree of an empty list. */
    RecordTree empty() {
        final TreeRows none = new TreeRows(parts.rules(), HashRules.BLOCKS_TREE, new byte[0]);
        final byte[] runsRoot = new byte[HASH_LENGTH];
        parts.rules().empty(HashRules.RUNS_TREE, runsRoot, 0);
        return new RecordTree(new int[0], null, none, master(parts.header(0), runsRoot));
    }

    /**
     * The tree of a list with more records.
     *
     * @param before the tree built last; its records are not hashed again, nor its blocks before the first new record
     * @param count how many records there are, more than before
     */
    RecordTree extend(final RecordTree before, final int count) {
        final int known = before.count();
        parts.leaves().growTo(count);
        final int[] records = sorted(count);
        final int unchanged = hashNewLeaves(records, known);
        long maxPutVersion = 0;
        for (final int record : records) {
            maxPutVersion = Math.max(maxPutVersion, list.version(record));
        }
        final byte[] blockHashes = blockHashes(before, records, unchanged / BLOCK_RECORDS);
        final TreeRows blocks = new TreeRows(parts.rules(), HashRules.BLOCKS_TREE, blockHashes);
        final TableSummary summary = summary(records, blocks.leaves(), maxPutVersion);
        return new RecordTree(records, summary, blocks, root(summary, blocks));
    }

    private int[] sorted(final int count) {
        final int[] records = new int[count];
        final SkipListIterator iterator = list.iterator();
        for (int i = 0; iterator.next(); i++) {
            records[i] = iterator.record();
        }
        return records;
    }

    /** How many records stand before the first new one. */
    private int hashNewLeaves(final int[] records, final int known) {
        final RecordReader reader = parts.reader();
        final LeafHashes leaves = parts.leaves();
        int unchanged = records.length;
        for (int i = records.length - 1; i >= 0; i--) {
            final long sequence = reader.sequence(records[i]);
            if (sequence > known) {
                reader.hashLeaf(records[i], leaves.array(sequence), leaves.offset(sequence));
                leavesHashed++;
                unchanged = i;
            }
        }
        return unchanged;
    }

    private byte[] blockHashes(final RecordTree before, final int[] records, final int kept) {
        final int count = (records.length - 1) / BLOCK_RECORDS + 1;
        final byte[] hashes = new byte[count * HASH_LENGTH];
        if (kept > 0) {
            before.blocks().copyLeaves(kept, hashes);
        }
        for (int block = kept; block < count; block++) {
            final int from = block * BLOCK_RECORDS;
            final int to = Math.min(from + BLOCK_RECORDS, records.length);
            blockHasher.start(HashRules.LEAVES_TREE);
            for (int i = from; i < to; i++) {
                final long sequence = parts.reader().sequence(records[i]);
                blockHasher.add(parts.leaves().array(sequence), parts.leaves().offset(sequence));
            }
            final int at = block * HASH_LENGTH;
            blockHasher.root(hashes, at);
            parts.rules().block(to - from, hashes, at, hashes, at);
        }
        return hashes;
    }

    private TableSummary summary(final int[] records, final int blocks, final long maxPutVersion) {
        final RecordReader reader = parts.reader();
        final int first = records[0];
        final int last = records[records.length - 1];
        return new TableSummary(
                HashRules.TABLE_FORMAT,
                records.length,
                blocks,
                reader.key(first),
                list.version(first),
                reader.sequence(first),
                reader.key(last),
                list.version(last),
                reader.sequence(last),
                1,
                records.length,
                maxPutVersion,
                0,
                0);
    }

    private MasterRoot root(final TableSummary summary, final TreeRows blocks) {
        final HashRules rules = parts.rules();
        final byte[] hash = blocks.root();
        rules.table(summary, hash, 0, hash, 0);
        // Of trees with one leaf, the leaf is the root: so it is for tables and runs.
        rules.run(MerkleParts.run(summary), hash, 0, hash, 0);
        rules.runLeaf(hash, 0, 0, hash, 0);
        return master(parts.header(summary.records()), hash);
    }

    private MasterRoot master(final MasterHeader header, final byte[] runsRoot) {
        final byte[] hash = Arrays.copyOf(runsRoot, HASH_LENGTH);
        parts.rules().master(header, hash, 0, hash, 0);
        return MasterRoot.of(hash);
    }
}
