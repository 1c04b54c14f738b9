package org.avccdb.proof;

/** The records that a question asks for: without a gap in the order of records. */
@FunctionalInterface
interface Interval {
    /**
     * On which side of the interval a record is.
     *
     * @return negative before it, 0 within, positive behind it
     */
    int side(byte[] key, long version);

    /** All records of a key with this version and above, a key-delete among them. */
    static Interval ofKey(final byte[] key, final long lowestVersion) {
        return (otherKey, version) -> {
            final int order = RecordOrder.compareKeys(otherKey, key);
            return order != 0 || version >= lowestVersion ? order : 1;
        };
    }

    /** All records of keys from the first, to the second exclusive; null is no bound. */
    static Interval ofKeysBelow(final byte[] from, final byte[] to) {
        return (key, version) -> {
            if (RecordOrder.compareKeys(key, from) < 0) {
                return -1;
            }
            return to != null && RecordOrder.compareKeys(key, to) >= 0 ? 1 : 0;
        };
    }

    /** All records of keys from the first, to the second inclusive. */
    static Interval ofKeysUpTo(final byte[] from, final byte[] last) {
        return (key, version) -> {
            if (RecordOrder.compareKeys(key, from) < 0) {
                return -1;
            }
            return RecordOrder.compareKeys(key, last) > 0 ? 1 : 0;
        };
    }
}
