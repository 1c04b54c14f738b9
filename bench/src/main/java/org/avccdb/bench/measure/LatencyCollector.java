package org.avccdb.bench.measure;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.avccdb.bench.load.Sink;

/** Collects latencies of several threads, by second and altogether. One thread drains. */
public final class LatencyCollector {
    private final List<String> kinds;
    private final boolean open;
    private final List<ThreadSink> sinks = new ArrayList<>();
    private final List<KindLatency> totals = new ArrayList<>();
    /** Filled anew again and again: new ones would make the collector of garbage run while others are measured. */
    private final List<KindLatency> interval = new ArrayList<>();

    private final Histogram everything = LatencyRecorder.newHistogram();

    /** For kinds of operations; an open loop has response times. */
    public LatencyCollector(final List<String> kinds, final boolean open) {
        this.kinds = List.copyOf(kinds);
        this.open = open;
        kinds.forEach(kind -> totals.add(empty(kind)));
        kinds.forEach(kind -> interval.add(empty(kind)));
    }

    private KindLatency empty(final String kind) {
        return new KindLatency(kind, LatencyRecorder.newHistogram(), open ? LatencyRecorder.newHistogram() : null);
    }

    /** For one more thread. All are asked for before the first drain. */
    public Sink newSink() {
        final ThreadSink sink = new ThreadSink(kinds.size(), open);
        sinks.add(sink);
        return sink;
    }

    /** What was recorded since the last call, by kind, which stays so until the next call. It is added to the totals. */
    public List<KindLatency> drain() {
        for (int kind = 0; kind < kinds.size(); kind++) {
            final KindLatency latency = interval.get(kind);
            latency.service().reset();
            if (open) {
                latency.response().reset();
            }
            for (final ThreadSink sink : sinks) {
                sink.drain(kind, latency.service(), latency.response());
            }
            final KindLatency total = totals.get(kind);
            total.service().add(latency.service());
            if (open) {
                total.response().add(latency.response());
            }
        }
        return interval;
    }

    /** Everything drained so far, by kind. */
    public List<KindLatency> totals() {
        return totals;
    }

    /** The total over all kinds until the next call: response times where there are any, else service times. */
    public Histogram everything() {
        everything.reset();
        totals.forEach(total -> everything.add(open ? total.response() : total.service()));
        return everything;
    }

    /** How many operations were done. */
    public long operations() {
        return sinks.stream().mapToLong(ThreadSink::operations).sum();
    }

    /** How many records they were about. */
    public long records() {
        return sinks.stream().mapToLong(ThreadSink::records).sum();
    }
}
