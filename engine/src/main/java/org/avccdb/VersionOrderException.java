package org.avccdb;

/** A version lower than one written before, in a database of {@link VersionOrder#MONOTONE} order. */
public class VersionOrderException extends AvccDbException {
    private static final long serialVersionUID = 1L;

    /**
     * Made by the database.
     *
     * @param message what is wrong, where, and what to do
     */
    public VersionOrderException(final String message) {
        super(message);
    }

    /**
     * Made by the database.
     *
     * @param message what is wrong, where, and what to do
     * @param cause what it was found by
     */
    public VersionOrderException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
