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
 * Records with their leaf hashes, by number, as they come: what a part of a memtable is made of. A long value is there as
 * its hash only. One thread fills it; from then on it does not change.
 */
final class PartRecords {
    private static final int FIRST_RECORDS = 1024;

    private byte[] keys = new byte[FIRST_RECORDS * 16];
    private int keyBytes;
    private int[] keyEnds = new int[FIRST_RECORDS];
    private long[] prefixes = new long[FIRST_RECORDS];
    private long[] versions = new long[FIRST_RECORDS];
    private long[] stamps = new long[FIRST_RECORDS];
    private int[] valueLengths = new int[FIRST_RECORDS];
    private byte[] values = new byte[FIRST_RECORDS * HASH_LENGTH];
    private byte[] leaves = new byte[FIRST_RECORDS * HASH_LENGTH];
    private byte[] wholeValue = new byte[1024];
    private int count;

    int count() {
        return count;
    }

    /** Adds a record, and hashes it. */
    void add(final RecordView record, final LeafHasher hasher) {
        grow(record.keyLength());
        final int keyOffset = keyBytes;
        record.keyBuffer().getBytes(record.keyOffset(), keys, keyOffset, record.keyLength());
        keyBytes += record.keyLength();
        keyEnds[count] = keyBytes;
        prefixes[count] = prefix(keys, keyOffset, record.keyLength());
        versions[count] = record.version();
        stamps[count] = record.stamp();
        valueLengths[count] = record.valueLength();
        addValue(record.valueBuffer(), record.valueOffset(), record.valueLength(), hasher.rules());
        hash(hasher.rules(), count);
        count++;
    }

    /** Adds a record of others, hashed already. */
    void add(final PartRecords other, final int i) {
        final int keyOffset = other.keyStart(i);
        final int keyLength = other.keyEnds[i] - keyOffset;
        grow(keyLength);
        System.arraycopy(other.keys, keyOffset, keys, keyBytes, keyLength);
        keyBytes += keyLength;
        keyEnds[count] = keyBytes;
        prefixes[count] = other.prefixes[i];
        versions[count] = other.versions[i];
        stamps[count] = other.stamps[i];
        valueLengths[count] = other.valueLengths[i];
        System.arraycopy(other.values, i * HASH_LENGTH, values, count * HASH_LENGTH, HASH_LENGTH);
        System.arraycopy(other.leaves, i * HASH_LENGTH, leaves, count * HASH_LENGTH, HASH_LENGTH);
        count++;
    }

    private void grow(final int keyLength) {
        if (keyBytes + keyLength > keys.length) {
            keys = Arrays.copyOf(keys, Math.max(2 * keys.length, keyBytes + keyLength));
        }
        if (count == keyEnds.length) {
            final int length = 2 * count;
            keyEnds = Arrays.copyOf(keyEnds, length);
            prefixes = Arrays.copyOf(prefixes, length);
            versions = Arrays.copyOf(versions, length);
            stamps = Arrays.copyOf(stamps, length);
            valueLengths = Arrays.copyOf(valueLengths, length);
            values = Arrays.copyOf(values, length * HASH_LENGTH);
            leaves = Arrays.copyOf(leaves, length * HASH_LENGTH);
        }
    }

    private void addValue(final DirectBuffer value, final int offset, final int length, final HashRules rules) {
        if (length <= HashRules.MAX_INLINE_VALUE) {
            value.getBytes(offset, values, count * HASH_LENGTH, length);
            return;
        }
        if (length > wholeValue.length) {
            wholeValue = new byte[Math.max(length, 2 * wholeValue.length)];
        }
        value.getBytes(offset, wholeValue, 0, length);
        rules.value(wholeValue, 0, length, values, count * HASH_LENGTH);
    }

    private void hash(final HashRules rules, final int i) {
        final int start = keyStart(i);
        if (valueLengths[i] <= HashRules.MAX_INLINE_VALUE) {
            rules.leaf(
                    type(i),
                    0,
                    keys,
                    start,
                    keyEnds[i] - start,
                    versions[i],
                    sequence(i),
                    values,
                    i * HASH_LENGTH,
                    valueLengths[i],
                    leaves,
                    i * HASH_LENGTH);
        } else {
            rules.leafOfDigest(
                    type(i),
                    0,
                    keys,
                    start,
                    keyEnds[i] - start,
                    versions[i],
                    sequence(i),
                    valueLengths[i],
                    values,
                    i * HASH_LENGTH,
                    leaves,
                    i * HASH_LENGTH);
        }
    }

    /** The first eight bytes of a key, filled up with zeros. */
    private static long prefix(final byte[] key, final int offset, final int length) {
        long prefix = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            prefix = prefix << Byte.SIZE | (i < length ? key[offset + i] & 0xFF : 0);
        }
        return prefix;
    }

    private int keyStart(final int i) {
        return i == 0 ? 0 : keyEnds[i - 1];
    }

    int type(final int i) {
        return RecordDescriptor.type(stamps[i]);
    }

    long version(final int i) {
        return versions[i];
    }

    long sequence(final int i) {
        return RecordDescriptor.sequence(stamps[i]);
    }

    byte[] key(final int i) {
        return Arrays.copyOfRange(keys, keyStart(i), keyEnds[i]);
    }

    byte[] leaves() {
        return leaves;
    }

    /** Order of a record against one of others. */
    int compare(final int i, final PartRecords other, final int j) {
        if (prefixes[i] != other.prefixes[j]) {
            return Long.compareUnsigned(prefixes[i], other.prefixes[j]);
        }
        final int order =
                Arrays.compareUnsigned(keys, keyStart(i), keyEnds[i], other.keys, other.keyStart(j), other.keyEnds[j]);
        return order != 0 ? order : Keys.compareWithinKey(versions[i], stamps[i], other.versions[j], other.stamps[j]);
    }

    /** Order of a record's key against another one. */
    int compareKey(final int i, final byte[] key) {
        return Arrays.compareUnsigned(keys, keyStart(i), keyEnds[i], key, 0, key.length);
    }

    OpenedLeaf leaf(final int i) {
        final int shown = Math.min(valueLengths[i], HASH_LENGTH);
        return new OpenedLeaf(
                type(i),
                key(i),
                versions[i],
                sequence(i),
                valueLengths[i],
                Arrays.copyOfRange(values, i * HASH_LENGTH, i * HASH_LENGTH + shown));
    }
}
