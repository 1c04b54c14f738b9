package org.avccdb;

/** Another open database, in this process or another, holds the directory. */
public class LockedException extends AvccDbException {
    private static final long serialVersionUID = 1L;

    /**
     * Made by the database.
     *
     * @param message what is wrong, where, and what to do
     */
    public LockedException(final String message) {
        super(message);
    }

    /**
     * Made by the database.
     *
     * @param message what is wrong, where, and what to do
     * @param cause what it was found by
     */
    public LockedException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
