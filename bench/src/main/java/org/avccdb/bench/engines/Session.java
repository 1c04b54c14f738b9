package org.avccdb.bench.engines;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * One thread's way to a store. It owns the buffers for key, value and answer, so that the measured loop makes no garbage but
 * what the engine's API makes necessary. A caller fills {@link #key} and {@link #value} and calls.
 *
 * <p>A version of 0 is a plain record. Engines without versions keep a version as eight bytes behind the key, so ordered that
 * the highest comes first, and find the last one up to a bound by seeking.
 */
public interface Session extends AutoCloseable {
    /** Holds the key, in its whole length. */
    UnsafeBuffer key();

    /** Holds the value, in its whole length. */
    UnsafeBuffer value();

    /** Where a get leaves what it found. */
    UnsafeBuffer answer();

    /** Writes, as durably as the store was opened for. */
    void put(long version);

    /** Hands a write over; returns what {@link #await} takes. An engine that has no such thing just writes. */
    default long submit(final long version) {
        put(version);
        return 0;
    }

    /** Returns when what was submitted is written. */
    default void await(final long ticket) {}

    /** Adds a plain record to the batch. */
    void addToBatch();

    /** Writes the batch as one, and empties it. */
    void writeBatch();

    /** Length of the latest plain value, or -1. */
    int get();

    /** Length of the value with the highest version up to this one, or -1. */
    int getAsOf(long version);

    /** Walks from the first key that is not below {@link #key}, over so many records at most; returns how many there were. */
    int scan(int limit);

    /** Walks over everything; returns how many records there were. */
    long scanAll();

    @Override
    void close();
}
