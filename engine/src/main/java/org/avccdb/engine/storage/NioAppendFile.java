package org.avccdb.engine.storage;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import org.agrona.DirectBuffer;
import org.avccdb.StorageException;

/**
 * Collects what is appended and hands it over in large pieces. A stream and not a channel, since no interrupt closes a
 * stream. After the first failure everything is refused: what is on disk is then unknown, and a second sync would lie.
 */
final class NioAppendFile implements AppendFile {
    private final Path path;
    private final FileOutputStream stream;
    private final StagingBuffers buffers;
    /** Null while there is nothing in it. */
    private byte[] staging;

    private int staged;
    private long length;
    private boolean failed;
    private boolean closed;

    /** Takes an empty file, which is there already. */
    NioAppendFile(final Path path, final StagingBuffers buffers) throws IOException {
        this.path = path;
        this.buffers = buffers;
        stream = new FileOutputStream(path.toFile(), true);
    }

    @Override
    public String name() {
        return path.getFileName().toString();
    }

    @Override
    public void append(final DirectBuffer source, final int offset, final int length) {
        checkUsable();
        source.boundsCheck(offset, length);
        int done = 0;
        while (done < length) {
            if (staging == null) {
                staging = buffers.take();
            }
            final int part = Math.min(length - done, StagingBuffers.BYTES - staged);
            source.getBytes(offset + done, staging, staged, part);
            staged += part;
            done += part;
            if (staged == StagingBuffers.BYTES) {
                writeStaged();
            }
        }
        this.length += length;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public void flush() {
        checkUsable();
        writeStaged();
    }

    @Override
    public void sync() {
        checkUsable();
        writeStaged();
        try {
            stream.getFD().sync();
        } catch (IOException e) {
            failed = true;
            throw StorageErrors.of("sync", path, e);
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        try (stream) {
            if (!failed) {
                writeStaged();
            }
        } catch (IOException e) {
            throw StorageErrors.of("close", path, e);
        } finally {
            closed = true;
        }
    }

    private void writeStaged() {
        if (staged == 0) {
            return;
        }
        try {
            stream.write(staging, 0, staged);
            staged = 0;
            buffers.give(staging);
            staging = null;
        } catch (IOException e) {
            failed = true;
            throw StorageErrors.of("write", path, e);
        }
    }

    private void checkUsable() {
        if (closed) {
            throw new IllegalStateException(path + " is closed");
        }
        if (failed) {
            throw new StorageException("cannot write " + path + ": an earlier write or sync of it failed");
        }
    }
}
