package org.avccdb.bench.report;

import java.util.List;

/** One accent for each engine, the same on every page. The colours are in {@link Style}. */
final class Palette {
    private static final List<String> ENGINES = List.of("avccdb", "rocksdb", "rocksdb-tuned", "lmdb", "mvstore");

    private Palette() {}

    /** The CSS class of an engine; all that are not known share one. */
    static String of(final String engine) {
        final int index = ENGINES.indexOf(engine);
        return "c" + (index < 0 ? ENGINES.size() : index);
    }

    /** Which colour is which engine. */
    static void legend(final Markup out, final List<String> engines) {
        out.begin("p", "class", "legend");
        for (final String engine : engines) {
            out.begin("span", "class", "key");
            out.leaf("span", "", "class", "swatch " + of(engine));
            out.text(engine).end();
        }
        out.end();
    }
}
