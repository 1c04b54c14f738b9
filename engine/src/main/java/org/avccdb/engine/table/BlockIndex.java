package org.avccdb.engine.table;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.engine.keys.Keys;
import org.avccdb.engine.keys.Versions;
import org.avccdb.memdb.MemoryLedger;
import org.avccdb.memdb.MemoryPurpose;

/**
 * Finds the block of a record ({@link IndexDescriptor}). Immutable; any thread may use it while the table is open.
 *
 * <p>What a search needs of each fence, its digest and the block's place, is copied together when the table is opened: the
 * samples of all open tables stay in the processor's caches, as do the {@link SampleParts}, which tell which of them to look
 * at, and behind them a search touches two lines. The copies are off the heap, as each merge opens its tables, and most of
 * those are merged again before anybody has searched them.
 *
 * <pre>
 * copies   sample u64 for every 8th block | for each block, and at the end for where the blocks end: digest u64 | place u64 |
 *          the parts of the samples
 * sample   digest of the fence
 * place    offset of the block, and its codec in the lowest bits
 * </pre>
 */
final class BlockIndex {
    /** Fences from one sample to the next: as many as two lines of 64 bytes hold. */
    private static final int GROUP = 8;

    private static final int CODEC_BITS = Integer.SIZE - IndexDescriptor.CODEC_SHIFT;

    private static final int FENCE_LENGTH = 2 * Long.BYTES;

    private final UnsafeBuffer index;
    private final ScratchBuffer memory;
    /** The samples, behind them the fences, and the parts of the samples. */
    private final UnsafeBuffer copies;

    private final SampleParts parts;

    private final int fences;
    private final int blocks;
    private final int entries;
    private final int prefix;
    private final int prefixLength;

    /** Over an index that is {@link IndexDescriptor#problem sound}; to be {@link #free}d. */
    BlockIndex(final UnsafeBuffer index, final MemoryLedger ledger) {
        this.index = index;
        this.blocks = IndexDescriptor.blocks(index);
        this.entries = IndexDescriptor.entries(blocks);
        this.prefix = IndexDescriptor.prefix(blocks);
        this.prefixLength = index.getInt(IndexDescriptor.PREFIX_LENGTH_OFFSET, LITTLE_ENDIAN);
        final int samples = (blocks + GROUP - 1) / GROUP;
        this.fences = samples * Long.BYTES;
        this.memory = new ScratchBuffer(ledger, MemoryPurpose.TABLE_INDEX);
        final int partsAt = place(blocks) + Long.BYTES;
        memory.ensure(partsAt + SampleParts.maxLength(samples));
        this.copies = memory.buffer();
        long end = 0;
        for (int block = 0; block < blocks; block++) {
            final long digest = storedDigest(block);
            final int stored = index.getInt(entry(block) + IndexDescriptor.STORED_LENGTH_OFFSET, LITTLE_ENDIAN);
            if (block % GROUP == 0) {
                copies.putLong(block / GROUP * Long.BYTES, digest);
            }
            copies.putLong(fence(block), digest);
            copies.putLong(place(block), (end << CODEC_BITS) | (stored >>> IndexDescriptor.CODEC_SHIFT));
            end += stored & IndexDescriptor.STORED_LENGTH_MASK;
        }
        copies.putLong(place(blocks), end << CODEC_BITS);
        this.parts = new SampleParts(copies, samples, partsAt);
    }

    private int fence(final int block) {
        return fences + block * FENCE_LENGTH;
    }

    private int place(final int block) {
        return fence(block) + Long.BYTES;
    }

    /** Gives the memory back; nothing is found any more. */
    void free() {
        memory.free();
    }

    int blocks() {
        return blocks;
    }

    long offset(final int block) {
        return copies.getLong(place(block)) >>> CODEC_BITS;
    }

    /** Codec and check included. */
    int storedLength(final int block) {
        return (int) (offset(block + 1) - offset(block));
    }

    int codec(final int block) {
        return (int) copies.getLong(place(block)) & ((1 << CODEC_BITS) - 1);
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
        final int part = parts.of(digest);
        int low = parts.begin(part);
        int high = parts.end(part);
        while (low < high) {
            final int middle = (low + high) >>> 1;
            if (isBehind(
                    copies.getLong(middle * Long.BYTES),
                    digest,
                    middle * GROUP,
                    key,
                    rest,
                    restLength,
                    version,
                    stamp)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        high = Math.min(low * GROUP, blocks);
        low = (low - 1) * GROUP + 1;
        while (low < high) {
            final int middle = (low + high) >>> 1;
            if (isBehind(copies.getLong(fence(middle)), digest, middle, key, rest, restLength, version, stamp)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low - 1;
    }

    /** Whether a fence with this digest is behind a place with that one. */
    private boolean isBehind(
            final long fence,
            final long digest,
            final int block,
            final DirectBuffer rest,
            final int offset,
            final int length,
            final long version,
            final long stamp) {
        return fence == digest
                ? compareRest(block, rest, offset, length, version, stamp) > 0
                : Long.compareUnsigned(fence, digest) > 0;
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

    /** The user key of the fence of a block, not the first: no record before the block has a greater one, none in it a smaller. */
    byte[] fenceKey(final int block) {
        final int fence = key(block);
        final int restLength = IndexDescriptor.keyLength(index, fence);
        final byte[] key = new byte[prefixLength + restLength];
        index.getBytes(prefix, key, 0, prefixLength);
        index.getBytes(fence + Short.BYTES, key, prefixLength, restLength);
        return key;
    }

    /** Whether the digest of a block's fence is that of its key. */
    boolean hasRightDigest(final int block) {
        final int fence = key(block);
        return storedDigest(block)
                == Prefixes.digest(index, fence + Short.BYTES, IndexDescriptor.keyLength(index, fence));
    }

    private long storedDigest(final int block) {
        return index.getLong(IndexDescriptor.DIGESTS_OFFSET + block * Long.BYTES, LITTLE_ENDIAN);
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
