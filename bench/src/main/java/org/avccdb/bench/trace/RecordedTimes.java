package org.avccdb.bench.trace;

/** When the operation that comes next was begun, after the first one of its phase. Used by one thread at a time. */
final class RecordedTimes {
    private long nanos;

    void begin() {
        nanos = 0;
    }

    void add(final long gap) {
        nanos += gap;
    }

    long nanos() {
        return nanos;
    }
}
