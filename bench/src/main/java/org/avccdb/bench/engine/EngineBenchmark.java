package org.avccdb.bench.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.AvccDb;
import org.avccdb.Cursor;
import org.avccdb.KeyRange;
import org.avccdb.Options;
import org.avccdb.ValueConsumer;
import org.avccdb.WriteOptions;
import org.avccdb.bench.run.Directories;
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

/**
 * One operation of the database, by one thread; with {@code -prof gc} also how much garbage it makes, that of the background
 * included. Reads find a settled database, writes overwrite another one again and again.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 2,
        jvmArgsAppend = {EngineBenchmark.EXPORT, "-Xms1g", "-Xmx1g"})
@State(Scope.Thread)
public class EngineBenchmark {
    static final String EXPORT = "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED";

    private static final int RECORDS = 500_000;
    private static final int KEY_LENGTH = 16;
    private static final int VALUE_LENGTH = 100;
    private static final int WRITE_BUFFER_BYTES = 64 << 20;
    /** How many writes are handed over before one is waited for. */
    private static final int PIPELINE = 256;

    private long seen;
    private final ValueConsumer consumer = (buffer, offset, length) -> seen += buffer.getLong(offset);
    private final UnsafeBuffer key = new UnsafeBuffer(new byte[KEY_LENGTH]);
    private final UnsafeBuffer value = new UnsafeBuffer(new byte[VALUE_LENGTH]);
    private final UnsafeBuffer target = new UnsafeBuffer(new byte[VALUE_LENGTH]);

    private Path directory;
    private AvccDb settled;
    private AvccDb written;
    private Cursor cursor;
    private long number;

    /** Fills the database that is read. */
    @Setup
    public void fill() throws IOException {
        directory = Files.createTempDirectory("avccdb-engine");
        final Options options =
                Options.builder().writeBufferBytes(WRITE_BUFFER_BYTES).build();
        settled = AvccDb.open(directory.resolve("settled"), options);
        written = AvccDb.open(directory.resolve("written"), options);
        for (int i = 0; i < RECORDS; i++) {
            nextKey(0);
            settled.put(key, 0, KEY_LENGTH, value, 0, VALUE_LENGTH, 0, WriteOptions.DEFAULT);
        }
        settled.compactRange(KeyRange.all());
        cursor = settled.cursor(KeyRange.all());
    }

    /** Deletes what was written. */
    @TearDown
    public void close() {
        cursor.close();
        settled.close();
        written.close();
        Directories.delete(directory);
    }

    /** Keys in an order that looks like chance; a mark keeps those apart that are to be missing. */
    private void nextKey(final int mark) {
        number = number == RECORDS - 1 ? 0 : number + 1;
        key.putLong(0, number * 0x9E37_79B9_7F4A_7C15L);
        key.putInt(Long.BYTES, mark);
    }

    @Benchmark
    public long put() {
        nextKey(0);
        return written.put(key, 0, KEY_LENGTH, value, 0, VALUE_LENGTH, 0, WriteOptions.DEFAULT);
    }

    @Benchmark
    public long submitPut() {
        nextKey(0);
        final long ticket = written.submitPut(key, 0, KEY_LENGTH, value, 0, VALUE_LENGTH, 0, WriteOptions.DEFAULT);
        if (number % PIPELINE == 0) {
            written.await(ticket);
        }
        return ticket;
    }

    @Benchmark
    public int getHit() {
        nextKey(0);
        return settled.get(key, 0, KEY_LENGTH, target, 0);
    }

    @Benchmark
    public int getMiss() {
        nextKey(1);
        return settled.get(key, 0, KEY_LENGTH, target, 0);
    }

    @Benchmark
    public long read() {
        nextKey(0);
        settled.read(key, 0, KEY_LENGTH, consumer);
        return seen;
    }

    @Benchmark
    public long next() {
        if (!cursor.next()) {
            cursor.first();
        }
        return cursor.key().getLong(0) + cursor.value().getLong(0);
    }
}
