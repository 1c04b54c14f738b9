package org.avccdb.engine.table;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;
import org.avccdb.engine.keys.KeyHash;
import org.avccdb.engine.keys.ShownRecord;

/**
 * A few bytes of a record, cheap to make, that are added up: what goes into a merge of runs must come out of it, or be known
 * to be dropped. It tells accidents, not forgeries, and looks at the ends of a value only.
 * It is part of the table format.
 */
public final class RecordDigest {
    private static final long FIRST = 0x9E37_79B9_7F4A_7C15L;
    private static final long SECOND = 0xC2B2_AE3D_27D4_EB4FL;

    private RecordDigest() {}

    /** The digest of a record. */
    public static long of(final ShownRecord record) {
        return of(
                KeyHash.of(record.keyBuffer(), record.keyOffset(), record.keyLength()),
                record.version(),
                record.stamp(),
                record.valueBuffer(),
                record.valueOffset(),
                record.valueLength());
    }

    /**
     * The digest of a record.
     *
     * @param keyHash of its key
     */
    public static long of(
            final long keyHash,
            final long version,
            final long stamp,
            final DirectBuffer value,
            final int valueOffset,
            final int valueLength) {
        long ends = valueLength;
        if (valueLength >= Long.BYTES) {
            ends ^= value.getLong(valueOffset, LITTLE_ENDIAN) * SECOND
                    + value.getLong(valueOffset + valueLength - Long.BYTES, LITTLE_ENDIAN);
        } else if (valueLength > 0) {
            ends ^= value.getByte(valueOffset) << Byte.SIZE | (value.getByte(valueOffset + valueLength - 1) & 0xFF);
        }
        final long place = (version * FIRST) ^ Long.rotateLeft(stamp, 29);
        final long mixed = (keyHash ^ place) * SECOND + ends;
        return (mixed ^ (mixed >>> 31)) * FIRST;
    }
}
