package org.avccdb.engine.storage;

import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;

/** A file that is read. Any thread may use it, until somebody closes it; none may be inside then. */
public interface ReadFile extends AutoCloseable {
    /** The most that {@link #map} shows at once. */
    int MAX_MAP_BYTES = 1 << 30;

    String name();

    /** Length when it was opened. */
    long length();

    /**
     * Fills a buffer, from its position to its limit, with bytes that are there. A direct one takes a single system call, and
     * makes no garbage. Not cut short by an interrupt. Beyond the end is a {@link org.avccdb.StorageException}, and the
     * buffer's position is anywhere then.
     */
    void read(long position, ByteBuffer target);

    /**
     * Shows a part of the file in place, {@link #MAX_MAP_BYTES} at most. The buffer has a byte buffer of its own, which
     * begins and ends where it does. It is valid until this file is closed; the caller keeps what is shown from being used
     * later. Beyond the end is a {@link org.avccdb.StorageException}.
     */
    DirectBuffer map(long position, int length);

    /** Ends all mappings too. A second call does nothing. */
    @Override
    void close();
}
