package org.avccdb.cli.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import org.avccdb.WriteBatch;
import org.avccdb.cli.io.ByteFormat;
import org.avccdb.cli.io.InputException;

/**
 * The line format: one operation a line, columns separated by tabs, each line ended by a line feed.
 *
 * <pre>
 *  put             version  key  value      version 0 is the plain value
 *  delete          key                      all of the key that was written before
 *  delete-version  version  key
 * </pre>
 *
 * <p>Keys and values are in a {@link ByteFormat}, none of which has tabs or line feeds in what it prints. Lines that are empty
 * or begin with # are passed over.
 */
public final class Lines {
    private static final String PUT = "put";
    private static final String DELETE = "delete";
    private static final String DELETE_VERSION = "delete-version";

    private final ByteFormat keys;
    private final ByteFormat values;

    /** With these formats of keys and values. */
    public Lines(final ByteFormat keys, final ByteFormat values) {
        this.keys = keys;
        this.values = values;
    }

    /** The line, without its end, that writes this version. */
    public String put(final long version, final byte[] key, final byte[] value) {
        return PUT + "\t" + version + "\t" + keys.print(key) + "\t" + values.print(value);
    }

    /**
     * Adds what a line says to a batch.
     *
     * @param line without its end
     * @return whether it said anything
     */
    boolean parse(final byte[] line, final WriteBatch batch) {
        if (line.length == 0 || line[0] == '#') {
            return false;
        }
        if (line[line.length - 1] == '\r') {
            throw new InputException("the line ends with a carriage return: lines end with a line feed alone");
        }
        final List<byte[]> columns = columns(line);
        final String operation = new String(columns.get(0), UTF_8);
        switch (operation) {
            case PUT -> {
                requireColumns(columns, 4, "put, version, key and value");
                batch.putWithVersion(keys.parse(columns.get(2)), values.parse(columns.get(3)), version(columns.get(1)));
            }
            case DELETE -> {
                requireColumns(columns, 2, "delete and key");
                batch.delete(keys.parse(columns.get(1)));
            }
            case DELETE_VERSION -> {
                requireColumns(columns, 3, "delete-version, version and key");
                batch.deleteVersion(keys.parse(columns.get(2)), version(columns.get(1)));
            }
            default ->
                throw new InputException("unknown operation '" + ByteFormat.TEXT.print(columns.get(0))
                        + "': a line begins with put, delete or delete-version, and a tab");
        }
        return true;
    }

    private static List<byte[]> columns(final byte[] line) {
        final List<byte[]> columns = new ArrayList<>();
        int start = 0;
        for (int at = 0; at <= line.length; at++) {
            if (at == line.length || line[at] == '\t') {
                columns.add(java.util.Arrays.copyOfRange(line, start, at));
                start = at + 1;
            }
        }
        return columns;
    }

    private static void requireColumns(final List<byte[]> columns, final int count, final String which) {
        if (columns.size() != count) {
            throw new InputException(columns.size() + " columns, separated by tabs, where there should be " + which);
        }
    }

    private static long version(final byte[] column) {
        try {
            return Long.parseLong(new String(column, UTF_8));
        } catch (final NumberFormatException e) {
            throw new InputException("'" + ByteFormat.TEXT.print(column) + "' is no version");
        }
    }
}
