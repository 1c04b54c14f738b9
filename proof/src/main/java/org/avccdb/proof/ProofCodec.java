package org.avccdb.proof;

/**
 * Proofs as bytes, as {@link ProofDescriptor} lays them out. There is exactly one encoding of a proof. Any number of
 * threads may use it.
 */
public final class ProofCodec {
    /** What an array can hold on every JVM. */
    private static final int MAX_LENGTH = Integer.MAX_VALUE - 8;

    private ProofCodec() {}

    /**
     * How long an encoded proof is.
     *
     * @param proof to be encoded
     * @return its length
     * @throws IllegalArgumentException if its parts do not fit together
     */
    public static long encodedLength(final Proof proof) {
        final ProofWriter counter = new ProofWriter(null);
        new ProofEncoder(counter).encode(proof);
        return counter.length();
    }

    /**
     * Encodes a proof. The database vouches for what it says: that is not checked here.
     *
     * @param proof to be encoded
     * @return the bytes
     * @throws IllegalArgumentException if its parts do not fit together, or it is too large for an array
     */
    public static byte[] encode(final Proof proof) {
        final long length = encodedLength(proof);
        if (length > MAX_LENGTH) {
            throw new IllegalArgumentException("a proof of " + length + " bytes: ask for less at once");
        }
        final byte[] bytes = new byte[(int) length];
        new ProofEncoder(new ProofWriter(bytes)).encode(proof);
        return bytes;
    }

    /**
     * Decodes a proof, in memory in proportion to its length. Nothing that it says is checked against any root: for that
     * there is {@link ProofVerifier}.
     *
     * @param bytes of the proof; they must not be changed as long as the result is in use
     * @return the proof
     * @throws ProofRejectedException if this is not exactly one proof in its one form
     */
    public static Proof decode(final byte[] bytes) {
        return new ProofDecoder(bytes).decode();
    }
}
