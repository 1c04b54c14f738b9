package org.avccdb.engine.table;

import org.agrona.DirectBuffer;

/** Where a table's bytes, as they are stored, can be looked at. */
interface BlockBytes {
    /** What shows these bytes of the file; it has a byte buffer. */
    DirectBuffer window(long offset, int length);

    /** Where in their window they begin. */
    int within(long offset, int length);

    /** Whether a block or section passes its check. */
    boolean isSound(long offset, int storedLength);
}
