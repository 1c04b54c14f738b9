package org.avccdb.engine.keys;

import org.agrona.DirectBuffer;

/** A record in place. Buffers are shown whole, with offset and length, so that nothing is wrapped or copied to look at it. */
public interface RecordView {
    /** The buffer that the key is in. */
    DirectBuffer keyBuffer();

    int keyOffset();

    int keyLength();

    long version();

    /** Sequence number and type, as {@link org.avccdb.memdb.RecordDescriptor#stamp}. */
    long stamp();

    /** The buffer that the value is in. */
    DirectBuffer valueBuffer();

    int valueOffset();

    int valueLength();
}
