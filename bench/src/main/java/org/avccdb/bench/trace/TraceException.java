package org.avccdb.bench.trace;

/** A file is no recording, or not a whole one. */
public final class TraceException extends RuntimeException {
    private static final long serialVersionUID = 1;

    TraceException(final String message) {
        super(message);
    }
}
