package org.avccdb.bench.report;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/** Writes HTML that is well-formed XML too. Everything it is given is escaped. */
final class Markup {
    /** Elements after which a line break would show as a space. */
    private static final Set<String> INLINE = Set.of("a", "span", "strong");

    private final StringBuilder text = new StringBuilder(1 << 16);
    private final Deque<String> open = new ArrayDeque<>();

    /** Begins an element; attributes are names and values in turn. */
    Markup begin(final String name, final String... attributes) {
        tag(name, attributes);
        text.append('>');
        open.push(name);
        return this;
    }

    /** Ends the element that was begun last. */
    Markup end() {
        final String name = open.pop();
        text.append("</").append(name).append(INLINE.contains(name) ? ">" : ">\n");
        return this;
    }

    /** An element without content: of SVG, or one of HTML that never has any. */
    Markup empty(final String name, final String... attributes) {
        tag(name, attributes);
        text.append("/>\n");
        return this;
    }

    /** An element with text in it. */
    Markup leaf(final String name, final Object content, final String... attributes) {
        return begin(name, attributes).text(content).end();
    }

    Markup text(final Object content) {
        escape(String.valueOf(content));
        return this;
    }

    /** Text that is no markup to a browser, as that of a style sheet. */
    Markup raw(final String content) {
        text.append(content);
        return this;
    }

    private void tag(final String name, final String... attributes) {
        text.append('<').append(name);
        for (int i = 0; i < attributes.length; i += 2) {
            text.append(' ').append(attributes[i]).append("=\"");
            escape(attributes[i + 1]);
            text.append('"');
        }
    }

    private void escape(final String content) {
        for (int i = 0; i < content.length(); i++) {
            final char c = content.charAt(i);
            switch (c) {
                case '<' -> text.append("&lt;");
                case '>' -> text.append("&gt;");
                case '&' -> text.append("&amp;");
                case '"' -> text.append("&quot;");
                default -> text.append(isAllowed(c) ? c : '\ufffd');
            }
        }
    }

    private static boolean isAllowed(final char c) {
        return c >= ' ' || c == '\n' || c == '\t';
    }

    @Override
    public String toString() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("not ended: " + open);
        }
        return text.toString();
    }
}
