package org.avccdb;

/** The transaction has been committed or discarded. */
public class TransactionClosedException extends AvccDbException {
    private static final long serialVersionUID = 1L;

    /**
     * Made by the database.
     *
     * @param message what is wrong, where, and what to do
     */
    public TransactionClosedException(final String message) {
        super(message);
    }

    /**
     * Made by the database.
     *
     * @param message what is wrong, where, and what to do
     * @param cause what it was found by
     */
    public TransactionClosedException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
