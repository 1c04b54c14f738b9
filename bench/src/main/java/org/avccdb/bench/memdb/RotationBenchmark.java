package org.avccdb.bench.memdb;

import java.util.concurrent.TimeUnit;
import org.avccdb.memdb.Arena;
import org.avccdb.memdb.ArenaPool;
import org.avccdb.memdb.KeyDigest;
import org.avccdb.memdb.KeyOrder;
import org.avccdb.memdb.MemoryLedger;
import org.avccdb.memdb.SkipList;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What a writer waits for when its memtable is full: the old arena goes back, a pooled one becomes an empty list. */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 3)
@Fork(
        value = 2,
        jvmArgsAppend = {Records.EXPORT})
@State(Scope.Thread)
public class RotationBenchmark {
    private static final int ARENA_BYTES = 64 << 20;

    private ArenaPool pool;
    private Arena arena;
    private SkipList list;

    /** Two arenas, so that one is idle. */
    @Setup
    public void open() {
        pool = new ArenaPool(
                ARENA_BYTES, 2, 4L * ARENA_BYTES, Long.MAX_VALUE, System::nanoTime, MemoryLedger.process());
        final Arena second = pool.take(ARENA_BYTES);
        arena = pool.take(ARENA_BYTES);
        pool.give(second);
        list = new SkipList(arena, KeyOrder.INTERNAL, KeyDigest.LEADING_BYTES, 1);
    }

    /** Gives the memory back. */
    @TearDown
    public void close() {
        pool.give(arena);
        pool.close();
    }

    @Benchmark
    public SkipList rotate() {
        final Arena fresh = pool.take(ARENA_BYTES);
        final SkipList next = new SkipList(fresh, KeyOrder.INTERNAL, KeyDigest.suiting(list), 1);
        pool.give(arena);
        arena = fresh;
        list = next;
        return next;
    }
}
