package org.avccdb.engine.compaction;

import java.util.Arrays;
import org.avccdb.engine.table.TableMeta;

/** The user keys from one to another, both included. */
@SuppressWarnings("ArrayRecordComponent") // never compared, and never changed
public record KeySpan(byte[] smallest, byte[] largest) {
    /** The keys of a table. */
    public static KeySpan of(final TableMeta table) {
        return new KeySpan(table.smallestKey(), table.largestKey());
    }

    /** The narrowest span that holds this one and the table; the table's if this is null. */
    static KeySpan union(final KeySpan span, final TableMeta table) {
        return union(span, of(table));
    }

    /** The narrowest span that holds both; the other one where one is null. */
    public static KeySpan union(final KeySpan a, final KeySpan b) {
        if (a == null) {
            return b;
        }
        if (b == null) {
            return a;
        }
        return new KeySpan(
                Arrays.compareUnsigned(a.smallest, b.smallest) <= 0 ? a.smallest : b.smallest,
                Arrays.compareUnsigned(a.largest, b.largest) >= 0 ? a.largest : b.largest);
    }

    /** Whether some key may be in both. */
    public boolean overlaps(final KeySpan other) {
        return Arrays.compareUnsigned(smallest, other.largest) <= 0
                && Arrays.compareUnsigned(other.smallest, largest) <= 0;
    }

    boolean overlaps(final TableMeta table) {
        return Arrays.compareUnsigned(smallest, table.largestKey()) <= 0
                && Arrays.compareUnsigned(table.smallestKey(), largest) <= 0;
    }

    /** How many leading bytes all keys of the span have in common. */
    int commonPrefix() {
        final int mismatch = Arrays.mismatch(smallest, largest);
        return mismatch < 0 ? smallest.length : mismatch;
    }
}
