package org.avccdb.engine.table;

import org.agrona.DirectBuffer;

/** Sees the records of a table as it is written, to build on them what covers the table. */
interface BlockObserver {
    /** The next record; what is passed is valid for the length of the call. */
    void onRecord(
            DirectBuffer key,
            int keyOffset,
            int keyLength,
            long version,
            long stamp,
            DirectBuffer value,
            int valueOffset,
            int valueLength);

    /** The records since the last call are a block. */
    void onBlockEnd();
}
