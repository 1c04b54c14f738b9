package org.avccdb;

/** The database has been closed. */
public class ClosedException extends AvccDbException {
    private static final long serialVersionUID = 1L;

    /**
     * Made by the database.
     *
     * @param message what is wrong, where, and what to do
     */
    public ClosedException(final String message) {
        super(message);
    }

    /**
     * Made by the database.
     *
     * @param message what is wrong, where, and what to do
     * @param cause what it was found by
     */
    public ClosedException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
