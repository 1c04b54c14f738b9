package org.avccdb.engine.table;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Collects the blocks of a table and their fences ({@link IndexDescriptor}), of one table after the other. */
final class IndexBuilder {
    private int blocks;
    private long[] offsets = new long[64];
    private int[] lengths = new int[64];
    private int[] keys = new int[64];
    private int[] keyLengths = new int[64];
    private long[] versions = new long[64];
    private long[] stamps = new long[64];

    private byte[] bytes = new byte[1024];
    private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
    private int used;

    /** Begins a table. */
    void begin() {
        blocks = 0;
        used = 0;
    }

    int blocks() {
        return blocks;
    }

    /** About how much memory is kept for the next table. */
    long keptBytes() {
        return offsets.length * (3L * Long.BYTES + 3L * Integer.BYTES) + bytes.length;
    }

    /** About how long the index is. */
    int length() {
        return IndexDescriptor.prefix(blocks) + used + Short.BYTES * blocks;
    }

    /** Begins the next block, whose fence this is. The first has a fence without a key. */
    void fence(final DirectBuffer key, final int offset, final int length, final long version, final long stamp) {
        if (blocks == offsets.length) {
            grow();
        }
        final boolean sameKey = blocks > 1
                && keyLengths[blocks - 1] == length
                && Prefixes.common(buffer, keys[blocks - 1], key, offset, length) == length;
        if (sameKey) {
            keys[blocks] = keys[blocks - 1];
        } else {
            reserve(length);
            buffer.putBytes(used, key, offset, length);
            keys[blocks] = used;
            used += length;
        }
        keyLengths[blocks] = length;
        versions[blocks] = version;
        stamps[blocks] = stamp;
        blocks++;
    }

    /** Where the block that was begun last has been put. */
    void block(final long offset, final int storedLength, final int codec) {
        offsets[blocks - 1] = offset;
        lengths[blocks - 1] = storedLength | (codec << IndexDescriptor.CODEC_SHIFT);
    }

    private void grow() {
        final int length = blocks * 2;
        offsets = Arrays.copyOf(offsets, length);
        lengths = Arrays.copyOf(lengths, length);
        keys = Arrays.copyOf(keys, length);
        keyLengths = Arrays.copyOf(keyLengths, length);
        versions = Arrays.copyOf(versions, length);
        stamps = Arrays.copyOf(stamps, length);
    }

    private void reserve(final int length) {
        if ((long) length() + length + IndexDescriptor.BLOCK_LENGTH > IndexDescriptor.MAX_LENGTH) {
            throw new IllegalStateException("a table whose index passes " + IndexDescriptor.MAX_LENGTH
                    + " bytes; it should have been ended before");
        }
        if (used + length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, used + length));
            buffer.wrap(bytes);
        }
    }

    /** The index, without codec and check. */
    void build(final SectionBuffer section) {
        final int prefix = blocks > 2
                ? Prefixes.common(
                        buffer, keys[1], buffer, keys[blocks - 1], Math.min(keyLengths[1], keyLengths[blocks - 1]))
                : blocks == 2 ? keyLengths[1] : 0;
        section.begin(sectionLength(prefix));
        final UnsafeBuffer index = section.buffer();
        index.putInt(0, blocks, LITTLE_ENDIAN);
        index.putInt(IndexDescriptor.PREFIX_LENGTH_OFFSET, prefix, LITTLE_ENDIAN);
        int at = IndexDescriptor.prefix(blocks);
        if (prefix > 0) {
            index.putBytes(at, buffer, keys[1], prefix);
            at += prefix;
        }
        int key = at;
        for (int block = 0; block < blocks; block++) {
            if (!sharesKey(block)) {
                key = at;
                at = putKey(index, at, block, prefix);
            }
            putEntry(index, block, key);
        }
    }

    private int sectionLength(final int prefix) {
        int length = IndexDescriptor.prefix(blocks) + prefix;
        for (int block = 0; block < blocks; block++) {
            length += sharesKey(block) ? 0 : Short.BYTES + keyLengths[block] - (block == 0 ? 0 : prefix);
        }
        return length;
    }

    private boolean sharesKey(final int block) {
        return block > 1 && keys[block] == keys[block - 1] && keyLengths[block] == keyLengths[block - 1];
    }

    private int putKey(final UnsafeBuffer index, final int at, final int block, final int prefix) {
        final int skipped = block == 0 ? 0 : prefix;
        final int length = keyLengths[block] - skipped;
        index.putShort(at, (short) length, LITTLE_ENDIAN);
        index.putBytes(at + Short.BYTES, buffer, keys[block] + skipped, length);
        return at + Short.BYTES + length;
    }

    private void putEntry(final UnsafeBuffer index, final int block, final int key) {
        final int length = IndexDescriptor.keyLength(index, key);
        index.putLong(
                IndexDescriptor.DIGESTS_OFFSET + block * Long.BYTES,
                Prefixes.digest(index, key + Short.BYTES, length),
                LITTLE_ENDIAN);
        final int entry = IndexDescriptor.entries(blocks) + block * IndexDescriptor.ENTRY_LENGTH;
        index.putLong(entry, offsets[block], LITTLE_ENDIAN);
        index.putInt(entry + IndexDescriptor.STORED_LENGTH_OFFSET, lengths[block], LITTLE_ENDIAN);
        index.putInt(entry + IndexDescriptor.KEY_OFFSET_OFFSET, key, LITTLE_ENDIAN);
        index.putLong(entry + IndexDescriptor.VERSION_OFFSET, versions[block], LITTLE_ENDIAN);
        index.putLong(entry + IndexDescriptor.STAMP_OFFSET, stamps[block], LITTLE_ENDIAN);
    }
}
