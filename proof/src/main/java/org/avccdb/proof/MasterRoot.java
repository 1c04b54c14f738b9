package org.avccdb.proof;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/** The one hash that covers all of a database, as of one moment. Immutable, and compared by value. */
public final class MasterRoot {
    /** Bytes of a root. */
    public static final int LENGTH = HashRules.HASH_LENGTH;

    private final byte[] bytes;

    private MasterRoot(final byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * A root from its bytes.
     *
     * @param bytes32 the 32 bytes; they are copied
     * @return the root
     * @throws IllegalArgumentException if these are not 32 bytes
     */
    public static MasterRoot of(final byte[] bytes32) {
        Objects.requireNonNull(bytes32, "bytes32");
        if (bytes32.length != LENGTH) {
            throw new IllegalArgumentException("a root has " + LENGTH + " bytes, not " + bytes32.length);
        }
        return new MasterRoot(bytes32.clone());
    }

    /**
     * The bytes of the root.
     *
     * @return a copy
     */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Whether a hash of 32 bytes is this root. */
    boolean isHash(final byte[] hash) {
        return Arrays.equals(bytes, hash);
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof MasterRoot root && Arrays.equals(bytes, root.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /**
     * The root in hexadecimal digits.
     *
     * @return 64 digits
     */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
