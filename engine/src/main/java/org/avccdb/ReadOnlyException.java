package org.avccdb;

/** A write to a database that was opened, or has been set, read-only. */
public class ReadOnlyException extends AvccDbException {
    private static final long serialVersionUID = 1L;

    /**
     * Made by the database.
     *
     * @param message what is wrong, where, and what to do
     */
    public ReadOnlyException(final String message) {
        super(message);
    }

    /**
     * Made by the database.
     *
     * @param message what is wrong, where, and what to do
     * @param cause what it was found by
     */
    public ReadOnlyException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
