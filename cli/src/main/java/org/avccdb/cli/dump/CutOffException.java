package org.avccdb.cli.dump;

/** A layout goes on where the bytes do not. */
final class CutOffException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long place;

    CutOffException(final long place, final String message) {
        super(message);
        this.place = place;
    }

    long place() {
        return place;
    }
}
