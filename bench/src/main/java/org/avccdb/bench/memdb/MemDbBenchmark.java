package org.avccdb.bench.memdb;

import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.memdb.MemDb;
import org.avccdb.memdb.MemDbIterator;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One operation of {@link MemDb}; put fills an empty map again and again, so it is the mean over all sizes up to full. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 2,
        jvmArgsAppend = {Records.EXPORT, "-Xms3g", "-Xmx3g"})
@State(Scope.Thread)
public class MemDbBenchmark {
    private static final int OVERHEAD = 48;

    /** Keys and values, without what the map needs beside them. */
    @Param({"4", "64"})
    private int contentMebibytes;

    private Records records;
    private UnsafeBuffer keys;
    private UnsafeBuffer value;
    private UnsafeBuffer target;
    private MemDb filled;
    private MemDb filling;
    private MemDbIterator iterator;
    private int asked;
    private int put;

    /** Fills the map that is read. */
    @Setup
    public void fill() {
        records = new Records(contentMebibytes);
        keys = new UnsafeBuffer(records.keys());
        value = new UnsafeBuffer(records.value());
        target = new UnsafeBuffer(new byte[Records.VALUE_LENGTH]);
        final int capacity = records.count() * (Records.KEY_LENGTH + Records.VALUE_LENGTH + OVERHEAD);
        filled = new MemDb(capacity);
        filling = new MemDb(capacity);
        for (int i = 0; i < records.count(); i++) {
            put(filled, i);
        }
        iterator = filled.iterator();
    }

    /** Gives the memory back. */
    @TearDown
    public void close() {
        iterator.close();
        filled.close();
        filling.close();
    }

    private void put(final MemDb map, final int i) {
        final int offset = i * Records.KEY_LENGTH;
        if (!map.put(keys, offset, Records.KEY_LENGTH, value, 0, Records.VALUE_LENGTH)) {
            throw new IllegalStateException("no room for record " + i);
        }
    }

    @Benchmark
    public int put() {
        if (put == records.count()) {
            filling.reset();
            put = 0;
        }
        put(filling, put);
        return put++;
    }

    @Benchmark
    public int get() {
        return filled.get(keys, nextAsked(), Records.KEY_LENGTH, target, 0);
    }

    @Benchmark
    public boolean seek() {
        return iterator.seek(keys, nextAsked(), Records.KEY_LENGTH);
    }

    @Benchmark
    public long next() {
        if (!iterator.next()) {
            iterator.first();
        }
        return Records.sum(iterator.key()) + Records.sum(iterator.value());
    }

    private int nextAsked() {
        asked = asked == records.count() - 1 ? 0 : asked + 1;
        return records.askedOffset(asked);
    }
}
