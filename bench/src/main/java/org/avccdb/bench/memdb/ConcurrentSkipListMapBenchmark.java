package org.avccdb.bench.memdb;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The same operations as {@link MemDbBenchmark}, of the map in the JDK. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 2,
        jvmArgsAppend = {Records.EXPORT, "-Xms3g", "-Xmx3g"})
@State(Scope.Thread)
public class ConcurrentSkipListMapBenchmark {
    /** Keys and values, without what the map needs beside them. */
    @Param({"4", "64"})
    private int contentMebibytes;

    private Records records;
    private final UnsafeBuffer keyView = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer valueView = new UnsafeBuffer(0, 0);
    private final byte[] probe = new byte[Records.KEY_LENGTH];
    private final byte[] target = new byte[Records.VALUE_LENGTH];
    private ConcurrentSkipListMap<byte[], byte[]> filled;
    private ConcurrentSkipListMap<byte[], byte[]> filling;
    private Iterator<Map.Entry<byte[], byte[]>> iterator;
    private int asked;
    private int put;

    /** Fills the map that is read. */
    @Setup
    public void fill() {
        records = new Records(contentMebibytes);
        filled = newMap();
        filling = newMap();
        for (int i = 0; i < records.count(); i++) {
            put(filled, i);
        }
        iterator = filled.entrySet().iterator();
    }

    private static ConcurrentSkipListMap<byte[], byte[]> newMap() {
        return new ConcurrentSkipListMap<>(Arrays::compareUnsigned);
    }

    private void put(final ConcurrentSkipListMap<byte[], byte[]> map, final int i) {
        final int offset = i * Records.KEY_LENGTH;
        final byte[] key = Arrays.copyOfRange(records.keys(), offset, offset + Records.KEY_LENGTH);
        map.put(key, records.value().clone());
    }

    @Benchmark
    public int put() {
        if (put == records.count()) {
            filling = newMap();
            put = 0;
        }
        put(filling, put);
        return put++;
    }

    @Benchmark
    public int get() {
        final byte[] value = filled.get(nextAsked());
        System.arraycopy(value, 0, target, 0, value.length);
        return value.length;
    }

    @Benchmark
    public boolean seek() {
        return filled.ceilingEntry(nextAsked()) != null;
    }

    @Benchmark
    public long next() {
        if (!iterator.hasNext()) {
            iterator = filled.entrySet().iterator();
        }
        final Map.Entry<byte[], byte[]> entry = iterator.next();
        keyView.wrap(entry.getKey());
        valueView.wrap(entry.getValue());
        return Records.sum(keyView) + Records.sum(valueView);
    }

    private byte[] nextAsked() {
        asked = asked == records.count() - 1 ? 0 : asked + 1;
        System.arraycopy(records.keys(), records.askedOffset(asked), probe, 0, Records.KEY_LENGTH);
        return probe;
    }
}
