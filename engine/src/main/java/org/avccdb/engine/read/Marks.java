package org.avccdb.engine.read;

/** Marks of threads. */
final class Marks {
    private Marks() {}

    /** Negative, whatever id a subclass of Thread makes up. */
    static long ofCaller() {
        return Thread.currentThread().getId() | Long.MIN_VALUE;
    }
}
