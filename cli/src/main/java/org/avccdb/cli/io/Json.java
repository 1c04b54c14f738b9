package org.avccdb.cli.io;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** One JSON value on one line, made of maps, lists, records, strings, numbers, booleans and null. */
public final class Json {
    private Json() {}

    /** An object whose fields are given in turns of name and value. */
    public static Map<String, Object> object(final Object... namesAndValues) {
        final Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return fields;
    }

    /** The text of a value. */
    public static String text(final Object value) {
        final StringBuilder text = new StringBuilder();
        append(value, text);
        return text.toString();
    }

    private static void append(final Object value, final StringBuilder text) {
        if (value == null || value instanceof Number || value instanceof Boolean) {
            text.append(value);
        } else if (value instanceof Map<?, ?> map) {
            appendObject(map, text);
        } else if (value instanceof Iterable<?> values) {
            appendArray(values, text);
        } else if (value instanceof Record bean) {
            appendObject(components(bean), text);
        } else if (value instanceof Enum<?> constant) {
            appendString(constant.name().toLowerCase(Locale.ROOT), text);
        } else {
            appendString(value.toString(), text);
        }
    }

    private static void appendObject(final Map<?, ?> fields, final StringBuilder text) {
        String separator = "{";
        for (final Map.Entry<?, ?> field : fields.entrySet()) {
            text.append(separator);
            appendString(nameOf(field.getKey()), text);
            text.append(':');
            append(field.getValue(), text);
            separator = ",";
        }
        text.append(fields.isEmpty() ? "{}" : "}");
    }

    private static String nameOf(final Object key) {
        return key instanceof Enum<?> constant ? constant.name().toLowerCase(Locale.ROOT) : key.toString();
    }

    private static void appendArray(final Iterable<?> values, final StringBuilder text) {
        String separator = "";
        text.append('[');
        for (final Object value : values) {
            text.append(separator);
            append(value, text);
            separator = ",";
        }
        text.append(']');
    }

    private static Map<String, Object> components(final Record bean) {
        final Map<String, Object> fields = new LinkedHashMap<>();
        for (final RecordComponent component : bean.getClass().getRecordComponents()) {
            try {
                fields.put(component.getName(), component.getAccessor().invoke(bean));
            } catch (final IllegalAccessException | InvocationTargetException e) {
                throw new IllegalStateException(component + " cannot be read", e);
            }
        }
        return fields;
    }

    private static void appendString(final String string, final StringBuilder text) {
        text.append('"');
        for (int i = 0; i < string.length(); i++) {
            final char c = string.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < ' ' || c == 0x7F) {
                text.append(String.format("\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }
}
