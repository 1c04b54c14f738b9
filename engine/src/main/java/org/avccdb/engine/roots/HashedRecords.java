package org.avccdb.engine.roots;

import static org.avccdb.proof.HashRules.HASH_LENGTH;

import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.avccdb.engine.keys.Keys;
import org.avccdb.engine.keys.RecordView;
import org.avccdb.engine.table.LeafHasher;
import org.avccdb.memdb.RecordDescriptor;
import org.avccdb.proof.HashRules;
import org.avccdb.proof.OpenedLeaf;

/**
 * Records with their leaf hashes, by number, in the order in which they come. Of a long value there is the hash only.
 *
 * <p>One thread at a time adds. Any thread reads records that had been added when this object, or whatever names the records,
 * was handed to it.
 *
 * <ol>
 *   <li>What was written is not written again, nor moved: the arrays that grow are replaced, those they point to stay. So a
 *       reader who sees an array that is older than the newest finds all that it was told of.
 * </ol>
 */
final class HashedRecords {
    private static final int CHUNK_BITS = 8;
    private static final int CHUNK = 1 << CHUNK_BITS;
    private static final int PAGE_BYTES = 4 << 10;

    private Chunk[] chunks = new Chunk[4];
    private byte[][] pages = new byte[4][];
    private int page = -1;
    private int pageUsed;
    private byte[] wholeValue = new byte[1024];
    private int count;

    private static final class Chunk {
        final int[] pages = new int[CHUNK];
        final int[] keyOffsets = new int[CHUNK];
        final int[] keyLengths = new int[CHUNK];
        final int[] valueLengths = new int[CHUNK];
        final long[] versions = new long[CHUNK];
        final long[] stamps = new long[CHUNK];
        final byte[] values = new byte[CHUNK * HASH_LENGTH];
        final byte[] leaves = new byte[CHUNK * HASH_LENGTH];
    }

    int count() {
        return count;
    }

    /** Adds a record, and hashes it. */
    void add(final RecordView record, final LeafHasher hasher) {
        final int keyLength = record.keyLength();
        makeRoom(keyLength);
        final Chunk chunk = chunk(count);
        final int i = count & (CHUNK - 1);
        record.keyBuffer().getBytes(record.keyOffset(), pages[page], pageUsed, keyLength);
        chunk.pages[i] = page;
        chunk.keyOffsets[i] = pageUsed;
        chunk.keyLengths[i] = keyLength;
        pageUsed += keyLength;
        chunk.versions[i] = record.version();
        chunk.stamps[i] = record.stamp();
        chunk.valueLengths[i] = record.valueLength();
        addValue(chunk, i, record.valueBuffer(), record.valueOffset(), hasher.rules());
        hash(chunk, i, hasher.rules());
        count++;
    }

    private void makeRoom(final int keyLength) {
        if (page < 0 || keyLength > pages[page].length - pageUsed) {
            page++;
            pageUsed = 0;
            if (page == pages.length) {
                pages = Arrays.copyOf(pages, 2 * page);
            }
            pages[page] = new byte[Math.max(PAGE_BYTES, keyLength)];
        }
        final int chunk = count >>> CHUNK_BITS;
        if (chunk == chunks.length) {
            chunks = Arrays.copyOf(chunks, 2 * chunk);
        }
        if (chunks[chunk] == null) {
            chunks[chunk] = new Chunk();
        }
    }

    private void addValue(
            final Chunk chunk, final int i, final DirectBuffer value, final int offset, final HashRules rules) {
        final int length = chunk.valueLengths[i];
        if (length <= HashRules.MAX_INLINE_VALUE) {
            value.getBytes(offset, chunk.values, i * HASH_LENGTH, length);
            return;
        }
        if (length > wholeValue.length) {
            wholeValue = new byte[Math.max(length, 2 * wholeValue.length)];
        }
        value.getBytes(offset, wholeValue, 0, length);
        rules.value(wholeValue, 0, length, chunk.values, i * HASH_LENGTH);
    }

    private void hash(final Chunk chunk, final int i, final HashRules rules) {
        final int type = RecordDescriptor.type(chunk.stamps[i]);
        final long sequence = RecordDescriptor.sequence(chunk.stamps[i]);
        if (chunk.valueLengths[i] <= HashRules.MAX_INLINE_VALUE) {
            rules.leaf(
                    type,
                    0,
                    pages[page],
                    chunk.keyOffsets[i],
                    chunk.keyLengths[i],
                    chunk.versions[i],
                    sequence,
                    chunk.values,
                    i * HASH_LENGTH,
                    chunk.valueLengths[i],
                    chunk.leaves,
                    i * HASH_LENGTH);
        } else {
            rules.leafOfDigest(
                    type,
                    0,
                    pages[page],
                    chunk.keyOffsets[i],
                    chunk.keyLengths[i],
                    chunk.versions[i],
                    sequence,
                    chunk.valueLengths[i],
                    chunk.values,
                    i * HASH_LENGTH,
                    chunk.leaves,
                    i * HASH_LENGTH);
        }
    }

    private Chunk chunk(final int record) {
        return chunks[record >>> CHUNK_BITS];
    }

    private static int in(final int record) {
        return record & (CHUNK - 1);
    }

    int type(final int record) {
        return RecordDescriptor.type(chunk(record).stamps[in(record)]);
    }

    long version(final int record) {
        return chunk(record).versions[in(record)];
    }

    long sequence(final int record) {
        return RecordDescriptor.sequence(chunk(record).stamps[in(record)]);
    }

    /** The first record with a higher sequence number; where they came in the order of these. */
    int firstBehind(final long sequence) {
        int low = 0;
        int high = count;
        while (low < high) {
            final int middle = (low + high) >>> 1;
            if (sequence(middle) <= sequence) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    byte[] key(final int record) {
        final Chunk chunk = chunk(record);
        final int i = in(record);
        final int offset = chunk.keyOffsets[i];
        return Arrays.copyOfRange(pages[chunk.pages[i]], offset, offset + chunk.keyLengths[i]);
    }

    /** The first eight bytes of a key, filled up with zeros: unsigned, they are in the order of the keys. */
    long prefix(final int record) {
        final Chunk chunk = chunk(record);
        final int i = in(record);
        return prefix(pages[chunk.pages[i]], chunk.keyOffsets[i], chunk.keyLengths[i]);
    }

    static long prefix(final byte[] key, final int offset, final int length) {
        long prefix = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            prefix = prefix << Byte.SIZE | (i < length ? key[offset + i] & 0xFF : 0);
        }
        return prefix;
    }

    /** Copies the hash of a leaf. */
    void copyLeaf(final int record, final byte[] out, final int outOffset) {
        System.arraycopy(chunk(record).leaves, in(record) * HASH_LENGTH, out, outOffset, HASH_LENGTH);
    }

    /** Order of two records. */
    int compare(final int a, final int b) {
        final Chunk chunkOfA = chunk(a);
        final int inA = in(a);
        final int order = -compareKey(
                b,
                pages[chunkOfA.pages[inA]],
                chunkOfA.keyOffsets[inA],
                chunkOfA.keyOffsets[inA] + chunkOfA.keyLengths[inA]);
        return order != 0
                ? order
                : Keys.compareWithinKey(
                        chunkOfA.versions[inA], chunkOfA.stamps[inA], version(b), chunk(b).stamps[in(b)]);
    }

    /** Order of a record's key against another one. */
    int compareKey(final int record, final byte[] key, final int from, final int to) {
        final Chunk chunk = chunk(record);
        final int i = in(record);
        final int offset = chunk.keyOffsets[i];
        return Arrays.compareUnsigned(pages[chunk.pages[i]], offset, offset + chunk.keyLengths[i], key, from, to);
    }

    /** A record as a proof shows it, with the hash of a long value. */
    OpenedLeaf leaf(final int record) {
        final Chunk chunk = chunk(record);
        final int i = in(record);
        final int shown = Math.min(chunk.valueLengths[i], HASH_LENGTH);
        return new OpenedLeaf(
                type(record),
                key(record),
                version(record),
                sequence(record),
                chunk.valueLengths[i],
                Arrays.copyOfRange(chunk.values, i * HASH_LENGTH, i * HASH_LENGTH + shown));
    }
}
