package org.avccdb;

/** The snapshot has been closed. */
public class SnapshotReleasedException extends AvccDbException {
    private static final long serialVersionUID = 1L;

    /**
     * Made by the database.
     *
     * @param message what is wrong, where, and what to do
     */
    public SnapshotReleasedException(final String message) {
        super(message);
    }

    /**
     * Made by the database.
     *
     * @param message what is wrong, where, and what to do
     * @param cause what it was found by
     */
    public SnapshotReleasedException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
