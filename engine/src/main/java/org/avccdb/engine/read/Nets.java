package org.avccdb.engine.read;

import java.lang.ref.Cleaner;

/** What catches those that nobody closed. */
final class Nets {
    static final Cleaner CLEANER = Cleaner.create();

    private Nets() {}
}
