package org.avccdb.cli.load;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.avccdb.cli.io.InputException;

/** Splits what is read into lines, without taking bytes for characters. */
final class LineReader {
    private static final int BUFFER_BYTES = 1 << 16;

    private final InputStream in;
    private final int longest;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int position;
    private int limit;

    LineReader(final InputStream in, final int longest) {
        this.in = in;
        this.longest = longest;
    }

    /** The next line without its end; null behind the last one. A last line without its end is taken for cut off. */
    byte[] next() throws IOException {
        byte[] line = new byte[0];
        while (fill()) {
            int end = position;
            while (end < limit && buffer[end] != '\n') {
                end++;
            }
            final int known = line.length;
            if (known > longest - (end - position)) {
                throw new InputException("a line of more than " + longest + " bytes");
            }
            line = Arrays.copyOf(line, known + end - position);
            System.arraycopy(buffer, position, line, known, end - position);
            position = end + 1;
            if (end < limit) {
                return line;
            }
        }
        if (line.length > 0) {
            throw new InputException("the last line has no line feed at its end: the input is cut off");
        }
        return null;
    }

    private boolean fill() throws IOException {
        if (position >= limit) {
            position = 0;
            limit = Math.max(0, in.read(buffer));
        }
        return limit > 0;
    }
}
