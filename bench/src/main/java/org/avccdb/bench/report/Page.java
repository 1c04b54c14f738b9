package org.avccdb.bench.report;

import java.util.function.Consumer;

/** A page that needs nothing but itself: its policy forbids the browser to fetch anything. */
final class Page {
    private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'";

    private Page() {}

    static String of(final String title, final Consumer<Markup> content) {
        final Markup out = new Markup();
        out.begin("html", "lang", "en").begin("head");
        out.empty("meta", "charset", "utf-8");
        out.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        out.empty("meta", "http-equiv", "Content-Security-Policy", "content", POLICY);
        out.empty("meta", "name", "color-scheme", "content", "light dark");
        out.leaf("title", title);
        out.begin("style").raw(Style.CSS).end();
        out.end().begin("body").begin("main");
        content.accept(out);
        out.end().end().end();
        return "<!DOCTYPE html>\n" + out;
    }
}
