package org.avccdb.memdb;

import java.util.Objects;
import org.agrona.DirectBuffer;

/**
 * Records to be written together: where each is in one buffer. Reusable, and without garbage once it has its size.
 *
 * <p>One thread at a time uses a group. The order in which records are added is the order in which they take effect.
 */
public final class RecordGroup {
    private final int[] keyOffsets;
    private final int[] keyLengths;
    private final int[] valueOffsets;
    private final int[] valueLengths;
    private final long[] versions;
    private final long[] stamps;

    private DirectBuffer buffer;
    private int count;

    /**
     * Makes an empty group.
     *
     * @param maxRecords how many records it can hold
     */
    public RecordGroup(final int maxRecords) {
        keyOffsets = new int[maxRecords];
        keyLengths = new int[maxRecords];
        valueOffsets = new int[maxRecords];
        valueLengths = new int[maxRecords];
        versions = new long[maxRecords];
        stamps = new long[maxRecords];
    }

    /**
     * Begins anew.
     *
     * @param content the buffer in which keys and values of the records are; it must stay as it is until they are written
     */
    public void begin(final DirectBuffer content) {
        buffer = Objects.requireNonNull(content, "content");
        count = 0;
    }

    /**
     * Adds a record of a plain list.
     *
     * @param keyOffset where the key begins in the buffer
     * @param keyLength its length
     * @param valueOffset where the value begins in the buffer
     * @param valueLength its length
     * @return false where the group is full
     */
    public boolean add(final int keyOffset, final int keyLength, final int valueOffset, final int valueLength) {
        return add(keyOffset, keyLength, 0, 0, valueOffset, valueLength);
    }

    /**
     * Adds a record of a list in internal order.
     *
     * @param keyOffset where the key begins in the buffer
     * @param keyLength its length
     * @param version the version of the record
     * @param stamp its {@link RecordDescriptor#stamp stamp}
     * @param valueOffset where the value begins in the buffer
     * @param valueLength its length
     * @return false where the group is full
     */
    public boolean add(
            final int keyOffset,
            final int keyLength,
            final long version,
            final long stamp,
            final int valueOffset,
            final int valueLength) {
        Arguments.checkKey(buffer, keyOffset, keyLength);
        Arguments.checkRange("value", buffer, valueOffset, valueLength);
        if (count == keyOffsets.length) {
            return false;
        }
        keyOffsets[count] = keyOffset;
        keyLengths[count] = keyLength;
        valueOffsets[count] = valueOffset;
        valueLengths[count] = valueLength;
        versions[count] = version;
        stamps[count] = stamp;
        count++;
        return true;
    }

    /**
     * How many records there are.
     *
     * @return the number of records added since {@link #begin}
     */
    public int count() {
        return count;
    }

    DirectBuffer buffer() {
        return buffer;
    }

    Object base() {
        return buffer.byteArray();
    }

    long keyAddress(final int i) {
        return NativeMemory.addressOf(buffer, keyOffsets[i]);
    }

    int keyLength(final int i) {
        return keyLengths[i];
    }

    long valueAddress(final int i) {
        return NativeMemory.addressOf(buffer, valueOffsets[i]);
    }

    int valueLength(final int i) {
        return valueLengths[i];
    }

    long version(final int i) {
        return versions[i];
    }

    long stamp(final int i) {
        return stamps[i];
    }
}
