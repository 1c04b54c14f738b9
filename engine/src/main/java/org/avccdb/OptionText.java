package org.avccdb;

import java.util.ArrayList;
import java.util.List;

/** Options as text: a properties file with a line for each. */
final class OptionText {
    private OptionText() {}

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
}
