package org.avccdb.bench.trace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.bench.engines.Store;
import org.avccdb.bench.load.Clock;
import org.avccdb.bench.run.Tap;

/** Records what is done to stores, by any number of threads, in the order in which it is begun. */
public final class Recorder implements Tap, AutoCloseable {
    private final int keyBytes;
    private final int valueBytes;
    private final Clock clock;
    private final TraceWriter writer;
    private final ReentrantLock lock = new ReentrantLock();
    private String phase;
    private boolean fresh;
    private boolean broken;
    private long last;
    private long operations;
    private long recordsPut;
    private long phases;

    /** Makes the file, which must not be there yet. All keys and values have these lengths. */
    public Recorder(final Path file, final int keyBytes, final int valueBytes, final Clock clock) {
        if (!accepts(keyBytes, valueBytes)) {
            throw new IllegalArgumentException("key bytes " + keyBytes + ", value bytes " + valueBytes);
        }
        this.keyBytes = keyBytes;
        this.valueBytes = valueBytes;
        this.clock = clock;
        try {
            writer = new TraceWriter(file, header(0));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether keys and values of these lengths can be recorded. */
    public static boolean accepts(final int keyBytes, final int valueBytes) {
        return TraceDescriptor.areLengths(keyBytes, valueBytes);
    }

    private byte[] header(final long length) {
        return TraceDescriptor.encode(new TraceDescriptor.Header(
                keyBytes, valueBytes, length, operations, recordsPut, phases, length == 0 ? 0 : writer.crc()));
    }

    @Override
    public Store opened(final Store store) {
        fresh = true;
        return new RecordingStore(store, this);
    }

    @Override
    public void begins(final String name) {
        phase = name;
    }

    /** How many operations there are so far. */
    public long operations() {
        return operations;
    }

    int keyBytes() {
        return keyBytes;
    }

    int valueBytes() {
        return valueBytes;
    }

    /** Adds an operation that is about to begin; it has everything but its time. */
    void append(final MutableDirectBuffer operation, final int length, final long records) {
        lock.lock();
        try {
            final boolean first = phase != null;
            if (first) {
                appendPhase();
            }
            final long now = clock.nanos();
            TraceDescriptor.putGap(operation, first ? 0 : Math.max(0, now - last));
            last = now;
            write(operation, length);
            operations++;
            recordsPut += records;
        } finally {
            lock.unlock();
        }
    }

    /** Only now, so that no phase is without operations. */
    private void appendPhase() {
        final UnsafeBuffer buffer =
                new UnsafeBuffer(new byte[TraceDescriptor.RECORD_HEAD_LENGTH + TraceDescriptor.NAME_LENGTH]);
        TraceDescriptor.putHead(buffer, Kind.PHASE, fresh ? 1 : 0);
        buffer.putBytes(TraceDescriptor.RECORD_HEAD_LENGTH, TraceDescriptor.encodeName(phase));
        write(buffer, buffer.capacity());
        phase = null;
        fresh = false;
        phases++;
    }

    private void write(final MutableDirectBuffer buffer, final int length) {
        try {
            writer.append(buffer, length);
        } catch (final IOException e) {
            broken = true;
            throw new UncheckedIOException(e);
        }
    }

    /** Finishes the file, unless something could not be written. */
    @Override
    public void close() {
        try {
            writer.close(broken ? null : header(writer.length()));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
