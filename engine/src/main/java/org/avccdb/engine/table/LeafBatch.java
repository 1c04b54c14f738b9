package org.avccdb.engine.table;

import static org.avccdb.proof.HashRules.HASH_LENGTH;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.DirectBuffer;
import org.avccdb.engine.keys.Keys;
import org.avccdb.memdb.RecordDescriptor;
import org.avccdb.proof.HashRules;
import org.avccdb.proof.OpenedLeaf;

/**
 * The records of a data block, copied to where they can be hashed, and their hashes.
 *
 * <p>One thread fills it. Then it may be {@link #offered}: from there on it belongs to whoever takes it first, until {@link
 * #isHashed} says that it is done; the thread that filled it may take it back at any time before.
 *
 * <ol>
 *   <li>Who takes it has won a compare-and-set on the state, so it sees all that was put in; who finds it hashed has read a
 *       volatile that was written behind the hashes.
 * </ol>
 */
final class LeafBatch implements HashWork {
    /** Of a longer value only the hash is kept; it is hashed by the thread that adds it. */
    private static final int LONGEST_COPIED_VALUE = 64 << 10;

    private static final int MOST_KEPT_BYTES = 256 << 10;
    private static final int FIRST_RECORDS = 64;
    private static final int FIRST_BYTES = 8 << 10;
    private static final byte[] NO_DATA = {};

    private static final int FILLING = 0;
    private static final int OFFERED = 1;
    private static final int TAKEN = 2;
    private static final int HASHED = 3;

    private final AtomicInteger state = new AtomicInteger(FILLING);
    /** Nothing yet: a batch of records whose hashes are known needs none. */
    private byte[] data = NO_DATA;

    private byte[] leaves = new byte[FIRST_RECORDS * HASH_LENGTH];
    private byte[] blocks = new byte[HASH_LENGTH];
    private int[] keyOffsets = new int[FIRST_RECORDS];
    private int[] keyLengths = new int[FIRST_RECORDS];
    private int[] valueLengths = new int[FIRST_RECORDS];
    private long[] versions = new long[FIRST_RECORDS];
    private long[] stamps = new long[FIRST_RECORDS];
    /** Records that are there as their hash only, which somebody knew. */
    private boolean[] known = new boolean[FIRST_RECORDS];

    private int count;
    private int used;

    /** Forgets everything, to be filled again. */
    void clear() {
        count = 0;
        used = 0;
        state.setPlain(FILLING);
    }

    /** Forgets everything, and gives back the memory that unusual records have made it take. */
    void shrink() {
        clear();
        if (data.length > MOST_KEPT_BYTES) {
            data = NO_DATA;
        }
    }

    /**
     * Adds the next record, if somebody knows its hash.
     *
     * @return whether somebody does
     */
    boolean addKnown(final HashWorker who, final long stamp) {
        if (count == keyOffsets.length) {
            growRecords();
        }
        if (!who.copyLeaf(RecordDescriptor.sequence(stamp), leaves, count * HASH_LENGTH)) {
            return false;
        }
        known[count++] = true;
        return true;
    }

    /** Adds the next record. */
    void add(
            final LeafHasher hasher,
            final DirectBuffer key,
            final int keyOffset,
            final int keyLength,
            final long version,
            final long stamp,
            final DirectBuffer value,
            final int valueOffset,
            final int valueLength) {
        if (count == keyOffsets.length) {
            growRecords();
        }
        known[count] = false;
        final boolean copied = valueLength <= LONGEST_COPIED_VALUE;
        growData(keyLength + (copied ? valueLength : HASH_LENGTH));
        key.getBytes(keyOffset, data, used, keyLength);
        keyOffsets[count] = used;
        keyLengths[count] = keyLength;
        used += keyLength;
        if (copied) {
            value.getBytes(valueOffset, data, used, valueLength);
            used += valueLength;
        } else {
            digest(hasher.rules(), value, valueOffset, valueLength);
            used += HASH_LENGTH;
        }
        valueLengths[count] = valueLength;
        versions[count] = version;
        stamps[count] = stamp;
        count++;
    }

    private void digest(final HashRules rules, final DirectBuffer value, final int offset, final int length) {
        final byte[] piece = new byte[LONGEST_COPIED_VALUE];
        rules.beginValue();
        for (int done = 0; done < length; done += piece.length) {
            final int part = Math.min(piece.length, length - done);
            value.getBytes(offset + done, piece, 0, part);
            rules.addToValue(piece, 0, part);
        }
        rules.endValue(data, used);
    }

    private void growRecords() {
        final int length = 2 * count;
        keyOffsets = Arrays.copyOf(keyOffsets, length);
        keyLengths = Arrays.copyOf(keyLengths, length);
        valueLengths = Arrays.copyOf(valueLengths, length);
        versions = Arrays.copyOf(versions, length);
        stamps = Arrays.copyOf(stamps, length);
        known = Arrays.copyOf(known, length);
        leaves = Arrays.copyOf(leaves, length * HASH_LENGTH);
    }

    private void growData(final int more) {
        if (more > data.length - used) {
            data = Arrays.copyOf(data, Math.max(Math.max(FIRST_BYTES, 2 * data.length), used + more));
        }
    }

    /** Lets others hash it. */
    void offered() {
        state.set(OFFERED);
    }

    @Override
    public void hashIfNobodyHas(final LeafHasher hasher) {
        if (state.get() == OFFERED && state.compareAndSet(OFFERED, TAKEN)) {
            boolean done = false;
            try {
                hash(hasher);
                done = true;
            } finally {
                state.set(done ? HASHED : OFFERED);
            }
        }
    }

    boolean isHashed() {
        return state.get() == HASHED;
    }

    /** Hashes all records and the hash blocks. */
    private void hash(final LeafHasher hasher) {
        hashLeaves(hasher, 0, count);
        final int hashBlocks = HashBlocks.count(count);
        if (blocks.length < hashBlocks * HASH_LENGTH) {
            blocks = new byte[2 * hashBlocks * HASH_LENGTH];
        }
        for (int i = 0; i < hashBlocks; i++) {
            hasher.block(leaves, HashBlocks.start(count, i), HashBlocks.start(count, i + 1), blocks, i * HASH_LENGTH);
        }
    }

    /** Hashes some of the records. */
    void hashLeaves(final LeafHasher hasher, final int from, final int to) {
        for (int i = from; i < to; i++) {
            if (!known[i]) {
                hashLeaf(hasher.rules(), i);
            }
        }
    }

    private void hashLeaf(final HashRules rules, final int i) {
        final int value = keyOffsets[i] + keyLengths[i];
        if (valueLengths[i] <= LONGEST_COPIED_VALUE) {
            rules.leaf(
                    type(i),
                    0,
                    data,
                    keyOffsets[i],
                    keyLengths[i],
                    versions[i],
                    sequence(i),
                    data,
                    value,
                    valueLengths[i],
                    leaves,
                    i * HASH_LENGTH);
        } else {
            rules.leafOfDigest(
                    type(i),
                    0,
                    data,
                    keyOffsets[i],
                    keyLengths[i],
                    versions[i],
                    sequence(i),
                    valueLengths[i],
                    data,
                    value,
                    leaves,
                    i * HASH_LENGTH);
        }
    }

    /** How many records there are. */
    int count() {
        return count;
    }

    /** Hashes of the records, as far as they have been made, one behind the other. */
    byte[] leaves() {
        return leaves;
    }

    /** Hashes of the hash blocks, one behind the other. */
    byte[] blocks() {
        return blocks;
    }

    private int type(final int i) {
        return RecordDescriptor.type(stamps[i]);
    }

    private long sequence(final int i) {
        return RecordDescriptor.sequence(stamps[i]);
    }

    /** Index of the first record at or behind a place; the number of records where there is none. */
    int firstNotBefore(final byte[] key, final long version, final long stamp) {
        int low = 0;
        int high = count;
        while (low < high) {
            final int middle = (low + high) >>> 1;
            int order = Arrays.compareUnsigned(
                    data, keyOffsets[middle], keyOffsets[middle] + keyLengths[middle], key, 0, key.length);
            if (order == 0) {
                order = Keys.compareWithinKey(versions[middle], stamps[middle], version, stamp);
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** A record as a proof shows it, with the hash of a value that is longer than that. */
    OpenedLeaf leaf(final LeafHasher hasher, final int i) {
        final int valueOffset = keyOffsets[i] + keyLengths[i];
        final byte[] shown;
        if (valueLengths[i] <= HashRules.MAX_INLINE_VALUE) {
            shown = Arrays.copyOfRange(data, valueOffset, valueOffset + valueLengths[i]);
        } else if (valueLengths[i] > LONGEST_COPIED_VALUE) {
            shown = Arrays.copyOfRange(data, valueOffset, valueOffset + HASH_LENGTH);
        } else {
            shown = new byte[HASH_LENGTH];
            hasher.rules().value(data, valueOffset, valueLengths[i], shown, 0);
        }
        return new OpenedLeaf(
                type(i),
                Arrays.copyOfRange(data, keyOffsets[i], valueOffset),
                versions[i],
                sequence(i),
                valueLengths[i],
                shown);
    }
}
