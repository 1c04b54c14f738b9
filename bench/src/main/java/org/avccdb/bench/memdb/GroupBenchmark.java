package org.avccdb.bench.memdb;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.memdb.MemDb;
import org.avccdb.memdb.RecordGroup;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Sorted groups of records, written as groups and one by one; the time is that of one record. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 2,
        jvmArgsAppend = {Records.EXPORT, "-Xms1g", "-Xmx1g"})
@State(Scope.Thread)
public class GroupBenchmark {
    private static final int GROUP = 64;
    private static final int OVERHEAD = 48;

    /** Keys and values, without what the map needs beside them. */
    @Param({"4", "64"})
    private int contentMebibytes;

    private UnsafeBuffer content;
    private int valueOffset;
    private int groups;
    private MemDb map;
    private final RecordGroup group = new RecordGroup(GROUP);
    private int next;

    /** Sorts the keys inside each group, not over the groups. */
    @Setup
    public void sortGroups() {
        final Records records = new Records(contentMebibytes);
        groups = records.count() / GROUP;
        final byte[] bytes = Arrays.copyOf(records.keys(), records.keys().length + Records.VALUE_LENGTH);
        valueOffset = records.keys().length;
        System.arraycopy(records.value(), 0, bytes, valueOffset, Records.VALUE_LENGTH);
        for (int from = 0; from + GROUP <= records.count(); from += GROUP) {
            final byte[][] keys = new byte[GROUP][];
            for (int i = 0; i < GROUP; i++) {
                final int offset = (from + i) * Records.KEY_LENGTH;
                keys[i] = Arrays.copyOfRange(bytes, offset, offset + Records.KEY_LENGTH);
            }
            Arrays.sort(keys, Arrays::compareUnsigned);
            for (int i = 0; i < GROUP; i++) {
                System.arraycopy(keys[i], 0, bytes, (from + i) * Records.KEY_LENGTH, Records.KEY_LENGTH);
            }
        }
        content = new UnsafeBuffer(bytes);
        map = new MemDb(records.count() * (Records.KEY_LENGTH + Records.VALUE_LENGTH + OVERHEAD));
    }

    /** Both ways begin with the same map. */
    @Setup(Level.Iteration)
    public void empty() {
        map.reset();
        next = 0;
    }

    /** Gives the memory back. */
    @TearDown
    public void close() {
        map.close();
    }

    @Benchmark
    @OperationsPerInvocation(GROUP)
    public int together() {
        final int from = nextGroup();
        group.begin(content);
        for (int i = 0; i < GROUP; i++) {
            group.add((from + i) * Records.KEY_LENGTH, Records.KEY_LENGTH, valueOffset, Records.VALUE_LENGTH);
        }
        return require(map.putAll(group));
    }

    @Benchmark
    @OperationsPerInvocation(GROUP)
    public int oneByOne() {
        final int from = nextGroup();
        int written = 0;
        for (int i = 0; i < GROUP; i++) {
            if (map.put(
                    content,
                    (from + i) * Records.KEY_LENGTH,
                    Records.KEY_LENGTH,
                    content,
                    valueOffset,
                    Records.VALUE_LENGTH)) {
                written++;
            }
        }
        return require(written);
    }

    private int nextGroup() {
        if (next == groups) {
            empty();
        }
        return GROUP * next++;
    }

    private static int require(final int written) {
        if (written != GROUP) {
            throw new IllegalStateException("no room");
        }
        return written;
    }
}
