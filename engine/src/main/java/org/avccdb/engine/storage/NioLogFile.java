package org.avccdb.engine.storage;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.MappedByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.DirectBuffer;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.StorageException;

/**
 * Writes by copying into a shared mapping: what is there belongs to the operating system at once. Syncs through an
 * asynchronous channel, whose force() runs on the calling thread and, unlike that of others, is not closed by an interrupt.
 * Where a sync follows at once it writes with a system call instead: after each sync a mapping's page has to fault again,
 * and the pages so dirtied made the sync two to three times as long. A {@link RandomAccessFile} cannot be interrupted either.
 *
 * <p>One thread writes; any thread may sync what was not written for a sync meanwhile. Whoever closes keeps both out. After a
 * failed sync further ones are refused: they would succeed without what the first one lost.
 *
 * <ol>
 *   <li>Once the writer has left it, it does not touch the mapping any more; so another thread, which has learnt of that
 *       through a safe publication, may unmap it.
 * </ol>
 */
final class NioLogFile implements LogFile {
    /** A page: the page cache keeps a longer write as one unit, all of which is dirty, and written, for each small one. */
    private static final byte[] PAGE_OF_ZEROS = new byte[4096];

    private static final byte[] NOTHING_GATHERED = {};

    /** What the runtime passes to a system call from the stack. */
    private static final int CALL_BYTES = 8192;

    private final Path path;
    private final AsynchronousFileChannel channel;
    private final RandomAccessFile file;
    private byte[] gathered = NOTHING_GATHERED;
    private final MappedByteBuffer mapping;
    private final UnsafeBuffer content;
    private int gatheredAt;
    private int gatheredLength;
    private boolean left;
    private boolean unmapped;
    private volatile boolean failed;
    private volatile boolean closed;

    private NioLogFile(
            final Path path,
            final AsynchronousFileChannel channel,
            final RandomAccessFile file,
            final MappedByteBuffer mapping) {
        this.path = path;
        this.channel = channel;
        this.file = file;
        this.mapping = mapping;
        content = new UnsafeBuffer(mapping);
    }

    /** Opens a log that is there, as long as it is. */
    static NioLogFile open(final Path path) throws IOException {
        final RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        MappedByteBuffer mapping = null;
        try {
            mapping = Uninterrupted.call(() -> map(path));
            return new NioLogFile(
                    path,
                    AsynchronousFileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE),
                    file,
                    mapping);
        } catch (IOException | RuntimeException e) {
            file.close();
            if (mapping != null) {
                IoUtil.unmap(mapping);
            }
            throw e;
        }
    }

    private static MappedByteBuffer map(final Path path) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            final long length = file.length();
            if (length == 0 || length > Integer.MAX_VALUE) {
                throw new IOException("a log cannot have " + length + " bytes");
            }
            return file.getChannel().map(MapMode.READ_WRITE, 0, length);
        }
    }

    /**
     * Fills an empty file with zeros. A write into the mapping of a hole could find no room, which would be a fault and not
     * an error; and once they have been synced, blocks that are there make later syncs cheaper.
     */
    static void fillWithZeros(final Path path, final int length) throws IOException {
        try (FileOutputStream stream = new FileOutputStream(path.toFile(), true)) {
            int left = length;
            while (left > 0) {
                final int part = Math.min(left, PAGE_OF_ZEROS.length);
                stream.write(PAGE_OF_ZEROS, 0, part);
                left -= part;
            }
        }
    }

    @Override
    public String name() {
        return path.getFileName().toString();
    }

    @Override
    public int length() {
        return content.capacity();
    }

    @Override
    public void write(final int position, final DirectBuffer source, final int offset, final int length) {
        checkPlace(position, length);
        if (left) {
            writeForSync(position, source, offset, length);
            writeGathered();
            return;
        }
        writeGathered();
        content.putBytes(position, source, offset, length);
    }

    @Override
    public void writeForSync(final int position, final DirectBuffer source, final int offset, final int length) {
        checkPlace(position, length);
        if (position != gatheredAt + gatheredLength) {
            writeGathered();
            gatheredAt = position;
        }
        if (gathered.length == 0) {
            gathered = new byte[CALL_BYTES];
        }
        int done = 0;
        while (done < length) {
            if (gatheredLength == CALL_BYTES) {
                writeGathered();
            }
            final int part = Math.min(length - done, CALL_BYTES - gatheredLength);
            source.getBytes(offset + done, gathered, gatheredLength, part);
            gatheredLength += part;
            done += part;
        }
    }

    /** Writes what was gathered, so that nothing that came later is overwritten by it. */
    private void writeGathered() {
        if (gatheredLength == 0) {
            return;
        }
        try {
            file.seek(gatheredAt);
            file.write(gathered, 0, gatheredLength);
        } catch (IOException e) {
            throw StorageErrors.of("write", path, e);
        }
        gatheredAt += gatheredLength;
        gatheredLength = 0;
    }

    /** Agrona's own checks can be switched off for the whole process; this one guards the memory behind the mapping. */
    private void checkPlace(final int position, final int length) {
        checkOpen();
        if ((position | length) < 0 || length > content.capacity() - position) {
            throw new IndexOutOfBoundsException(length + " bytes at " + position + " of " + path);
        }
    }

    @Override
    public void leave() {
        left = true;
    }

    @Override
    public void unmap() {
        if (!unmapped) {
            unmapped = true;
            IoUtil.unmap(mapping);
        }
    }

    @Override
    public void sync() {
        checkOpen();
        if (failed) {
            throw new StorageException("cannot sync " + path + ": an earlier sync of it failed");
        }
        writeGathered();
        try {
            channel.force(false);
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
        closed = true;
        unmap();
        try (file) {
            channel.close();
        } catch (IOException e) {
            throw StorageErrors.of("close", path, e);
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException(path + " is closed");
        }
    }
}
