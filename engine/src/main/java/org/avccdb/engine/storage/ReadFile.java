package org.avccdb.engine.storage;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** A file that is read. Any thread may use it, until somebody closes it; none may be inside then. */
public interface ReadFile extends AutoCloseable {
    String name();

    /** Length when it was opened. */
    long length();

    /** Reads bytes that are there; not to be called by a thread that a user may interrupt. Beyond the end is an error. */
    void read(long position, MutableDirectBuffer target, int offset, int length);

    /**
     * Shows a part of the file in place. The buffer has a byte buffer, and its capacity is the length asked for. It is valid
     * until this file is closed; the caller keeps what is shown from being used later.
     */
    DirectBuffer map(long position, int length);

    /** Ends all mappings too. A second call does nothing. */
    @Override
    void close();
}
