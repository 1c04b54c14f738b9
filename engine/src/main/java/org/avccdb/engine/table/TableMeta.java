package org.avccdb.engine.table;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * What there is to know of a table without reading its blocks. All of it is in the table's file too.
 *
 * @param number names the file
 * @param bytes length of the file
 * @param smallestKey user key of the first record
 * @param largestKey user key of the last record
 * @param records all records, deletes among them
 * @param keyDeletes how many of them are key-deletes
 * @param versionDeletes how many of them are version-deletes
 * @param minSequence lowest sequence number
 * @param maxSequence highest sequence number
 * @param maxPutVersion highest version of a put, 0 where there is none above
 * @param root hash of the table, 32 bytes; null if it is not authenticated
 * @param origin where it came from
 */
@SuppressWarnings("ArrayRecordComponent") // never changed once it is made
public record TableMeta(
        long number,
        long bytes,
        byte[] smallestKey,
        byte[] largestKey,
        long records,
        long keyDeletes,
        long versionDeletes,
        long minSequence,
        long maxSequence,
        long maxPutVersion,
        byte[] root,
        TableOrigin origin) {
    /** Whether both tell of the same file, wherever they say that it came from. */
    public boolean isSameTable(final TableMeta that) {
        return number == that.number
                && bytes == that.bytes
                && Arrays.equals(smallestKey, that.smallestKey)
                && Arrays.equals(largestKey, that.largestKey)
                && records == that.records
                && keyDeletes == that.keyDeletes
                && versionDeletes == that.versionDeletes
                && minSequence == that.minSequence
                && maxSequence == that.maxSequence
                && maxPutVersion == that.maxPutVersion
                && Arrays.equals(root, that.root);
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof TableMeta that && isSameTable(that) && origin.equals(that.origin);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(number);
    }

    @Override
    public String toString() {
        return "table " + number + ": " + bytes + " bytes, " + records + " records, sequences " + minSequence + " to "
                + maxSequence + ", "
                + (root == null ? "without a root" : "root " + HexFormat.of().formatHex(root)) + ", "
                + origin;
    }
}
