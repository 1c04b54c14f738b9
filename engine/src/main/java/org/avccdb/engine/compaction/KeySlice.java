package org.avccdb.engine.compaction;

import java.util.Arrays;
import org.avccdb.engine.table.TableMeta;

/**
 * The user keys from one, which is in it, to another, which is not.
 *
 * @param from null for no bound
 * @param to null for no bound
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and never changed
record KeySlice(byte[] from, byte[] to) {
    /** All keys. */
    static final KeySlice ALL = new KeySlice(null, null);

    /** Whether a key of the table may be in it. */
    boolean overlaps(final TableMeta table) {
        return (from == null || Arrays.compareUnsigned(table.largestKey(), from) >= 0)
                && (to == null || Arrays.compareUnsigned(table.smallestKey(), to) < 0);
    }

    /** Whether keys of the table may be before it. */
    boolean cutsBeginningOf(final TableMeta table) {
        return from != null && Arrays.compareUnsigned(table.smallestKey(), from) < 0;
    }

    /** Whether keys of the table may be behind it. */
    boolean cutsEndOf(final TableMeta table) {
        return to != null && Arrays.compareUnsigned(table.largestKey(), to) >= 0;
    }

    /** The narrowest span that has all keys of the span that are in it; it may have the first one behind it, too. */
    KeySpan of(final KeySpan span) {
        return new KeySpan(from == null ? span.smallest() : from, to == null ? span.largest() : to);
    }
}
