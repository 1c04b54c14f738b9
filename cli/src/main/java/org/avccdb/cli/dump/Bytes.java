package org.avccdb.cli.dump;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/** The bytes of a file, wherever one looks. */
final class Bytes implements Closeable {
    /** Longer than any block, edit or group that is written. */
    private static final int MOST = Integer.MAX_VALUE - 64;

    private final RandomAccessFile file;
    private final long length;

    Bytes(final Path path) throws IOException {
        file = new RandomAccessFile(path.toFile(), "r");
        length = file.length();
    }

    long length() {
        return length;
    }

    /** As many of these bytes as there are. */
    byte[] read(final long from, final long count) {
        final long there = Math.max(0, Math.min(Math.min(count, MOST), length - from));
        final byte[] bytes = new byte[(int) there];
        try {
            if (there > 0) {
                file.seek(from);
                file.readFully(bytes);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes;
    }

    static ByteBuffer littleEndian(final byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** CRC32C of some bytes, and then of others. */
    static int crc(final byte[] bytes, final int from, final int count, final byte[]... more) {
        final CRC32C crc = new CRC32C();
        crc.update(bytes, from, count);
        for (final byte[] others : more) {
            crc.update(others, 0, others.length);
        }
        return (int) crc.getValue();
    }

    static int align(final int length, final int alignment) {
        return (length + alignment - 1) / alignment * alignment;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
