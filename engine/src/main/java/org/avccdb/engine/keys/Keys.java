package org.avccdb.engine.keys;

import org.agrona.DirectBuffer;
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
}
