package org.avccdb.bench.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.avccdb.bench.engines.Events;
import org.avccdb.bench.engines.LevelShape;
import org.avccdb.bench.engines.Store;
import org.avccdb.bench.measure.IntervalLog;
import org.avccdb.bench.measure.KindLatency;
import org.avccdb.bench.measure.LatencyCollector;
import org.avccdb.bench.measure.Percentiles;
import org.avccdb.bench.measure.ResourceMeter;

/** Takes a picture of a run each second: a line of its time series. */
public final class Sampler {
    private static final double NANOS_A_SECOND = 1e9;

    private final Store store;
    private final Events events;
    private final LatencyCollector collector;
    private final IntervalLog log;
    private final List<Object> series = new ArrayList<>();
    private long startNanos;
    private long lastNanos;
    private long lastMillis;
    private long operations;
    private long records;

    /** The log may be null. */
    public Sampler(final Store store, final Events events, final LatencyCollector collector, final IntervalLog log) {
        this.store = store;
        this.events = events;
        this.collector = collector;
        this.log = log;
    }

    /** The run begins. */
    public void start(final long nanos) {
        startNanos = nanos;
        lastNanos = nanos;
        lastMillis = System.currentTimeMillis();
    }

    /** Adds a line for the time since the last one, and returns it. */
    public Map<String, Object> sample() {
        final long now = System.nanoTime();
        final long millis = System.currentTimeMillis();
        final long operationsNow = collector.operations();
        final long recordsNow = collector.records();
        final List<KindLatency> interval = collector.drain();
        if (log != null) {
            log.write(interval, lastMillis, millis);
        }
        final double seconds = Math.max(1, now - lastNanos) / NANOS_A_SECOND;
        final Map<String, Object> line = new LinkedHashMap<>();
        line.put("atSeconds", (now - startNanos) / NANOS_A_SECOND);
        line.put("operationsPerSecond", (operationsNow - operations) / seconds);
        line.put("recordsPerSecond", (recordsNow - records) / seconds);
        line.put("service", brief(interval, false));
        if (interval.get(0).response() != null) {
            line.put("response", brief(interval, true));
        }
        line.put("levels", levels(store.levels()));
        line.put("events", events.counters());
        line.put("writtenBytes", ResourceMeter.bytesWritten());
        line.put(
                "heapBytes",
                Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        series.add(line);
        lastNanos = now;
        lastMillis = millis;
        operations = operationsNow;
        records = recordsNow;
        return line;
    }

    private static Map<String, Object> brief(final List<KindLatency> interval, final boolean response) {
        final Map<String, Object> byKind = new LinkedHashMap<>();
        for (final KindLatency latency : interval) {
            if (latency.service().getTotalCount() > 0) {
                byKind.put(latency.kind(), Percentiles.brief(response ? latency.response() : latency.service()));
            }
        }
        return byKind;
    }

    /** The shape of levels as it goes into results. */
    public static List<Object> levels(final List<LevelShape> levels) {
        final List<Object> list = new ArrayList<>();
        for (final LevelShape level : levels) {
            final Map<String, Object> map = new LinkedHashMap<>();
            map.put("level", level.level());
            map.put("tables", level.tables());
            map.put("bytes", level.bytes());
            list.add(map);
        }
        return list;
    }

    /** All lines so far. */
    public List<Object> series() {
        return series;
    }
}
