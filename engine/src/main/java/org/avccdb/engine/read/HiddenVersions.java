package org.avccdb.engine.read;

import java.util.Arrays;

/** Versions of one key that version-deletes of newer runs hide. One thread uses it; it makes garbage only to grow. */
final class HiddenVersions {
    private long[] ascending = new long[0];
    private int count;

    void clear() {
        count = 0;
    }

    boolean contains(final long version) {
        return count > 0 && Arrays.binarySearch(ascending, 0, count, version) >= 0;
    }

    void add(final long version) {
        final int found = Arrays.binarySearch(ascending, 0, count, version);
        if (found >= 0) {
            return;
        }
        if (count == ascending.length) {
            ascending = Arrays.copyOf(ascending, Math.max(16, 2 * count));
        }
        final int at = -(found + 1);
        System.arraycopy(ascending, at, ascending, at + 1, count - at);
        ascending[at] = version;
        count++;
    }
}
