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
    private final SubtreeCache cache;
    private final BlockPlace place = new BlockPlace();
    private final BlockCursor cursor = new BlockCursor(place);
    private final LeafBatch batch = new LeafBatch();
    private final byte[] nodes = new byte[2 * Long.SIZE * HASH_LENGTH];

    private TableReader table;
    private TableSummary summary;
    private UnsafeBuffer rows;
    private int loaded = NOTHING;
    /** The hash block whose subtrees are there, and what of its leaves has been hashed. */
    private int hashed = NOTHING;

    private final byte[] subtrees = SubtreeCache.room();
    private long hashedLeaves;

    /** Attached to nothing. */
    public TableTree(final LeafHasher hasher, final SubtreeCache cache) {
        this.hasher = hasher;
        this.cache = cache;
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

    /** Gives back what it holds; it may be attached again. */
    public void detach() {
        place.detach();
        batch.shrink();
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
        final int start = HashBlocks.start(batch.count(), within(hashBlock));
        if (hashed != hashBlock) {
            findSubtrees(hashBlock, start);
        }
        leaves(start, (int) from, (int) to, 0, out, outOffset);
    }

    private void findSubtrees(final int hashBlock, final int start) {
        hashed = NOTHING;
        hashedLeaves = 0;
        if (!cache.get(table.meta().number(), hashBlock, subtrees)) {
            final int full = SubtreeCache.subtrees(records(hashBlock));
            for (int i = 0; i < full; i++) {
                final int from = i * SubtreeCache.LEAVES;
                hashLeaves(start, from, from + SubtreeCache.LEAVES, 0, subtrees, i * HASH_LENGTH);
            }
            cache.put(table.meta().number(), hashBlock, subtrees);
        }
        hashed = hashBlock;
    }

    /** The hash of a subtree: by the shape of all trees, one of 8 leaves or more is made of full ones of 8 and the rest. */
    private void leaves(
            final int start, final int from, final int to, final int depth, final byte[] out, final int outOffset) {
        if (to - from == SubtreeCache.LEAVES) {
            System.arraycopy(subtrees, from / SubtreeCache.LEAVES * HASH_LENGTH, out, outOffset, HASH_LENGTH);
        } else if (to - from < SubtreeCache.LEAVES) {
            hashLeaves(start, from, to, depth, out, outOffset);
        } else {
            final int middle = from + (int) TreeShape.split(to - from);
            final int left = 2 * depth * HASH_LENGTH;
            final int right = left + HASH_LENGTH;
            leaves(start, from, middle, depth + 1, nodes, left);
            leaves(start, middle, to, depth + 1, nodes, right);
            hasher.rules().node(HashRules.LEAVES_TREE, nodes, left, nodes, right, out, outOffset);
        }
    }

    private void hashLeaves(
            final int start, final int from, final int to, final int depth, final byte[] out, final int outOffset) {
        if (to - from == 1) {
            if ((hashedLeaves & 1L << from) == 0) {
                batch.hashLeaves(hasher, start + from, start + to);
                hashedLeaves |= 1L << from;
            }
            System.arraycopy(batch.leaves(), (start + from) * HASH_LENGTH, out, outOffset, HASH_LENGTH);
            return;
        }
        final int middle = from + (int) TreeShape.split(to - from);
        final int left = 2 * depth * HASH_LENGTH;
        final int right = left + HASH_LENGTH;
        hashLeaves(start, from, middle, depth + 1, nodes, left);
        hashLeaves(start, middle, to, depth + 1, nodes, right);
        hasher.rules().node(HashRules.LEAVES_TREE, nodes, left, nodes, right, out, outOffset);
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
