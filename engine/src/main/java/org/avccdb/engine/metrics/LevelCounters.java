package org.avccdb.engine.metrics;

import java.util.concurrent.atomic.LongAdder;

/** What has been done to one level. Any thread. */
final class LevelCounters {
    private final LongAdder compactions = new LongAdder();
    private final LongAdder bytesRead = new LongAdder();
    private final LongAdder bytesWritten = new LongAdder();
    private final LongAdder nanos = new LongAdder();

    void flushed(final long written, final long took) {
        bytesWritten.add(written);
        nanos.add(took);
    }

    void compacted(final long read, final long written, final long took) {
        compactions.increment();
        bytesRead.add(read);
        bytesWritten.add(written);
        nanos.add(took);
    }

    long compactions() {
        return compactions.sum();
    }

    long bytesRead() {
        return bytesRead.sum();
    }

    long bytesWritten() {
        return bytesWritten.sum();
    }

    long nanos() {
        return nanos.sum();
    }
}
