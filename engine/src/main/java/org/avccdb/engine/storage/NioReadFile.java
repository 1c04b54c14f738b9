package org.avccdb.engine.storage;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.IoUtil;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.StorageException;

/**
 * A file that is mapped as a whole when it is opened, in windows that overlap: one begins every {@link #STRIDE} bytes and
 * reaches as far as a mapping can, so that whatever is asked for, up to a stride, lies within one.
 *
 * <p>Any thread may use it; whoever closes keeps the others out. Reads go through the file and not through the mapping,
 * since an error of the device is an exception there and a fault here.
 */
final class NioReadFile implements ReadFile {
    static final long STRIDE = MAX_MAP_BYTES;

    private static final int SCRATCH_BYTES = 64 * 1024;

    private final Path path;
    private final RandomAccessFile file;
    private final long length;
    private final List<MappedByteBuffer> windows;
    private volatile boolean closed;

    private NioReadFile(
            final Path path, final RandomAccessFile file, final long length, final List<MappedByteBuffer> windows) {
        this.path = path;
        this.file = file;
        this.length = length;
        this.windows = windows;
    }

    static NioReadFile open(final Path path) throws IOException {
        return Uninterrupted.call(() -> openAndMap(path));
    }

    private static NioReadFile openAndMap(final Path path) throws IOException {
        final RandomAccessFile file = new RandomAccessFile(path.toFile(), "r");
        final List<MappedByteBuffer> windows = new ArrayList<>();
        try {
            final long length = file.length();
            for (long start = 0; start < length; start += STRIDE) {
                final long size = Math.min(length - start, Integer.MAX_VALUE);
                windows.add(file.getChannel().map(MapMode.READ_ONLY, start, size));
            }
            return new NioReadFile(path, file, length, windows);
        } catch (IOException | RuntimeException e) {
            windows.forEach(IoUtil::unmap);
            try {
                file.close();
            } catch (IOException second) {
                e.addSuppressed(second);
            }
            throw e;
        }
    }

    @Override
    public String name() {
        return path.getFileName().toString();
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public void read(final long position, final MutableDirectBuffer target, final int offset, final int length) {
        checkInside(position, length);
        target.boundsCheck(offset, length);
        final byte[] scratch = new byte[Math.min(length, SCRATCH_BYTES)];
        try {
            int done = 0;
            while (done < length) {
                final int part = Math.min(length - done, scratch.length);
                readFully(position + done, scratch, part);
                target.putBytes(offset + done, scratch, 0, part);
                done += part;
            }
        } catch (EOFException e) {
            throw new StorageException("cannot read " + path + ": it was cut short while open", e);
        } catch (IOException e) {
            throw StorageErrors.of("read", path, e);
        }
    }

    /** Position and read belong together. */
    private synchronized void readFully(final long position, final byte[] target, final int length) throws IOException {
        file.seek(position);
        file.readFully(target, 0, length);
    }

    @Override
    public DirectBuffer map(final long position, final int length) {
        checkInside(position, length);
        if (length > STRIDE) {
            throw new IllegalArgumentException(length + " bytes of " + path + ": at most " + STRIDE + " at once");
        }
        if (length == 0) {
            return new UnsafeBuffer(ByteBuffer.allocateDirect(0));
        }
        final MappedByteBuffer window = windows.get((int) (position / STRIDE));
        return new UnsafeBuffer(window.slice((int) (position % STRIDE), length));
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        windows.forEach(IoUtil::unmap);
        try {
            file.close();
        } catch (IOException e) {
            throw StorageErrors.of("close", path, e);
        }
    }

    private void checkInside(final long position, final int length) {
        if (closed) {
            throw new IllegalStateException(path + " is closed");
        }
        if (position < 0 || length < 0 || position > this.length - length) {
            throw new StorageException(
                    "cannot read " + length + " bytes at " + position + " of " + path + ": it has " + this.length);
        }
    }
}
