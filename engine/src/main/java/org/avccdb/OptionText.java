package org.avccdb;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;
import org.avccdb.engine.storage.TextFiles;

/** Options as text: a properties file with a line for each. */
final class OptionText {
    private static final String HEADER = "# Options of an avccDB database. What is not here has its default.\n";

    private OptionText() {}

    static void save(final OptionValues options, final Path path) {
        TextFiles.write(path, HEADER + String.join("\n", lines(options)) + "\n");
    }

    static Options load(final Path path) {
        final String text = TextFiles.read(path);
        try {
            return parse(text);
        } catch (final IllegalArgumentException e) {
            throw new IllegalArgumentException(path + ": " + e.getMessage(), e);
        }
    }

    /** All options but the listener, as name=value. */
    static List<String> lines(final OptionValues options) {
        final List<String> lines = new ArrayList<>();
        for (final Option<?> option : OptionTable.all()) {
            lines.add(line(options, option));
        }
        return lines;
    }

    private static <T> String line(final OptionValues options, final Option<T> option) {
        return option.name() + "=" + option.format(options.get(option));
    }

    static Options parse(final String text) {
        final Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        final Options.Builder builder = Options.builder();
        // Sorted, so that of several mistakes the same one is told every time.
        for (final String name : new TreeSet<>(properties.stringPropertyNames())) {
            set(builder, OptionTable.named(name), properties.getProperty(name));
        }
        return builder.build();
    }

    private static <T> void set(final Options.Builder builder, final Option<T> option, final String text) {
        builder.set(option, option.parse(text.strip()));
    }
}
