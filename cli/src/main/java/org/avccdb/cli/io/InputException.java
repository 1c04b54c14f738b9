package org.avccdb.cli.io;

/** What the program was given, as an argument or in a file, is not what it should be. */
public final class InputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says what is wrong with it, and what would be right. */
    public InputException(final String message) {
        super(message);
    }
}
