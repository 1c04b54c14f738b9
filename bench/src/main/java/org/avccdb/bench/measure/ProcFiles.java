package org.avccdb.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads what Linux tells in files; elsewhere there is nothing to read. */
final class ProcFiles {
    private static final long UNKNOWN = -1;
    private static final long KIB = 1024;

    private ProcFiles() {}

    /** Text behind "name:" in a file of such lines, or null. */
    static String field(final String file, final String name) {
        for (final String line : lines(file)) {
            final int colon = line.indexOf(':');
            if (colon > 0 && line.substring(0, colon).strip().equals(name)) {
                return line.substring(colon + 1).strip();
            }
        }
        return null;
    }

    /** The number behind "name:", in bytes if it has the unit kB; -1 where it is not told. */
    static long number(final String file, final String name) {
        final String text = field(file, name);
        if (text == null) {
            return UNKNOWN;
        }
        return text.endsWith("kB")
                ? Long.parseLong(text.substring(0, text.length() - 2).strip()) * KIB
                : Long.parseLong(text);
    }

    static List<String> lines(final String file) {
        try {
            return Files.readAllLines(Path.of(file));
        } catch (final IOException e) {
            return List.of();
        }
    }
}
