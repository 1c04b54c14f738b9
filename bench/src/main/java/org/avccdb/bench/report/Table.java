package org.avccdb.bench.report;

import java.util.ArrayList;
import java.util.List;

/** A table; its numbers stand at the right. */
final class Table {
    private final List<String> heads = new ArrayList<>();
    private final List<Boolean> numbers = new ArrayList<>();
    private final Markup out;
    private int column;

    Table(final Markup out) {
        this.out = out;
    }

    /** Adds columns of words. */
    Table words(final String... names) {
        return add(false, names);
    }

    /** Adds columns of numbers. */
    Table numbers(final String... names) {
        return add(true, names);
    }

    private Table add(final boolean number, final String... names) {
        for (final String name : names) {
            heads.add(name);
            numbers.add(number);
        }
        return this;
    }

    Table begin() {
        out.begin("div", "class", "scroll").begin("table").begin("thead").begin("tr");
        for (int i = 0; i < heads.size(); i++) {
            out.leaf("th", heads.get(i), "scope", "col", "class", style(i));
        }
        out.end().end().begin("tbody");
        return this;
    }

    Table row(final String... classes) {
        out.begin("tr", "class", String.join(" ", classes));
        column = 0;
        return this;
    }

    Table cell(final Object content) {
        out.leaf("td", content, "class", style(column));
        column++;
        return this;
    }

    /** The name of an engine with its colour. */
    Table engine(final String engine) {
        out.begin("td", "class", "word nowrap");
        out.leaf("span", "", "class", "swatch " + Palette.of(engine));
        out.text(engine).end();
        column++;
        return this;
    }

    /** A cell that the caller fills. */
    Table open() {
        out.begin("td", "class", style(column));
        column++;
        return this;
    }

    Table close() {
        out.end();
        return this;
    }

    void endRow() {
        out.end();
    }

    void end() {
        out.end().end().end();
    }

    private String style(final int index) {
        return numbers.get(index) ? "number" : "word";
    }
}
