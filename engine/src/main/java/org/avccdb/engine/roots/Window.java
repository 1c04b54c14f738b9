package org.avccdb.engine.roots;

import java.util.Arrays;

/**
 * The records of each run that a proof has to show: from the head of a key on, without a gap. Immutable, if nobody changes
 * the arrays.
 *
 * @param from the key
 * @param to for one key null; for a range the key that ends it, or null where nothing does
 * @param isOneKey whether it is only about that key
 * @param lowestVersion of one key: records with lower versions are not in it
 */
@SuppressWarnings("ArrayRecordComponent") // windows are not compared
record Window(byte[] from, byte[] to, boolean isOneKey, long lowestVersion) {
    static Window ofKey(final byte[] key, final long lowestVersion) {
        return new Window(key, null, true, lowestVersion);
    }

    static Window ofRange(final byte[] from, final byte[] to) {
        return new Window(from, to, false, 0);
    }

    /** Whether a record that is not before {@link #from} is in it. */
    boolean holds(final byte[] key, final long version) {
        return isOneKey
                ? version >= lowestVersion && Arrays.equals(key, from)
                : to == null || Arrays.compareUnsigned(key, to) < 0;
    }
}
