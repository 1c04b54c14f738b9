package org.avccdb.engine.keys;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.avccdb.memdb.NativeMemory;

/**
 * The order of records: user key ascending as unsigned bytes, then version descending, then stamp (sequence number and
 * type) descending.
 */
public final class Keys {
    /** Longest user key, in bytes. */
    public static final int MAX_LENGTH = 0xFFFF;

    /** The stamp that comes before all records of a key and version. */
    public static final long FIRST_STAMP = -1L;

    private static final int COPY_LOOP_MAX = 64;

    private Keys() {}

    /** Order of two user keys. */
    public static int compare(
            final DirectBuffer a,
            final int aOffset,
            final int aLength,
            final DirectBuffer b,
            final int bOffset,
            final int bLength) {
        return NativeMemory.compare(a, aOffset, aLength, b, bOffset, bLength);
    }

    /** Order of two records of the same user key. */
    public static int compareWithinKey(final long aVersion, final long aStamp, final long bVersion, final long bStamp) {
        // Versions are never negative; stamps are unsigned.
        final int order = Long.compare(bVersion, aVersion);
        return order != 0 ? order : Long.compareUnsigned(bStamp, aStamp);
    }

    /** Order of the records that two cursors are on. */
    public static int compare(final RecordCursor a, final RecordCursor b) {
        final int order =
                compare(a.keyBuffer(), a.keyOffset(), a.keyLength(), b.keyBuffer(), b.keyOffset(), b.keyLength());
        return order != 0 ? order : compareWithinKey(a.version(), a.stamp(), b.version(), b.stamp());
    }

    /**
     * Copies a key, or the beginning of one, to the beginning of a buffer, and touches nothing behind its end. For a short one a
     * call of the JDK's routine would cost more than the copying.
     */
    public static void copy(
            final DirectBuffer source, final int offset, final int length, final MutableDirectBuffer target) {
        if (length > COPY_LOOP_MAX) {
            target.putBytes(0, source, offset, length);
        } else if (length >= Long.BYTES) {
            final int last = length - Long.BYTES;
            for (int i = 0; i < last; i += Long.BYTES) {
                target.putLong(i, source.getLong(offset + i));
            }
            target.putLong(last, source.getLong(offset + last));
        } else {
            for (int i = 0; i < length; i++) {
                target.putByte(i, source.getByte(offset + i));
            }
        }
    }
}
