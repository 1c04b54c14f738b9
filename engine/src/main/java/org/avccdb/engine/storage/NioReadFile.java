package org.avccdb.engine.storage;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.StorageException;

/**
 * A file that is mapped as a whole when it is opened, in windows that overlap: one begins every {@link #STRIDE} bytes and
 * reaches as far as a mapping can, so that whatever is asked for, up to a stride, lies within one.
 *
 * <p>Any thread may use it; whoever closes keeps the others out. Reads go through the file and not through the mapping,
 * since an error of the device is an exception there and a fault here.
 *
 * <ol>
 *   <li>A read takes no lock. Who is interrupted in the middle of one loses the channel, for everybody: whoever finds it closed
 *       opens the file again, by its name, under the lock, unless another has done so or the file has been closed.
 *   <li>A thread that was interrupted before loses nothing: its flag is put aside for as long as it reads.
 * </ol>
 */
final class NioReadFile implements ReadFile {
    static final long STRIDE = MAX_MAP_BYTES;

    /** The runtime copies what goes to an array, through memory that it keeps for each thread. */
    private static final int PIECE_BYTES = 64 * 1024;

    private final Path path;
    private final long length;
    private final List<MappedByteBuffer> windows;
    private volatile FileChannel channel;
    private volatile boolean closed;

    private NioReadFile(
            final Path path, final FileChannel channel, final long length, final List<MappedByteBuffer> windows) {
        this.path = path;
        this.channel = channel;
        this.length = length;
        this.windows = windows;
    }

    static NioReadFile open(final Path path) throws IOException {
        return Uninterrupted.call(() -> openAndMap(path));
    }

    private static NioReadFile openAndMap(final Path path) throws IOException {
        final FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        final List<MappedByteBuffer> windows = new ArrayList<>();
        try {
            final long length = channel.size();
            for (long start = 0; start < length; start += STRIDE) {
                final long size = Math.min(length - start, Integer.MAX_VALUE);
                windows.add(channel.map(MapMode.READ_ONLY, start, size));
            }
            return new NioReadFile(path, channel, length, windows);
        } catch (IOException | RuntimeException e) {
            windows.forEach(IoUtil::unmap);
            try {
                channel.close();
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
    public void read(final long position, final ByteBuffer target) {
        final int length = target.remaining();
        checkInside(position, length);
        try {
            if (target.isDirect()) {
                readFully(position, target);
            } else {
                readInPieces(position, target);
            }
        } catch (EOFException e) {
            throw new StorageException(cannotRead(position, length) + ": it was cut short while open", e);
        } catch (IOException e) {
            throw StorageErrors.of("read " + length + " bytes at " + position + " of", path, e);
        }
    }

    private void readInPieces(final long position, final ByteBuffer target) throws IOException {
        final int start = target.position();
        final int end = target.limit();
        while (target.position() < end) {
            target.limit(Math.min(end, target.position() + PIECE_BYTES));
            readFully(position + target.position() - start, target);
        }
    }

    private void readFully(final long position, final ByteBuffer target) throws IOException {
        final int start = target.position();
        boolean interrupted = Thread.interrupted();
        try {
            while (target.hasRemaining()) {
                final FileChannel open = channel;
                try {
                    if (open.read(target, position + target.position() - start) < 0) {
                        throw new EOFException();
                    }
                } catch (ClosedChannelException e) {
                    interrupted |= Thread.interrupted();
                    reopen(open);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Unless another thread has done so. */
    private synchronized void reopen(final FileChannel lost) throws IOException {
        checkOpen();
        if (channel == lost) {
            channel = FileChannel.open(path, StandardOpenOption.READ);
        }
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
            channel.close();
        } catch (IOException e) {
            throw StorageErrors.of("close", path, e);
        }
    }

    private void checkInside(final long position, final int length) {
        checkOpen();
        if (position < 0 || length < 0 || position > this.length - length) {
            throw new StorageException(cannotRead(position, length) + ": it has " + this.length);
        }
    }

    private String cannotRead(final long position, final int length) {
        return "cannot read " + length + " bytes at " + position + " of " + path;
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException(path + " is closed");
        }
    }
}
