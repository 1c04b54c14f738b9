package org.avccdb;

/** There is a database already where {@link Options#errorIfExists} asked for there to be none. */
public class DatabaseExistsException extends AvccDbException {
    private static final long serialVersionUID = 1L;

    /**
     * Made by the database.
     *
     * @param message what is wrong, where, and what to do
     */
    public DatabaseExistsException(final String message) {
        super(message);
    }

    /**
     * Made by the database.
     *
     * @param message what is wrong, where, and what to do
     * @param cause what it was found by
     */
    public DatabaseExistsException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
