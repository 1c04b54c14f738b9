package org.avccdb.bench.peers;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** What the workloads ask of a database; each peer as its own Java users would call it. Any number of threads. */
interface Store extends AutoCloseable {
    void put(byte[] key, byte[] value);

    void putSync(byte[] key, byte[] value);

    /** Writes all pairs as one. */
    void putBatch(byte[][] keys, byte[][] values);

    /** Hands a write over; returns what {@link #await} takes. Where a peer has no such thing, it just writes. */
    long submit(byte[] key, byte[] value);

    void await(long ticket);

    /** Length of the value, or -1. */
    int get(DirectBuffer key, MutableDirectBuffer target);

    /** Walks over everything; returns how many records there were. */
    long scan();

    /** Returns when background work has come to an end. */
    void settle();

    @Override
    void close();
}
