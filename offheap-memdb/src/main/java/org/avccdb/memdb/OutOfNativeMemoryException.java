package org.avccdb.memdb;

/** Native memory could not be had: the operating system refused it, or the ledger's limit is reached. */
public final class OutOfNativeMemoryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Says what could not be had.
     *
     * @param message what was asked for and why it was refused
     */
    public OutOfNativeMemoryException(final String message) {
        super(message);
    }
}
