package org.avccdb.engine.table;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.avccdb.proof.HashRules.HASH_LENGTH;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.avccdb.proof.HashRules;

/**
 * Layout of the hash rows of a table: the hashes of its hash blocks, and of what is above them every third row, so that any
 * subtree is some hashes away at most. Little-endian.
 *
 * <pre>
 *   0  hash blocks   u32  h
 *   4  data blocks   u32  d
 *   8  first hash block of each data block, u32 each
 *   8 + 4 d          row 0: h hashes of 32 bytes
 *                    row 3: h / 8 hashes, each the root of a full subtree of 8 blocks
 *                    row 6: h / 64 hashes, and so on as long as there is one
 * </pre>
 *
 * <p>Codec and check follow ({@link BlockDescriptor}).
 */
final class RowsDescriptor {
    /** Every so many rows one is stored. */
    static final int ROW_STEP = 3;

    private static final int DATA_BLOCKS_OFFSET = 4;
    private static final int FIRSTS_OFFSET = 8;

    private RowsDescriptor() {}

    /** How long the rows of a table are, without codec and check. */
    static int length(final HashList row, final int dataBlocks) {
        return Math.toIntExact(length(row.size(), dataBlocks));
    }

    static void encode(
            final HashList row,
            final DirectBuffer firsts,
            final int dataBlocks,
            final HashRules rules,
            final MutableDirectBuffer section) {
        final int hashBlocks = row.size();
        section.putInt(0, hashBlocks, LITTLE_ENDIAN);
        section.putInt(DATA_BLOCKS_OFFSET, dataBlocks, LITTLE_ENDIAN);
        for (int i = 0; i < dataBlocks; i++) {
            section.putInt(FIRSTS_OFFSET + i * Integer.BYTES, firsts.getInt(i * Integer.BYTES), LITTLE_ENDIAN);
        }
        int at = FIRSTS_OFFSET + dataBlocks * Integer.BYTES;
        row.copyTo(section, at);
        final byte[] eight = new byte[(1 << ROW_STEP) * HASH_LENGTH];
        for (int height = ROW_STEP; hashBlocks >>> height > 0; height += ROW_STEP) {
            final int below = at;
            at += (hashBlocks >>> (height - ROW_STEP)) * HASH_LENGTH;
            for (int i = 0; i < hashBlocks >>> height; i++) {
                section.getBytes(below + i * eight.length, eight);
                fold(eight, rules);
                section.putBytes(at + i * HASH_LENGTH, eight, 0, HASH_LENGTH);
            }
        }
    }

    /** The root of a full subtree, in place. */
    private static void fold(final byte[] hashes, final HashRules rules) {
        for (int count = hashes.length / HASH_LENGTH; count > 1; count /= 2) {
            for (int i = 0; i < count; i += 2) {
                rules.node(
                        HashRules.BLOCKS_TREE,
                        hashes,
                        i * HASH_LENGTH,
                        hashes,
                        (i + 1) * HASH_LENGTH,
                        hashes,
                        i / 2 * HASH_LENGTH);
            }
        }
    }

    private static long length(final int hashBlocks, final int dataBlocks) {
        return rowOffset(hashBlocks, dataBlocks, Integer.SIZE);
    }

    /** Where a row begins; rows that are not stored have no length. */
    private static long rowOffset(final int hashBlocks, final int dataBlocks, final int height) {
        long at = FIRSTS_OFFSET + (long) dataBlocks * Integer.BYTES;
        for (int below = 0; below < Math.min(height, Integer.SIZE); below += ROW_STEP) {
            at += (long) (hashBlocks >>> below) * HASH_LENGTH;
        }
        return at;
    }

    /**
     * Checks the rows of a table.
     *
     * @param length without codec and check
     * @param dataBlocks how many the table has
     * @return null if they are sound; else what is wrong with them
     */
    static String problem(final DirectBuffer section, final int length, final int dataBlocks) {
        if (length < FIRSTS_OFFSET || section.getInt(DATA_BLOCKS_OFFSET, LITTLE_ENDIAN) != dataBlocks) {
            return "hash rows that are not for " + dataBlocks + " blocks";
        }
        final int hashBlocks = hashBlocks(section);
        if (hashBlocks < dataBlocks || length(hashBlocks, dataBlocks) != length) {
            return "hash rows of " + length + " bytes for " + hashBlocks + " blocks";
        }
        int previous = -1;
        for (int i = 0; i < dataBlocks; i++) {
            final int first = first(section, i);
            if (first <= previous || first >= hashBlocks || (i == 0 && first != 0)) {
                return "data block " + i + " begins with hash block " + first + " of " + hashBlocks;
            }
            previous = first;
        }
        return null;
    }

    static int hashBlocks(final DirectBuffer section) {
        return section.getInt(0, LITTLE_ENDIAN);
    }

    /** The first hash block of a data block. */
    static int first(final DirectBuffer section, final int dataBlock) {
        return section.getInt(FIRSTS_OFFSET + dataBlock * Integer.BYTES, LITTLE_ENDIAN);
    }

    /**
     * A hash of a stored row.
     *
     * @param height of the row, a multiple of {@link #ROW_STEP}
     * @param index in the row, of a full subtree
     */
    static void hash(
            final DirectBuffer section,
            final int dataBlocks,
            final int height,
            final int index,
            final byte[] out,
            final int outOffset) {
        final long row = rowOffset(hashBlocks(section), dataBlocks, height);
        section.getBytes((int) row + index * HASH_LENGTH, out, outOffset, HASH_LENGTH);
    }
}
