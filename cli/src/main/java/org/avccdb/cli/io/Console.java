package org.avccdb.cli.io;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;

/**
 * What a run of the program reads and writes. Text is UTF-8 whatever the locale says, so that what one run has written another
 * one reads. Results go to the output, everything else is a note on the error stream. One thread writes results; any thread
 * may write notes.
 */
public final class Console {
    private static final int BUFFER_BYTES = 1 << 16;

    private final InputStream in;
    private final OutputStream out;
    private final PrintWriter notes;

    /** Over the streams of a process, or others in a test. */
    public Console(final InputStream in, final OutputStream out, final OutputStream notes) {
        this.in = in;
        this.out = new BufferedOutputStream(out, BUFFER_BYTES);
        this.notes = new PrintWriter(notes, true, UTF_8);
    }

    /** The standard input. */
    public InputStream in() {
        return in;
    }

    /** Writes a result and ends the line. */
    public void line(final String text) {
        bytes((text + "\n").getBytes(UTF_8));
    }

    /** Writes a result as it is. */
    public void bytes(final byte[] bytes) {
        try {
            out.write(bytes);
        } catch (final IOException e) {
            throw new OutputException(e);
        }
    }

    /** The output, for what writes to it by itself, such as help. */
    public OutputStream asStream() {
        return out;
    }

    /** Tells people something that is no result. */
    public void note(final String text) {
        notes.println(text);
    }

    /** The error stream, for what writes to it by itself. */
    public PrintWriter notes() {
        return notes;
    }

    /** Hands over what was written so far. */
    public void flush() {
        notes.flush();
        try {
            out.flush();
        } catch (final IOException e) {
            throw new OutputException(e);
        }
    }
}
