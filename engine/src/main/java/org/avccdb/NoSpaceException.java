package org.avccdb;

/** There is no room left on the device, or in the user's share of it. */
public class NoSpaceException extends StorageException {
    private static final long serialVersionUID = 1L;

    /**
     * Made by the database.
     *
     * @param message what is wrong, where, and what to do
     */
    public NoSpaceException(final String message) {
        super(message);
    }

    /**
     * Made by the database.
     *
     * @param message what is wrong, where, and what to do
     * @param cause what it was found by
     */
    public NoSpaceException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
