package org.avccdb.engine.table;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.engine.keys.Keys;
import org.avccdb.engine.keys.Versions;

/** Finds the block of a record ({@link IndexDescriptor}). Immutable; any thread may use it while the table is open. */
final class BlockIndex {
    private final UnsafeBuffer index;
    private final int blocks;
    private final int entries;
    private final int prefix;
    private final int prefixLength;

    /** Over an index that is {@link IndexDescriptor#problem sound}. */
    BlockIndex(final UnsafeBuffer index) {
        this.index = index;
        this.blocks = index.getInt(0, LITTLE_ENDIAN);
        this.entries = IndexDescriptor.entries(blocks);
        this.prefix = IndexDescriptor.prefix(blocks);
        this.prefixLength = index.getInt(IndexDescriptor.PREFIX_LENGTH_OFFSET, LITTLE_ENDIAN);
    }

    int blocks() {
        return blocks;
    }

    long offset(final int block) {
        return index.getLong(entry(block), LITTLE_ENDIAN);
    }

    /** Codec and check included. */
    int storedLength(final int block) {
        return lengthAndCodec(block) & IndexDescriptor.STORED_LENGTH_MASK;
    }

    int codec(final int block) {
        return lengthAndCodec(block) >>> IndexDescriptor.CODEC_SHIFT;
    }

    private int lengthAndCodec(final int block) {
        return index.getInt(entry(block) + IndexDescriptor.STORED_LENGTH_OFFSET, LITTLE_ENDIAN);
    }

    private int entry(final int block) {
        return entries + block * IndexDescriptor.ENTRY_LENGTH;
    }

    /**
     * The last block whose fence is at or before a place. The first record at or behind the place is in this block, or it
     * is the first of the next one.
     */
    int find(final DirectBuffer key, final int offset, final int length, final long version, final long stamp) {
        final int begins = compareToPrefix(key, offset, length);
        if (begins != 0) {
            return begins < 0 ? 0 : blocks - 1;
        }
        final int rest = offset + prefixLength;
        final int restLength = length - prefixLength;
        final long digest = Prefixes.digest(key, rest, restLength);
        int low = 1;
        int high = blocks;
        while (low < high) {
            final int middle = (low + high) >>> 1;
            final long fence = index.getLong(IndexDescriptor.DIGESTS_OFFSET + middle * Long.BYTES, LITTLE_ENDIAN);
            final int order = fence == digest
                    ? compareRest(middle, key, rest, restLength, version, stamp)
                    : Long.compareUnsigned(fence, digest);
            if (order <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    /** Whether the fence of a block, not the first, stands in the middle of the records of this user key. */
    boolean isInside(final int block, final DirectBuffer key, final int offset, final int length) {
        if (version(block) == Versions.KEY_DELETE && stamp(block) == Keys.FIRST_STAMP) {
            return false;
        }
        final int fence = key(block);
        return compareToPrefix(key, offset, length) == 0
                && Keys.compare(
                                index,
                                fence + Short.BYTES,
                                IndexDescriptor.keyLength(index, fence),
                                key,
                                offset + prefixLength,
                                length - prefixLength)
                        == 0;
    }

    /** Order of a fence against a record; the first fence has no key and is not to be asked. */
    int compareFence(
            final int block,
            final DirectBuffer key,
            final int offset,
            final int length,
            final long version,
            final long stamp) {
        final int begins = compareToPrefix(key, offset, length);
        return begins != 0
                ? -begins
                : compareRest(block, key, offset + prefixLength, length - prefixLength, version, stamp);
    }

    private int compareRest(
            final int block,
            final DirectBuffer rest,
            final int offset,
            final int length,
            final long version,
            final long stamp) {
        final int fence = key(block);
        final int order =
                Keys.compare(index, fence + Short.BYTES, IndexDescriptor.keyLength(index, fence), rest, offset, length);
        return order != 0 ? order : Keys.compareWithinKey(version(block), stamp(block), version, stamp);
    }

    /** Whether the digest of a block's fence is that of its key. */
    boolean hasRightDigest(final int block) {
        final int fence = key(block);
        return index.getLong(IndexDescriptor.DIGESTS_OFFSET + block * Long.BYTES, LITTLE_ENDIAN)
                == Prefixes.digest(index, fence + Short.BYTES, IndexDescriptor.keyLength(index, fence));
    }

    private int key(final int block) {
        return index.getInt(entry(block) + IndexDescriptor.KEY_OFFSET_OFFSET, LITTLE_ENDIAN);
    }

    private long version(final int block) {
        return index.getLong(entry(block) + IndexDescriptor.VERSION_OFFSET, LITTLE_ENDIAN);
    }

    private long stamp(final int block) {
        return index.getLong(entry(block) + IndexDescriptor.STAMP_OFFSET, LITTLE_ENDIAN);
    }

    /** 0 if a key begins with the prefix of all fences; else where it is, seen from them. */
    private int compareToPrefix(final DirectBuffer key, final int offset, final int length) {
        return prefixLength == 0
                ? 0
                : Keys.compare(key, offset, Math.min(length, prefixLength), index, prefix, prefixLength);
    }
}
