package org.avccdb.proof;

/** A proof does not show what it was asked to show; or the bytes are no proof at all. */
public final class ProofRejectedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Made by the verifier.
     *
     * @param what what is wrong with the proof
     */
    public ProofRejectedException(final String what) {
        super(what);
    }
}
