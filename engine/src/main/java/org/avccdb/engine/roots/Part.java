package org.avccdb.engine.roots;

import static org.avccdb.proof.HashRules.HASH_LENGTH;

import java.util.ArrayList;
import java.util.List;
import org.avccdb.engine.table.HashBlocks;
import org.avccdb.engine.table.LeafHasher;
import org.avccdb.proof.HashRules;
import org.avccdb.proof.OpenedLeaf;
import org.avccdb.proof.TableSummary;

/**
 * Sorted records of a memtable, hashed as a table is, with all rows of their tree. Nothing in it is the memtable's own, so it
 * does not keep that from being freed. Immutable; any number of threads may use it.
 */
final class Part {
    private final SortedRecords sorted;
    private final PartBounds bounds;
    private final TableSummary summary;
    private final List<byte[]> rows;
    private final byte[] root = new byte[HASH_LENGTH];

    private Part(final SortedRecords sorted, final PartBounds bounds, final LeafHasher hasher) {
        this.sorted = sorted;
        this.bounds = bounds;
        this.summary = bounds.summary(sorted, blocks(sorted.count()));
        this.rows = rows(hasher);
        hasher.tree().start(HashRules.BLOCKS_TREE);
        for (int i = 0; i < summary.blocks(); i++) {
            hasher.tree().add(rows.get(0), i * HASH_LENGTH);
        }
        hasher.tree().root(root, 0);
        hasher.rules().table(summary, root, 0, root, 0);
    }

    private static int blocks(final int records) {
        return (records + HashBlocks.USUAL_RECORDS - 1) / HashBlocks.USUAL_RECORDS;
    }

    /** Of the records from one number to another, at least one. */
    static Part of(final HashedRecords records, final int from, final int to, final LeafHasher hasher) {
        return new Part(SortedRecords.of(records, from, to), PartBounds.of(records, from, to), hasher);
    }

    /** The records of several parts in one. */
    static Part merged(final List<Part> parts, final LeafHasher hasher) {
        final List<SortedRecords> sorted = new ArrayList<>();
        PartBounds bounds = null;
        for (final Part part : parts) {
            sorted.add(part.sorted);
            bounds = bounds == null ? part.bounds : bounds.and(part.bounds);
        }
        return new Part(SortedRecords.merged(sorted), bounds, hasher);
    }

    private List<byte[]> rows(final LeafHasher hasher) {
        final List<byte[]> built = new ArrayList<>();
        final byte[] leaves = new byte[HashBlocks.USUAL_RECORDS * HASH_LENGTH];
        byte[] row = new byte[summary.blocks() * HASH_LENGTH];
        for (int i = 0; i < summary.blocks(); i++) {
            final int records = records(i);
            for (int j = 0; j < records; j++) {
                copyLeaf(i, j, leaves, j * HASH_LENGTH);
            }
            hasher.block(leaves, 0, records, row, i * HASH_LENGTH);
        }
        built.add(row);
        while (row.length >= 2 * HASH_LENGTH) {
            final byte[] above = new byte[row.length / (2 * HASH_LENGTH) * HASH_LENGTH];
            for (int at = 0; at < above.length; at += HASH_LENGTH) {
                hasher.rules().node(HashRules.BLOCKS_TREE, row, 2 * at, row, 2 * at + HASH_LENGTH, above, at);
            }
            built.add(above);
            row = above;
        }
        return built;
    }

    private void copyLeaf(final int block, final int index, final byte[] out, final int outOffset) {
        sorted.records().copyLeaf(record(block, index), out, outOffset);
    }

    private int record(final int block, final int index) {
        return sorted.record(start(block) + index);
    }

    private int start(final int block) {
        return Math.min(block * HashBlocks.USUAL_RECORDS, sorted.count());
    }

    int count() {
        return sorted.count();
    }

    TableSummary summary() {
        return summary;
    }

    byte[] root() {
        return root;
    }

    /** The hash of a subtree of blocks. */
    void subtree(final LeafHasher hasher, final int from, final int to, final byte[] out, final int outOffset) {
        final int size = to - from;
        if (Integer.bitCount(size) == 1) {
            final int height = Integer.numberOfTrailingZeros(size);
            System.arraycopy(rows.get(height), (from >>> height) * HASH_LENGTH, out, outOffset, HASH_LENGTH);
            return;
        }
        final int middle = from + Integer.highestOneBit(size - 1);
        final byte[] pair = new byte[2 * HASH_LENGTH];
        subtree(hasher, from, middle, pair, 0);
        subtree(hasher, middle, to, pair, HASH_LENGTH);
        hasher.rules().node(HashRules.BLOCKS_TREE, pair, 0, pair, HASH_LENGTH, out, outOffset);
    }

    /** The first record at or behind the head of a user key, as a {@link org.avccdb.engine.table.HashTree} says it. */
    long find(final byte[] key) {
        final int place = sorted.firstNotBefore(key);
        return place == sorted.count()
                ? -1
                : (long) (place / HashBlocks.USUAL_RECORDS) << Integer.SIZE | place % HashBlocks.USUAL_RECORDS;
    }

    int records(final int block) {
        return start(block + 1) - start(block);
    }

    OpenedLeaf leaf(final int block, final int index) {
        return sorted.records().leaf(record(block, index));
    }

    /** The hash of a subtree of the leaves of a block. */
    void leaves(
            final LeafHasher hasher,
            final int block,
            final int from,
            final int to,
            final byte[] out,
            final int outOffset) {
        final byte[] leaf = new byte[HASH_LENGTH];
        hasher.tree().start(HashRules.LEAVES_TREE);
        for (int i = from; i < to; i++) {
            copyLeaf(block, i, leaf, 0);
            hasher.tree().add(leaf, 0);
        }
        hasher.tree().root(out, outOffset);
    }

    @Override
    public String toString() {
        return count() + " records, sequences " + summary.minSequence() + " to " + summary.maxSequence();
    }
}
