package org.avccdb.engine.table;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;
import org.avccdb.engine.keys.Versions;

/**
 * Layout of the index of a table, which is searched in place. Each block has a fence: a place in the order of records behind
 * all records of the blocks before and not behind the block's own first. Where the user keys on both sides differ it is the
 * shortest beginning of the block's first user key that is greater than the last one before, and stands before all records
 * of such a key; else it is the block's first record. The fence of the first block is the beginning of everything.
 * Little-endian.
 *
 * <pre>
 *  0        4         8          16            16 + 8 n           16 + 40 n   16 + 40 n + prefix length
 *  +--------+---------+----------+-------------+------------------+-----------+-------------------------------+
 *  | blocks | prefix  | reserved | digests     | entries          | prefix    | fence keys                    |
 *  | n, u32 | length  | u64, 0   | u64 each    | 32 bytes each    |           | u16 length and suffix each    |
 *  |        | u32     |          |             |                  |           |                               |
 *  +--------+---------+----------+-------------+------------------+-----------+-------------------------------+
 *
 *  prefix    what the keys of all fences but the first begin with; the keys are stored without it
 *  digest    the first eight bytes of a fence's key behind the prefix, as a big-endian number; missing ones are zero
 *  entry      0  block offset  u64
 *             8  stored length u32  with codec and check (bits 0-29) | codec (bits 30-31)
 *            12  key offset    u32  where in the section the fence's key is; fences of the same key may share it
 *            16  version       u64
 *            24  stamp         u64
 * </pre>
 *
 * <p>Codec and check follow ({@link BlockDescriptor}).
 */
final class IndexDescriptor {
    static final int PREFIX_LENGTH_OFFSET = 4;
    static final int DIGESTS_OFFSET = 16;
    static final int ENTRY_LENGTH = 32;
    static final int STORED_LENGTH_OFFSET = 8;
    static final int KEY_OFFSET_OFFSET = 12;
    static final int VERSION_OFFSET = 16;
    static final int STAMP_OFFSET = 24;
    static final int CODEC_SHIFT = 30;
    static final int STORED_LENGTH_MASK = (1 << CODEC_SHIFT) - 1;

    /** Bytes for each block beside the key of its fence. */
    static final int BLOCK_LENGTH = Long.BYTES + ENTRY_LENGTH;
    /** Most bytes of an index: one of a table that is cut in time is far from it. */
    static final int MAX_LENGTH = 1 << 29;

    private IndexDescriptor() {}

    static int blocks(final DirectBuffer index) {
        return index.getInt(0, LITTLE_ENDIAN);
    }

    static int entries(final int blocks) {
        return DIGESTS_OFFSET + Long.BYTES * blocks;
    }

    static int prefix(final int blocks) {
        return DIGESTS_OFFSET + BLOCK_LENGTH * blocks;
    }

    /**
     * Checks an index: everything in it can be followed, and the blocks fill the file up to the filter.
     *
     * @param length without codec and check
     * @param dataEnd where the last block ends
     * @return null if it is sound; else what is wrong with it
     */
    static String problem(final DirectBuffer index, final int length, final long dataEnd) {
        if (length < DIGESTS_OFFSET) {
            return "an index of " + length + " bytes";
        }
        final int blocks = blocks(index);
        final int prefixLength = index.getInt(PREFIX_LENGTH_OFFSET, LITTLE_ENDIAN);
        if (blocks < 1 || blocks > length / BLOCK_LENGTH) {
            return "an index of " + length + " bytes with " + Integer.toUnsignedString(blocks) + " blocks";
        }
        if (index.getLong(Long.BYTES, LITTLE_ENDIAN) != 0) {
            return "unknown flags in the index";
        }
        if (prefixLength < 0 || prefixLength > length - prefix(blocks)) {
            return "a key prefix of " + Integer.toUnsignedString(prefixLength) + " bytes in the index";
        }
        long end = 0;
        for (int block = 0; block < blocks; block++) {
            final int entry = entries(blocks) + block * ENTRY_LENGTH;
            final int stored = index.getInt(entry + STORED_LENGTH_OFFSET, LITTLE_ENDIAN);
            if (index.getLong(entry, LITTLE_ENDIAN) != end) {
                return "block " + block + " does not follow the one before";
            }
            end += stored & STORED_LENGTH_MASK;
            final String problem = entryProblem(index, length, entry, prefix(blocks) + prefixLength, stored);
            if (problem != null) {
                return "block " + block + " has " + problem;
            }
        }
        return end == dataEnd ? null : "the blocks end at " + end + " instead of " + dataEnd;
    }

    private static String entryProblem(
            final DirectBuffer index, final int length, final int entry, final int keys, final int stored) {
        final int storedLength = stored & STORED_LENGTH_MASK;
        if (storedLength < BlockDescriptor.TRAILER_LENGTH + BlockDescriptor.CONTENT_LENGTH_LENGTH
                || storedLength > BlockDescriptor.MAX_STORED_LENGTH
                || stored >>> CODEC_SHIFT > BlockDescriptor.CODEC_ZSTD) {
            return "length and codec " + Integer.toHexString(stored);
        }
        final int key = index.getInt(entry + KEY_OFFSET_OFFSET, LITTLE_ENDIAN);
        if (key < keys || key > length - Short.BYTES || keyLength(index, key) > length - Short.BYTES - key) {
            return "its key at " + Integer.toUnsignedString(key);
        }
        final long version = index.getLong(entry + VERSION_OFFSET, LITTLE_ENDIAN);
        return version < Versions.PLAIN ? "version " + version : null;
    }

    static int keyLength(final DirectBuffer index, final int key) {
        return index.getShort(key, LITTLE_ENDIAN) & 0xFFFF;
    }
}
