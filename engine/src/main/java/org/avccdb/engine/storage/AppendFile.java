package org.avccdb.engine.storage;

import org.agrona.DirectBuffer;

/**
 * A file that is written once from its beginning to its end. One thread at a time uses it, none that a user may interrupt.
 */
public interface AppendFile extends AutoCloseable {
    String name();

    /** Appends; when it throws, what has been written of it is unknown. The buffer has a byte array or a byte buffer. */
    void append(DirectBuffer source, int offset, int length);

    /** Bytes appended so far. */
    long length();

    /** Makes what has been appended durable. */
    void sync();

    /** Closes without syncing; a second call does nothing. */
    @Override
    void close();
}
