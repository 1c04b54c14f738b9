package org.avccdb.bench.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.avccdb.bench.engines.Event;
import org.avccdb.bench.engines.Events;
import org.avccdb.bench.measure.KindLatency;
import org.avccdb.bench.measure.Percentiles;
import org.avccdb.bench.measure.ResourceUse;

/** Turns what was measured into what is written down; the format is in the module's README. */
public final class ResultMap {
    private static final double NANOS_A_SECOND = 1e9;
    private static final Set<String> WRITES = Set.of("put", "update", "insert", "rmw");

    private ResultMap() {}

    /** Throughput, latencies, time series, and events until now: what is written may go on being merged for a while. */
    public static Map<String, Object> of(final Measured measured, final Events events, final double askedRate) {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("operations", measured.operations());
        map.put("records", measured.records());
        map.put("seconds", measured.seconds());
        map.put("operationsPerSecond", measured.operations() / measured.seconds());
        map.put("recordsPerSecond", measured.records() / measured.seconds());
        if (askedRate > 0) {
            map.put("askedOperationsPerSecond", askedRate);
            map.put("rateHeld", measured.rateHeld());
        }
        map.put("latency", latency(measured.latencies()));
        if (!measured.proofSizes().byKind().isEmpty()) {
            final Map<String, Object> proofBytes = new LinkedHashMap<>();
            measured.proofSizes().byKind().forEach((kind, sizes) -> proofBytes.put(kind, Percentiles.of(sizes)));
            map.put("proofBytes", proofBytes);
        }
        map.put("series", measured.series());
        map.put("events", events(events.between(measured.startNanos(), System.nanoTime()), measured.startNanos()));
        return map;
    }

    private static Map<String, Object> latency(final List<KindLatency> latencies) {
        final Map<String, Object> byKind = new LinkedHashMap<>();
        for (final KindLatency latency : latencies) {
            if (latency.service().getTotalCount() > 0) {
                final Map<String, Object> both = new LinkedHashMap<>();
                both.put("service", Percentiles.withCurve(latency.service()));
                if (latency.response() != null) {
                    both.put("response", Percentiles.withCurve(latency.response()));
                }
                byKind.put(latency.kind(), both);
            }
        }
        return byKind;
    }

    /** Events with times in seconds from a moment on. */
    public static List<Object> events(final List<Event> events, final long startNanos) {
        final List<Object> list = new ArrayList<>();
        for (final Event event : events) {
            final Map<String, Object> map = new LinkedHashMap<>();
            map.put("kind", event.kind());
            map.put("fromSeconds", (event.beginNanos() - startNanos) / NANOS_A_SECOND);
            map.put("toSeconds", (event.endNanos() - startNanos) / NANOS_A_SECOND);
            map.put("bytes", event.bytes());
            map.put("text", event.text());
            list.add(map);
        }
        return list;
    }

    /** How many records were written. */
    static long recordsWritten(final Measured measured) {
        final List<KindLatency> latencies = measured.latencies();
        if (latencies.size() == 1) {
            return WRITES.contains(latencies.get(0).kind()) ? measured.records() : 0;
        }
        return latencies.stream()
                .filter(latency -> WRITES.contains(latency.kind()))
                .mapToLong(latency -> latency.service().getTotalCount())
                .sum();
    }

    /** Resources, in all and for each operation. */
    public static Map<String, Object> resources(final ResourceUse use, final long operations) {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("cpuNanosPerOperation", (double) use.cpuNanos() / operations);
        map.put("allocatedBytesPerOperation", (double) use.allocatedBytes() / operations);
        map.put("allocatedByLoadBytesPerOperation", (double) use.allocatedByLoadBytes() / operations);
        map.put("cpuNanos", use.cpuNanos());
        map.put("allocatedBytes", use.allocatedBytes());
        map.put("allocatedByLoadBytes", use.allocatedByLoadBytes());
        map.put("collections", use.collections());
        map.put("collectionMillis", use.collectionMillis());
        map.put("writtenBytes", use.writtenBytes());
        map.put("writeCallBytes", use.writeCallBytes());
        map.put("peakResidentBytes", use.peakResidentBytes());
        map.put("peakIsOfThisRun", use.peakIsOfThisRun());
        return map;
    }
}
