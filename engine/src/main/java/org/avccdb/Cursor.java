package org.avccdb;

import org.agrona.DirectBuffer;

/**
 * Walks over records in the order of their keys, as they were when the cursor was made, whatever is written, flushed or
 * compacted meanwhile. It outlives the snapshot it came from, but not the database.
 *
 * <p>It starts before the first record. {@link #next} from before the first goes to the first; {@link #prev} from behind the
 * last goes to the last. What it shows may be asked for only while {@link #isValid}: else it throws an
 * {@link IllegalStateException}.
 *
 * <p>Not thread-safe: one thread at a time uses a cursor. It holds memory and files until it is closed; {@link #close} may
 * be called from any thread that the cursor was safely handed to, and any number of times. Every other method of a closed
 * cursor throws a {@link CursorReleasedException}, and a {@link ClosedException} once the database is closed. Moving makes no
 * garbage.
 */
public interface Cursor extends AutoCloseable {
    /**
     * To the first record.
     *
     * @return false if there is none
     */
    boolean first();

    /**
     * To the last record.
     *
     * @return false if there is none
     */
    boolean last();

    /**
     * To the first record whose key is at or behind the one given.
     *
     * @param key where to; of any length
     * @return false if there is none; the cursor is then behind the last record
     */
    boolean seek(byte[] key);

    /**
     * To the next record.
     *
     * @return false if there is none; the cursor is then behind the last record
     */
    boolean next();

    /**
     * To the record before.
     *
     * @return false if there is none; the cursor is then before the first record
     */
    boolean prev();

    /**
     * Whether the cursor is on a record.
     *
     * @return true if it is
     */
    boolean isValid();

    /**
     * The record's key, in place.
     *
     * @return a view, of exactly the key, that is valid until the cursor moves or is closed; not to be written to
     */
    DirectBuffer key();

    /**
     * The record's value, in place.
     *
     * @return a view, of exactly the value, that is valid until the cursor moves or is closed; not to be written to
     */
    DirectBuffer value();

    /**
     * The record's key.
     *
     * @return a copy
     */
    byte[] keyBytes();

    /**
     * The record's value.
     *
     * @return a copy
     */
    byte[] valueBytes();

    /**
     * The record's version.
     *
     * @return the version, 0 for that of a plain put
     */
    long version();

    /**
     * The sequence number of the write that the record came with.
     *
     * @return the sequence number
     */
    long sequence();

    /** Lets go of what the cursor holds. A second call does nothing. */
    @Override
    void close();
}
