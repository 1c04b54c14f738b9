package org.avccdb.engine.storage;

import org.agrona.DirectBuffer;

/**
 * A file that is written once from its beginning to its end. One thread at a time uses it; an interrupt does it no harm.
 * After a failure it only can be closed.
 */
public interface AppendFile extends AutoCloseable {
    String name();

    /**
     * Appends; when it throws, what has been written is unknown. What is appended may wait in the process until
     * {@link #flush}, {@link #sync} or {@link #close}, and die with it.
     */
    void append(DirectBuffer source, int offset, int length);

    /** Bytes appended so far. */
    long length();

    /** Hands what has been appended to the operating system: it survives the death of the process. */
    void flush();

    /** Makes what has been appended durable. */
    void sync();

    /** Flushes and closes without syncing; a second call does nothing. */
    @Override
    void close();
}
