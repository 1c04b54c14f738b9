package org.avccdb.engine.storage;

import org.agrona.DirectBuffer;

/**
 * A file of fixed length that is written in place. One thread at a time uses it; {@link #sync} may be called by another one
 * meanwhile.
 */
public interface LogFile extends AutoCloseable {
    String name();

    int length();

    /**
     * Writes, for the length of the file at most. When it returns, the bytes survive the death of the process. It makes no
     * system call where that can be avoided, and may be called by a thread that a user may interrupt.
     */
    void write(int position, DirectBuffer source, int offset, int length);

    /**
     * The same for bytes that a {@link #sync} follows at once, before which nothing is promised of them: a page that was
     * written to through a mapping costs the sync more than the system call that this takes.
     */
    default void writeForSync(final int position, final DirectBuffer source, final int offset, final int length) {
        write(position, source, offset, length);
    }

    /** Writer: hardly anything is written from here on, so that the file may be {@link #unmap unmapped}. */
    default void leave() {}

    /** Any thread, once the writer has left it: gives back the address space, and the memory that counts as the process's. */
    default void unmap() {}

    /** Makes what has been written durable. Not cut short by an interrupt. After a failed one, every other one fails. */
    void sync();

    /** Closes without syncing; a second call does nothing. */
    @Override
    void close();
}
