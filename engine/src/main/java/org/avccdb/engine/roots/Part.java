package org.avccdb.engine.roots;

import static org.avccdb.proof.HashRules.HASH_LENGTH;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.avccdb.engine.keys.RecordType;
import org.avccdb.engine.table.HashBlocks;
import org.avccdb.engine.table.LeafHasher;
import org.avccdb.proof.HashRules;
import org.avccdb.proof.OpenedLeaf;
import org.avccdb.proof.TableSummary;

/**
 * Sorted records of a memtable, hashed as a table is, with all rows of their tree. It has copied what it needs of the memtable,
 * so it does not keep that from being freed. Immutable; any number of threads may use it.
 */
final class Part {
    private final PartRecords records;
    private final TableSummary summary;
    private final List<byte[]> rows;
    private final byte[] root = new byte[HASH_LENGTH];

    private Part(final PartRecords records, final LeafHasher hasher) {
        this.records = records;
        this.summary = summarize(records);
        this.rows = rows(hasher);
        hasher.tree().start(HashRules.BLOCKS_TREE);
        for (int i = 0; i < summary.blocks(); i++) {
            hasher.tree().add(rows.get(0), i * HASH_LENGTH);
        }
        hasher.tree().root(root, 0);
        hasher.rules().table(summary, root, 0, root, 0);
    }

    /** Of records in any order, at least one. */
    static Part of(final PartRecords unsorted, final LeafHasher hasher) {
        final int[] order = RecordSorter.sort(unsorted.count(), (a, b) -> unsorted.compare(a, unsorted, b));
        final PartRecords sorted = new PartRecords();
        for (final int i : order) {
            sorted.add(unsorted, i);
        }
        return new Part(sorted, hasher);
    }

    /** The records of several parts in one. */
    static Part merged(final List<Part> parts, final LeafHasher hasher) {
        PartRecords merged = parts.get(0).records;
        for (final Part part : parts.subList(1, parts.size())) {
            merged = merge(merged, part.records);
        }
        return new Part(merged, hasher);
    }

    private static PartRecords merge(final PartRecords a, final PartRecords b) {
        final PartRecords merged = new PartRecords();
        int i = 0;
        int j = 0;
        while (i < a.count() || j < b.count()) {
            if (j == b.count() || (i < a.count() && a.compare(i, b, j) < 0)) {
                merged.add(a, i++);
            } else {
                merged.add(b, j++);
            }
        }
        return merged;
    }

    private static TableSummary summarize(final PartRecords records) {
        long minSequence = Long.MAX_VALUE;
        long maxSequence = 0;
        long maxPutVersion = 0;
        long keyDeletes = 0;
        long versionDeletes = 0;
        for (int i = 0; i < records.count(); i++) {
            minSequence = Math.min(minSequence, records.sequence(i));
            maxSequence = Math.max(maxSequence, records.sequence(i));
            switch (records.type(i)) {
                case RecordType.KEY_DELETE -> keyDeletes++;
                case RecordType.VERSION_DELETE -> versionDeletes++;
                default -> maxPutVersion = Math.max(maxPutVersion, records.version(i));
            }
        }
        final int last = records.count() - 1;
        return new TableSummary(
                HashRules.TABLE_FORMAT,
                records.count(),
                (records.count() + HashBlocks.USUAL_RECORDS - 1) / HashBlocks.USUAL_RECORDS,
                records.key(0),
                records.version(0),
                records.sequence(0),
                records.key(last),
                records.version(last),
                records.sequence(last),
                minSequence,
                maxSequence,
                maxPutVersion,
                keyDeletes,
                versionDeletes);
    }

    private List<byte[]> rows(final LeafHasher hasher) {
        final List<byte[]> built = new ArrayList<>();
        byte[] row = new byte[summary.blocks() * HASH_LENGTH];
        for (int i = 0; i < summary.blocks(); i++) {
            hasher.block(records.leaves(), start(i), start(i + 1), row, i * HASH_LENGTH);
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

    private int start(final int block) {
        return Math.min(block * HashBlocks.USUAL_RECORDS, records.count());
    }

    int count() {
        return records.count();
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
        int low = 0;
        int high = records.count();
        while (low < high) {
            final int middle = (low + high) >>> 1;
            if (records.compareKey(middle, key) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == records.count()
                ? -1
                : (long) (low / HashBlocks.USUAL_RECORDS) << Integer.SIZE | low % HashBlocks.USUAL_RECORDS;
    }

    int records(final int block) {
        return start(block + 1) - start(block);
    }

    OpenedLeaf leaf(final int block, final int index) {
        return records.leaf(start(block) + index);
    }

    /** The hash of a subtree of the leaves of a block. */
    void leaves(
            final LeafHasher hasher,
            final int block,
            final int from,
            final int to,
            final byte[] out,
            final int outOffset) {
        hasher.tree().start(HashRules.LEAVES_TREE);
        for (int i = from; i < to; i++) {
            hasher.tree().add(records.leaves(), (start(block) + i) * HASH_LENGTH);
        }
        hasher.tree().root(out, outOffset);
    }

    @Override
    public String toString() {
        return count() + " records, sequences " + summary.minSequence() + " to " + summary.maxSequence() + ", "
                + Arrays.toString(summary.firstKey());
    }
}
