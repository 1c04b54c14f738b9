package org.avccdb.proof;

/**
 * A record that a proof shows. Immutable, if nobody changes the arrays, which are not copied.
 *
 * @param type {@link HashRules#PUT}, {@link HashRules#KEY_DELETE} or {@link HashRules#VERSION_DELETE}
 * @param key of the record
 * @param version of the record
 * @param sequence of the record
 * @param valueLength length of the value, 0 for deletes
 * @param value the value, or its 32-byte hash where the value is longer than that and is no part of the answer
 */
@SuppressWarnings("ArrayRecordComponent") // parts of a proof are not compared
public record OpenedLeaf(int type, byte[] key, long version, long sequence, int valueLength, byte[] value) {
    /**
     * Whether there is a value that a hash could stand for, and the value itself is here.
     *
     * @return false where the value is short, or stands here by its hash
     */
    public boolean carriesLongValue() {
        return valueLength > HashRules.MAX_INLINE_VALUE && value.length == valueLength;
    }

    /** Bytes that {@link #value} has where it is not a long value itself. */
    static int shownLength(final int valueLength) {
        return valueLength > HashRules.MAX_INLINE_VALUE ? HashRules.HASH_LENGTH : valueLength;
    }
}
