package org.avccdb.bench.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.AvccDb;
import org.avccdb.KeyRange;
import org.avccdb.Options;
import org.avccdb.WriteOptions;
import org.avccdb.bench.run.Directories;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** How long it takes until a database is open, in a JVM that has opened some before. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 30)
@Measurement(iterations = 30)
@Fork(value = 1, jvmArgsAppend = EngineBenchmark.EXPORT)
@State(Scope.Thread)
public class OpenBenchmark {
    private static final int KEY_LENGTH = 16;
    private static final int VALUE_LENGTH = 100;
    private static final int RANDOM_LENGTH = 50;
    /** More than any journal here, so that nothing leaves it. */
    private static final int WRITE_BUFFER_BYTES = 256 << 20;

    /** CLOSED: what was closed in good order; KILLED: the records are in the journal only, as after the death of a process. */
    public enum Left {
        CLOSED,
        KILLED
    }

    private final UnsafeBuffer key = new UnsafeBuffer(new byte[KEY_LENGTH]);
    private final UnsafeBuffer value = new UnsafeBuffer(new byte[VALUE_LENGTH]);
    private final SplittableRandom random = new SplittableRandom(1);

    @Param({"CLOSED", "KILLED"})
    private Left left;

    @Param("2000000")
    private int closedRecords;

    /** In the journal, 64 MiB. */
    @Param("500000")
    private int killedRecords;

    private Path directory;
    private AvccDb db;

    /** Makes what is opened each time. */
    @Setup
    public void fill() throws IOException {
        directory = Files.createTempDirectory("avccdb-open");
        final Path made = directory.resolve("made");
        try (AvccDb filled = AvccDb.open(made, options())) {
            for (int i = left == Left.CLOSED ? closedRecords : killedRecords; i > 0; i--) {
                put(filled);
            }
            if (left == Left.CLOSED) {
                filled.compactRange(KeyRange.all());
            } else {
                copy(made, directory.resolve("template"));
            }
        }
        if (left == Left.CLOSED) {
            copy(made, directory.resolve("template"));
        }
        Directories.delete(made);
    }

    private Options options() {
        return left == Left.CLOSED
                ? Options.builder().build()
                : Options.builder().writeBufferBytes(WRITE_BUFFER_BYTES).build();
    }

    private void put(final AvccDb filled) {
        key.putLong(0, random.nextLong());
        key.putLong(Long.BYTES, random.nextLong());
        for (int i = 0; i < RANDOM_LENGTH; i += Long.BYTES) {
            value.putLong(i, random.nextLong());
        }
        filled.put(key, 0, KEY_LENGTH, value, 0, VALUE_LENGTH, 0, WriteOptions.DEFAULT);
    }

    private static void copy(final Path from, final Path to) throws IOException {
        Files.createDirectory(to);
        final List<Path> files;
        try (Stream<Path> found = Files.list(from)) {
            files = found.toList();
        }
        for (final Path file : files) {
            Files.copy(file, to.resolve(file.getFileName()));
        }
    }

    /** Each time the same files. */
    @Setup(Level.Iteration)
    public void copy() throws IOException {
        copy(directory.resolve("template"), directory.resolve("opened"));
    }

    @Benchmark
    public AvccDb open() {
        db = AvccDb.open(directory.resolve("opened"), options());
        return db;
    }

    /** What was opened is of no use any more. */
    @TearDown(Level.Iteration)
    public void close() {
        db.close();
        Directories.delete(directory.resolve("opened"));
    }

    /** Deletes what was written. */
    @TearDown
    public void delete() {
        Directories.delete(directory);
    }
}
