package org.avccdb;

/** What went wrong in a database; the root of all errors that are not mistakes in the arguments. */
public class AvccDbException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Made by the database.
     *
     * @param message what is wrong, where, and what to do
     */
    public AvccDbException(final String message) {
        super(message);
    }

    /**
     * Made by the database.
     *
     * @param message what is wrong, where, and what to do
     * @param cause what it was found by
     */
    public AvccDbException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
