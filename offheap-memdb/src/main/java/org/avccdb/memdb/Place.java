package org.avccdb.memdb;

/** Where a scan of a leaf ended, in one word, so that it costs no object: index, record, and whether it is an exact match. */
final class Place {
    private static final int EXACT_SHIFT = 32;
    private static final int INDEX_SHIFT = 33;

    private Place() {}

    static long of(final int index, final boolean exact, final int record) {
        return (long) index << INDEX_SHIFT | (exact ? 1L : 0L) << EXACT_SHIFT | record;
    }

    /** The record, or {@link Arena#NONE}. */
    static int record(final long place) {
        return (int) place;
    }

    static int index(final long place) {
        return (int) (place >>> INDEX_SHIFT);
    }

    static boolean isExact(final long place) {
        return (place >>> EXACT_SHIFT & 1) != 0;
    }
}
