package org.avccdb.bench.measure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads JSON: objects as maps in their order, arrays as lists, whole numbers as longs, others as doubles. */
public final class JsonReader {
    private static final int MAX_DEPTH = 200;
    private static final int HEX_DIGITS = 4;
    private static final int HEX = 16;

    private final String text;
    private int at;

    private JsonReader(final String text) {
        this.text = text;
    }

    /** The value of a text; anything that is not JSON is an {@link IllegalArgumentException}. */
    public static Object read(final String text) {
        final JsonReader reader = new JsonReader(text);
        final Object value = reader.value(0);
        reader.skipSpace();
        if (reader.at < text.length()) {
            throw reader.wrong("something behind the end");
        }
        return value;
    }

    /** The object of a text. */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> readObject(final String text) {
        return (Map<String, Object>) read(text);
    }

    private Object value(final int depth) {
        if (depth > MAX_DEPTH) {
            throw wrong("too deep");
        }
        skipSpace();
        return switch (peek()) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private Map<String, Object> object(final int depth) {
        final Map<String, Object> map = new LinkedHashMap<>();
        expect('{');
        skipSpace();
        while (peek() != '}') {
            if (!map.isEmpty()) {
                expect(',');
                skipSpace();
            }
            final String name = string();
            skipSpace();
            expect(':');
            map.put(name, value(depth + 1));
            skipSpace();
        }
        expect('}');
        return map;
    }

    private List<Object> array(final int depth) {
        final List<Object> list = new ArrayList<>();
        expect('[');
        skipSpace();
        while (peek() != ']') {
            if (!list.isEmpty()) {
                expect(',');
            }
            list.add(value(depth + 1));
            skipSpace();
        }
        expect(']');
        return list;
    }

    private String string() {
        final StringBuilder string = new StringBuilder();
        expect('"');
        while (peek() != '"') {
            final char c = text.charAt(at++);
            if (c < ' ') {
                throw wrong("a control character in a string");
            }
            string.append(c == '\\' ? escaped() : c);
        }
        expect('"');
        return string.toString();
    }

    private char escaped() {
        final char c = peek();
        at++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                if (at + HEX_DIGITS > text.length()) {
                    throw wrong("a cut escape");
                }
                at += HEX_DIGITS;
                yield (char) Integer.parseInt(text.substring(at - HEX_DIGITS, at), HEX);
            }
            default -> throw wrong("an unknown escape");
        };
    }

    private Object word(final String word, final Object value) {
        if (!text.startsWith(word, at)) {
            throw wrong("an unknown word");
        }
        at += word.length();
        return value;
    }

    private Object number() {
        final int from = at;
        while (at < text.length() && "+-.0123456789eE".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        final String number = text.substring(from, at);
        if (number.isEmpty()) {
            throw wrong("no value");
        }
        return number.matches("-?\\d+") ? (Object) Long.parseLong(number) : (Object) Double.parseDouble(number);
    }

    private char peek() {
        if (at >= text.length()) {
            throw wrong("a cut text");
        }
        return text.charAt(at);
    }

    private void expect(final char c) {
        if (peek() != c) {
            throw wrong("no '" + c + "'");
        }
        at++;
    }

    private void skipSpace() {
        while (at < text.length() && " \n\r\t".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private IllegalArgumentException wrong(final String what) {
        return new IllegalArgumentException("not JSON: " + what + " at " + at);
    }
}
