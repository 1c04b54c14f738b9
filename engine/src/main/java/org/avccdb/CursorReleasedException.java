package org.avccdb;

/** The cursor has been closed. */
public class CursorReleasedException extends AvccDbException {
    private static final long serialVersionUID = 1L;

    /**
     * Made by the database.
     *
     * @param message what is wrong, where, and what to do
     */
    public CursorReleasedException(final String message) {
        super(message);
    }

    /**
     * Made by the database.
     *
     * @param message what is wrong, where, and what to do
     * @param cause what it was found by
     */
    public CursorReleasedException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
