package org.avccdb.bench.job;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;
import org.avccdb.bench.engines.EngineKind;
import org.avccdb.bench.engines.Events;
import org.avccdb.bench.load.ProofSizes;
import org.avccdb.bench.load.Schedule;
import org.avccdb.bench.measure.KindLatency;
import org.avccdb.bench.measure.ResourceMeter;
import org.avccdb.bench.run.Measured;
import org.avccdb.bench.run.ResultMap;

/** A part of the job whose calls are timed one by one, and whose answers are counted right or wrong. */
final class Stage {
    private static final int DIGITS = 3;

    private final String name;
    private final ResourceMeter meter = new ResourceMeter();
    private final long startNanos = System.nanoTime();
    private final Map<String, Histogram> times = new LinkedHashMap<>();
    private final ProofSizes sizes = new ProofSizes();
    private long endNanos = startNanos;
    private long records;
    private long looked;
    private long wrong;
    private String firstWrong;

    Stage(final String name) {
        this.name = name;
    }

    /** Makes a call and records how long it took. */
    <T> T time(final String kind, final Supplier<T> call) {
        final long begin = System.nanoTime();
        final T answer = call.get();
        endNanos = System.nanoTime();
        times.computeIfAbsent(kind, key -> new Histogram(DIGITS)).recordValue(endNanos - begin);
        return answer;
    }

    /** A proof was that large. */
    void addProof(final String kind, final byte[] proof) {
        sizes.add(kind, proof.length);
    }

    /** So many records were worked on. */
    void addRecords(final long count) {
        records += count;
    }

    /** Something must be so. */
    void expect(final boolean right, final Supplier<String> what) {
        looked++;
        if (!right) {
            wrong++;
            firstWrong = firstWrong == null ? what.get() : firstWrong;
        }
    }

    Check check() {
        return new Check(
                name,
                wrong == 0,
                wrong == 0 ? looked + " looked at" : wrong + " of " + looked + " wrong: " + firstWrong);
    }

    /** Its times, as a result; null where nothing was timed. */
    Map<String, Object> result(final Events events) {
        if (times.isEmpty()) {
            return null;
        }
        final List<KindLatency> latencies = new ArrayList<>();
        times.forEach((kind, histogram) -> latencies.add(new KindLatency(kind, histogram, null)));
        final long operations =
                times.values().stream().mapToLong(Histogram::getTotalCount).sum();
        final Measured measured = new Measured(
                operations,
                records == 0 ? operations : records,
                startNanos,
                endNanos,
                latencies,
                List.of(),
                meter,
                meter.use(),
                true,
                sizes,
                null);
        final Map<String, Object> result = new LinkedHashMap<>();
        result.put("workload", name);
        result.put("engine", EngineKind.AVCCDB.title());
        result.put("round", 1);
        result.put("threads", 1);
        result.putAll(ResultMap.of(measured, events, Schedule.closedLoop().rate()));
        result.put("resources", ResultMap.resources(measured.resources(), operations));
        result.put("failures", wrong == 0 ? List.of() : List.of(check().detail()));
        return result;
    }
}
