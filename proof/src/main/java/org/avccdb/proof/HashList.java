package org.avccdb.proof;

import static org.avccdb.proof.HashRules.HASH_LENGTH;

import java.util.Arrays;

/** Hashes of 32 bytes, one behind the other. Immutable. */
public final class HashList {
    /** No hash. */
    public static final HashList EMPTY = new HashList(new byte[0], 0, 0);

    private final byte[] bytes;
    private final int offset;
    private final int count;

    private HashList(final byte[] bytes, final int offset, final int count) {
        this.bytes = bytes;
        this.offset = offset;
        this.count = count;
    }

    /**
     * Hashes that stand in an array.
     *
     * @param bytes holds the hashes; they are copied
     * @param offset where the first begins
     * @param count how many there are
     * @return the hashes
     */
    public static HashList copyOf(final byte[] bytes, final int offset, final int count) {
        return new HashList(Arrays.copyOfRange(bytes, offset, offset + count * HASH_LENGTH), 0, count);
    }

    /** Hashes that stay where they are; nobody may change them there. */
    static HashList view(final byte[] bytes, final int offset, final int count) {
        return count == 0 ? EMPTY : new HashList(bytes, offset, count);
    }

    /**
     * How many hashes there are.
     *
     * @return 0 or more
     */
    public int count() {
        return count;
    }

    /**
     * Copies a hash.
     *
     * @param index which one
     * @param out takes it
     * @param outOffset where in it
     */
    public void copyTo(final int index, final byte[] out, final int outOffset) {
        if (index < 0 || index >= count) {
            throw new IndexOutOfBoundsException("hash " + index + " of " + count);
        }
        System.arraycopy(bytes, offset + index * HASH_LENGTH, out, outOffset, HASH_LENGTH);
    }

    /** Copies all of them. */
    void copyAllTo(final byte[] out, final int outOffset) {
        System.arraycopy(bytes, offset, out, outOffset, count * HASH_LENGTH);
    }

    /** Collects hashes, one by one. Not thread-safe. */
    public static final class Builder {
        private byte[] bytes = new byte[16 * HASH_LENGTH];
        private int count;

        /** Begins without any. */
        public Builder() {}

        /**
         * Adds a hash.
         *
         * @param hash holds it
         * @param offset where it begins
         * @return this
         */
        public Builder add(final byte[] hash, final int offset) {
            final int end = count * HASH_LENGTH;
            if (end == bytes.length) {
                bytes = Arrays.copyOf(bytes, 2 * end);
            }
            System.arraycopy(hash, offset, bytes, end, HASH_LENGTH);
            count++;
            return this;
        }

        /**
         * What was added.
         *
         * @return the hashes, in the order in which they were added
         */
        public HashList build() {
            return count == 0 ? EMPTY : copyOf(bytes, 0, count);
        }
    }
}
