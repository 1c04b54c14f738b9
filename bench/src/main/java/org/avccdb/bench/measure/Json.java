package org.avccdb.bench.measure;

import java.util.List;
import java.util.Map;

/** Writes maps, lists, strings, numbers, booleans and null as JSON. */
public final class Json {
    private static final int FIRST_PRINTABLE = 0x20;

    private final StringBuilder text = new StringBuilder(1 << 16);

    private Json() {}

    /** The text of a value, indented. Numbers that are not finite become null, as JSON has none. */
    public static String write(final Object value) {
        final Json json = new Json();
        json.value(value, 0);
        return json.text.append('\n').toString();
    }

    private void value(final Object value, final int depth) {
        if (value instanceof Map<?, ?> map) {
            map(map, depth);
        } else if (value instanceof List<?> list) {
            list(list, depth);
        } else if (value == null || (value instanceof Double number && !Double.isFinite(number))) {
            text.append("null");
        } else if (value instanceof Boolean || value instanceof Number) {
            text.append(value);
        } else {
            string(value.toString());
        }
    }

    private void map(final Map<?, ?> map, final int depth) {
        text.append('{');
        String separator = "";
        for (final Map.Entry<?, ?> entry : map.entrySet()) {
            text.append(separator);
            line(depth + 1);
            string(entry.getKey().toString());
            text.append(": ");
            value(entry.getValue(), depth + 1);
            separator = ",";
        }
        if (!map.isEmpty()) {
            line(depth);
        }
        text.append('}');
    }

    /** Lists of plain values stay on one line. */
    private void list(final List<?> list, final int depth) {
        final boolean plain = list.stream().noneMatch(item -> item instanceof Map || item instanceof List);
        text.append('[');
        String separator = "";
        for (final Object item : list) {
            text.append(separator);
            if (!plain) {
                line(depth + 1);
            }
            value(item, depth + 1);
            separator = plain ? ", " : ",";
        }
        if (!plain) {
            line(depth);
        }
        text.append(']');
    }

    private void line(final int depth) {
        text.append('\n').append(" ".repeat(depth));
    }

    private void string(final String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            final char c = value.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> {
                    if (c < FIRST_PRINTABLE) {
                        text.append(String.format("\\u%04x", (int) c));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
    }
}
