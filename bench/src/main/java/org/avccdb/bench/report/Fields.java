package org.avccdb.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Looks into what JSON gave. What is not there, or is of another kind, is empty, or no number. */
final class Fields {
    private Fields() {}

    static Object get(final Object container, final String name) {
        return container instanceof Map<?, ?> map ? map.get(name) : null;
    }

    static Map<?, ?> map(final Object container, final String name) {
        return get(container, name) instanceof Map<?, ?> map ? map : Map.of();
    }

    static List<?> list(final Object container, final String name) {
        return get(container, name) instanceof List<?> list ? list : List.of();
    }

    /** The objects among the items of a list. */
    static List<Map<?, ?>> maps(final Object container, final String name) {
        final List<Map<?, ?>> maps = new ArrayList<>();
        for (final Object item : list(container, name)) {
            if (item instanceof Map<?, ?> map) {
                maps.add(map);
            }
        }
        return maps;
    }

    static double number(final Object container, final String name) {
        return get(container, name) instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    static String text(final Object container, final String name) {
        final Object value = get(container, name);
        return value == null ? "" : value.toString();
    }

    /** The items of a list as one line. */
    static String line(final Object container, final String name) {
        return String.join(
                " ", list(container, name).stream().map(String::valueOf).toList());
    }
}
