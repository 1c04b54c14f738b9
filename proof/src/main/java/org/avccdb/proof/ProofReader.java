package org.avccdb.proof;

import java.util.Arrays;

/** Reads the elements of an encoded proof, and refuses what is not there or not in its one form. Not thread-safe. */
final class ProofReader {
    private static final int MAX_VARINT_LENGTH = 9;

    private final byte[] bytes;
    private int position;

    ProofReader(final byte[] bytes) {
        this.bytes = bytes;
    }

    int remaining() {
        return bytes.length - position;
    }

    int readByte() {
        need(1);
        return bytes[position++] & 0xFF;
    }

    /** A number below 2^63. */
    long readVarint() {
        long value = 0;
        for (int i = 0; i < MAX_VARINT_LENGTH; i++) {
            final int b = readByte();
            value |= (long) (b & 0x7F) << (7 * i);
            if (b < 0x80) {
                if (b == 0 && i > 0) {
                    throw new ProofRejectedException("a number is not in its shortest form, at byte " + position);
                }
                return value;
            }
        }
        throw new ProofRejectedException("a number is too large, at byte " + position);
    }

    /** A number below 2^31. */
    int readInt(final String what) {
        final long value = readVarint();
        if (value > Integer.MAX_VALUE) {
            throw new ProofRejectedException(what + " is too large: " + value);
        }
        return (int) value;
    }

    /** How many elements follow, each of which takes some bytes at least. */
    int readCount(final String what, final int minElementLength) {
        final long count = readVarint();
        if (count > remaining() / minElementLength) {
            throw new ProofRejectedException("there is no room for " + count + " " + what);
        }
        return (int) count;
    }

    byte[] readBytes(final int length) {
        need(length);
        final byte[] result = Arrays.copyOfRange(bytes, position, position + length);
        position += length;
        return result;
    }

    byte[] readKey() {
        final int length = readInt("the length of a key");
        if (length > ProofDescriptor.MAX_KEY_LENGTH) {
            throw new ProofRejectedException("a key has " + length + " bytes");
        }
        return readBytes(length);
    }

    /** The siblings of an interval of leaves, which must be within the tree. They are not copied. */
    HashList readSiblings(final long leaves, final long first, final int opened, final String what) {
        if (first > leaves - opened) {
            throw new ProofRejectedException(
                    what + " " + first + " and " + opened + " from there on, where there are " + leaves);
        }
        final int count = TreeShape.siblingCount(leaves, first, first + opened);
        final int length = count * HashRules.HASH_LENGTH;
        need(length);
        final HashList siblings = HashList.view(bytes, position, count);
        position += length;
        return siblings;
    }

    private void need(final int length) {
        if (length > remaining()) {
            throw new ProofRejectedException("the proof ends too early, at byte " + bytes.length);
        }
    }
}
