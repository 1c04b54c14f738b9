package org.avccdb.bench.measure;

import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.avccdb.bench.load.Sink;

/** What one thread's operations are recorded in. Written by that thread; drained by one other. */
final class ThreadSink implements Sink {
    private final LatencyRecorder[] byKind;
    private final LatencyRecorder.Scratch[] scratch;
    private final AtomicLong operations = new AtomicLong();
    private final AtomicLong records = new AtomicLong();
    private long ownOperations;
    private long ownRecords;

    ThreadSink(final int kinds, final boolean open) {
        byKind = new LatencyRecorder[kinds];
        scratch = new LatencyRecorder.Scratch[kinds];
        for (int kind = 0; kind < kinds; kind++) {
            byKind[kind] = new LatencyRecorder(open);
            scratch[kind] = new LatencyRecorder.Scratch();
        }
    }

    @Override
    public void record(final int kind, final long serviceNanos, final long responseNanos, final long count) {
        byKind[kind].record(serviceNanos, responseNanos);
        ownRecords += count;
        ownOperations++;
        operations.lazySet(ownOperations);
        records.lazySet(ownRecords);
    }

    long operations() {
        return operations.get();
    }

    long records() {
        return records.get();
    }

    void drain(final int kind, final Histogram service, final Histogram response) {
        byKind[kind].drain(service, response, scratch[kind]);
    }
}
