package org.avccdb.cli.io;

import java.io.IOException;
import java.io.UncheckedIOException;

/** What the program prints cannot be written. */
public final class OutputException extends UncheckedIOException {
    private static final long serialVersionUID = 1L;

    OutputException(final IOException cause) {
        super("cannot write the output: " + cause.getMessage(), cause);
    }

    /** Whether whoever was to read the output has gone, as {@code head} does: nothing that anybody need be told. */
    public boolean isReaderGone() {
        return "Broken pipe".equals(getCause().getMessage());
    }
}
