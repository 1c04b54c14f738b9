package org.avccdb.proof;

/**
 * Takes the elements of a proof: counts their bytes, or writes them too. So the length is known before there is an array,
 * and one description of the layout serves both. Not thread-safe.
 */
final class ProofWriter {
    private final byte[] out;
    private long length;

    /**
     * A writer.
     *
     * @param out has room for the whole proof; null only to count
     */
    ProofWriter(final byte[] out) {
        this.out = out;
    }

    long length() {
        return length;
    }

    void writeByte(final int value) {
        if (value < 0 || value > 0xFF) {
            throw new IllegalArgumentException("no byte: " + value);
        }
        put(value);
    }

    void writeVarint(final long value) {
        if (value < 0) {
            throw new IllegalArgumentException("a negative number in a proof: " + value);
        }
        long rest = value;
        while (rest >= 0x80) {
            put((int) (rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        put((int) rest);
    }

    void writeBytes(final byte[] bytes) {
        if (out != null) {
            System.arraycopy(bytes, 0, out, (int) length, bytes.length);
        }
        length += bytes.length;
    }

    void writeKey(final byte[] key) {
        if (key.length > ProofDescriptor.MAX_KEY_LENGTH) {
            throw new IllegalArgumentException("a key of " + key.length + " bytes");
        }
        writeVarint(key.length);
        writeBytes(key);
    }

    void writeSiblings(final HashList siblings, final long leaves, final long first, final int opened) {
        final int needed = TreeShape.siblingCount(leaves, first, first + opened);
        if (siblings.count() != needed) {
            throw new IllegalArgumentException(siblings.count() + " siblings where there must be " + needed);
        }
        if (out != null) {
            siblings.copyAllTo(out, (int) length);
        }
        length += (long) needed * HashRules.HASH_LENGTH;
    }

    private void put(final int value) {
        if (out != null) {
            out[(int) length] = (byte) value;
        }
        length++;
    }
}
