package org.avccdb;

/** The operating system refused an operation on a file. */
public class StorageException extends AvccDbException {
    private static final long serialVersionUID = 1L;

    /**
     * Made by the database.
     *
     * @param message what is wrong, where, and what to do
     */
    public StorageException(final String message) {
        super(message);
    }

    /**
     * Made by the database.
     *
     * @param message what is wrong, where, and what to do
     * @param cause what it was found by
     */
    public StorageException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
