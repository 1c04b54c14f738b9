package org.avccdb.bench.trace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import net.openhft.chronicle.bytes.MappedBytes;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Reads a file through a mapping of one piece of it at a time, word by word, and never beyond its end. */
final class TraceReader implements AutoCloseable {
    private static final int BLOCK = 1 << 13;

    private final MappedBytes bytes;
    private final TraceDescriptor.Header header;
    private final UnsafeBuffer word = new UnsafeBuffer(new byte[Long.BYTES]);

    TraceReader(final Path file) {
        try {
            TraceDescriptor.require(Files.isRegularFile(file), "there is no such file");
            final long size = Files.size(file);
            TraceDescriptor.require(size >= TraceDescriptor.HEADER_LENGTH, "it is too short to be a recording");
            header = TraceDescriptor.decode(firstBytes(file));
            TraceDescriptor.require(
                    size == header.length(), "it has " + size + " bytes, but its header says " + header.length());
            bytes = MappedBytes.mappedBytes(file.toFile(), TraceWriter.CHUNK, TraceWriter.OVERLAP, true);
            // It is made by one thread, read by another.
            bytes.singleThreadedCheckDisabled(true);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] firstBytes(final Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return in.readNBytes(TraceDescriptor.HEADER_LENGTH);
        }
    }

    TraceDescriptor.Header header() {
        return header;
    }

    /** Copies from a place that is a multiple of 8. */
    void read(final long from, final MutableDirectBuffer target, final int length) {
        TraceDescriptor.require(length <= header.length() - from, "it ends within an operation");
        final int whole = length & -Long.BYTES;
        for (int i = 0; i < whole; i += Long.BYTES) {
            target.putLong(i, bytes.readLong(from + i));
        }
        if (whole < length) {
            word.putLong(0, bytes.readLong(from + whole));
            target.putBytes(whole, word, 0, length - whole);
        }
    }

    /** Reads everything once. */
    void checkBody() {
        final byte[] block = new byte[BLOCK];
        final UnsafeBuffer buffer = new UnsafeBuffer(block);
        final CRC32C crc = new CRC32C();
        for (long at = TraceDescriptor.HEADER_LENGTH; at < header.length(); at += BLOCK) {
            final int length = (int) Math.min(BLOCK, header.length() - at);
            read(at, buffer, length);
            crc.update(block, 0, length);
        }
        TraceDescriptor.require((int) crc.getValue() == header.bodyCrc(), "the checksum of its content does not fit");
    }

    @Override
    public void close() {
        bytes.releaseLast();
    }
}
