package org.avccdb;

/** There is no database where one was to be opened and none was to be made. */
public class DatabaseMissingException extends AvccDbException {
    private static final long serialVersionUID = 1L;

    /**
     * Made by the database.
     *
     * @param message what is wrong, where, and what to do
     */
    public DatabaseMissingException(final String message) {
        super(message);
    }

    /**
     * Made by the database.
     *
     * @param message what is wrong, where, and what to do
     * @param cause what it was found by
     */
    public DatabaseMissingException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
