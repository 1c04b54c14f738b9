package org.avccdb.bench.engines;

/** An engine refused or failed. */
public final class EngineException extends RuntimeException {
    private static final long serialVersionUID = 1;

    EngineException(final String message) {
        super(message);
    }

    EngineException(final Throwable cause) {
        super(cause);
    }
}
