package org.avccdb.engine.table;

import static org.avccdb.proof.HashRules.HASH_LENGTH;

import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.CorruptionException;
import org.avccdb.engine.keys.Keys;
import org.avccdb.engine.keys.Versions;
import org.avccdb.proof.HashRules;
import org.avccdb.proof.OpenedLeaf;
import org.avccdb.proof.TableSummary;
import org.avccdb.proof.TreeShape;

/**
 * The hash tree of a stored table, for whoever builds proofs. One thread uses it, and keeps the table from being closed while
 * it is attached. It is detached in the end, whatever happens.
 */
public final class TableTree implements HashTree {
    private static final int NOTHING = -1;

    private final LeafHasher hasher;
    private final BlockPlace place = new BlockPlace();
    private final BlockCursor cursor = new BlockCursor(place);
    private final LeafBatch batch = new LeafBatch();
    private final byte[] nodes = new byte[2 * Long.SIZE * HASH_LENGTH];

    private TableReader table;
    private TableSummary summary;
    private UnsafeBuffer rows;
    private int loaded = NOTHING;
    private int hashed = NOTHING;

    /** Attached to nothing. */
    public TableTree(final LeafHasher hasher) {
        this.hasher = hasher;
    }

    /** Attaches to a table, which must have a root. */
    public void attach(final TableReader reader) {
        if (reader == table) {
            return;
        }
        detach();
        if (reader.rows() == null) {
            throw new IllegalArgumentException("table " + reader.meta().number() + " has no hash tree");
        }
        table = reader;
        rows = reader.rows();
        summary = reader.properties().summary(RowsDescriptor.hashBlocks(rows));
    }

    /** Gives back what it holds. */
    public void detach() {
        place.detach();
        table = null;
        rows = null;
        summary = null;
        loaded = NOTHING;
        hashed = NOTHING;
    }

    @Override
    public TableSummary summary() {
        return summary;
    }

    @Override
    public void subtree(final long from, final long to, final byte[] out, final int outOffset) {
        subtree((int) from, (int) to, 0, out, outOffset);
    }

    private void subtree(final int from, final int to, final int depth, final byte[] out, final int outOffset) {
        final int size = to - from;
        final int height = Integer.numberOfTrailingZeros(size);
        if (Integer.bitCount(size) == 1 && height % RowsDescriptor.ROW_STEP == 0) {
            RowsDescriptor.hash(rows, table.index().blocks(), height, from >>> height, out, outOffset);
            return;
        }
        final int middle = from + (int) TreeShape.split(size);
        final int left = 2 * depth * HASH_LENGTH;
        final int right = left + HASH_LENGTH;
        subtree(from, middle, depth + 1, nodes, left);
        subtree(middle, to, depth + 1, nodes, right);
        hasher.rules().node(HashRules.BLOCKS_TREE, nodes, left, nodes, right, out, outOffset);
    }

    @Override
    public long find(final byte[] key) {
        final UnsafeBuffer wanted = new UnsafeBuffer(key);
        int dataBlock = table.index().find(wanted, 0, key.length, Versions.KEY_DELETE, Keys.FIRST_STAMP);
        load(dataBlock);
        int record = batch.firstNotBefore(key, Versions.KEY_DELETE, Keys.FIRST_STAMP);
        if (record == batch.count()) {
            if (++dataBlock == table.index().blocks()) {
                return endsBefore(key);
            }
            load(dataBlock);
            record = 0;
        }
        final int within = HashBlocks.of(batch.count(), record);
        final long hashBlock = RowsDescriptor.first(rows, dataBlock) + (long) within;
        return hashBlock << Integer.SIZE | (record - HashBlocks.start(batch.count(), within));
    }

    private long endsBefore(final byte[] key) {
        if (Arrays.compareUnsigned(summary.lastKey(), key) >= 0) {
            throw new CorruptionException(
                    table.file().name(), -1, "its records end before the last key that it is known by");
        }
        return -1;
    }

    @Override
    public int records(final int hashBlock) {
        final int within = within(hashBlock);
        return HashBlocks.start(batch.count(), within + 1) - HashBlocks.start(batch.count(), within);
    }

    @Override
    public OpenedLeaf leaf(final int hashBlock, final int index) {
        final int within = within(hashBlock);
        return batch.leaf(hasher, HashBlocks.start(batch.count(), within) + index);
    }

    @Override
    public void leaves(final int hashBlock, final long from, final long to, final byte[] out, final int outOffset) {
        final int within = within(hashBlock);
        final int start = HashBlocks.start(batch.count(), within);
        if (hashed != hashBlock) {
            batch.hashLeaves(hasher, start, HashBlocks.start(batch.count(), within + 1));
            hashed = hashBlock;
        }
        hasher.tree().start(HashRules.LEAVES_TREE);
        for (int i = (int) from; i < to; i++) {
            hasher.tree().add(batch.leaves(), (start + i) * HASH_LENGTH);
        }
        hasher.tree().root(out, outOffset);
    }

    /** Loads the data block of a hash block, and says which one of its hash blocks that is. */
    private int within(final int hashBlock) {
        if (loaded == NOTHING || !isIn(loaded, hashBlock)) {
            int low = 0;
            int high = table.index().blocks() - 1;
            while (low < high) {
                final int middle = (low + high + 1) >>> 1;
                if (RowsDescriptor.first(rows, middle) <= hashBlock) {
                    low = middle;
                } else {
                    high = middle - 1;
                }
            }
            load(low);
        }
        return hashBlock - RowsDescriptor.first(rows, loaded);
    }

    private boolean isIn(final int dataBlock, final int hashBlock) {
        final int first = RowsDescriptor.first(rows, dataBlock);
        return hashBlock >= first && hashBlock < first + HashBlocks.count(batch.count());
    }

    private void load(final int dataBlock) {
        if (loaded == dataBlock) {
            return;
        }
        loaded = NOTHING;
        hashed = NOTHING;
        final long offset = table.index().offset(dataBlock);
        try {
            place.leave();
            table.loader().load(dataBlock, place, true);
            cursor.open(table.file(), offset);
            batch.clear();
            for (boolean more = cursor.first(); more; more = cursor.next()) {
                batch.add(
                        hasher,
                        cursor.key(),
                        0,
                        cursor.keyLength(),
                        cursor.version(),
                        cursor.stamp(),
                        place.view(),
                        cursor.valueOffset(),
                        cursor.valueLength());
            }
        } catch (final IndexOutOfBoundsException malformed) {
            throw TableReader.malformed(table.file().name(), offset, malformed);
        }
        checkHashBlocks(dataBlock, offset);
        loaded = dataBlock;
    }

    private void checkHashBlocks(final int dataBlock, final long offset) {
        final int next = dataBlock + 1 == table.index().blocks()
                ? RowsDescriptor.hashBlocks(rows)
                : RowsDescriptor.first(rows, dataBlock + 1);
        if (batch.count() == 0 || next - RowsDescriptor.first(rows, dataBlock) != HashBlocks.count(batch.count())) {
            throw new CorruptionException(
                    table.file().name(),
                    offset,
                    "a block of " + batch.count() + " records that the hash rows do not fit");
        }
    }
}
