package org.avccdb;

import java.util.Arrays;

/**
 * A value with the version it was written as. Compares by content. Any number of threads may read it.
 *
 * @param value the value; the array is the caller's own
 * @param version its version, 0 for that of a plain put
 * @param sequence the sequence number of the write
 */
@SuppressWarnings("ArrayRecordComponent") // equals and hashCode look into it
public record VersionedValue(byte[] value, long version, long sequence) {
    private static final int SHOWN_BYTES = 32;

    @Override
    public boolean equals(final Object other) {
        return other instanceof VersionedValue that
                && version == that.version
                && sequence == that.sequence
                && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return (Arrays.hashCode(value) * 31 + Long.hashCode(version)) * 31 + Long.hashCode(sequence);
    }

    @Override
    public String toString() {
        return "VersionedValue[value=" + HexText.of(value, SHOWN_BYTES) + ", version=" + version + ", sequence="
                + sequence + "]";
    }
}
