package org.avccdb.bench.trace;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import net.openhft.chronicle.bytes.MappedBytes;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Writes a file through a mapping of one piece of it at a time, word by word: no word lies across pieces. */
final class TraceWriter {
    static final long CHUNK = 1L << 24;
    static final long OVERLAP = 1L << 16;

    private final Path file;
    private final MappedBytes bytes;
    private final CRC32C crc = new CRC32C();
    private long end = TraceDescriptor.HEADER_LENGTH;
    private long room;

    /** Makes the file. */
    TraceWriter(final Path file, final byte[] unfinishedHeader) throws IOException {
        this.file = Files.createFile(file);
        requireSpace();
        bytes = MappedBytes.mappedBytes(file.toFile(), CHUNK, OVERLAP);
        // Whoever writes holds the recorder's lock.
        bytes.singleThreadedCheckDisabled(true);
        room = CHUNK;
        writeHeader(unfinishedHeader);
    }

    /** Without space, the write into a mapping would be what fails, and take the JVM with it. */
    private void requireSpace() throws IOException {
        if (Files.getFileStore(file).getUsableSpace() < 2 * (CHUNK + OVERLAP)) {
            throw new IOException("no space is left for " + file);
        }
    }

    void append(final DirectBuffer source, final int length) throws IOException {
        while (end + length > room) {
            requireSpace();
            room += CHUNK;
        }
        for (int i = 0; i < length; i += Long.BYTES) {
            bytes.writeLong(end + i, source.getLong(i));
        }
        crc.update(source.byteArray(), 0, length);
        end += length;
    }

    long length() {
        return end;
    }

    int crc() {
        return (int) crc.getValue();
    }

    private void writeHeader(final byte[] header) {
        final UnsafeBuffer buffer = new UnsafeBuffer(header);
        for (int i = 0; i < header.length; i += Long.BYTES) {
            bytes.writeLong(i, buffer.getLong(i));
        }
    }

    /** Cuts off what was mapped ahead. Without a header the file stays an unfinished one. */
    void close(final byte[] header) throws IOException {
        if (header != null) {
            writeHeader(header);
        }
        bytes.releaseLast();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(end);
        }
    }
}
