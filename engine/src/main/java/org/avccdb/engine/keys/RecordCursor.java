package org.avccdb.engine.keys;

import org.agrona.DirectBuffer;

/**
 * Moves over the records of one run or of several, in the order of {@link Keys}; all records, of every sequence number.
 *
 * <p>One thread uses a cursor. A new one is before the first record. {@code next} from before the first goes to the first,
 * {@code prev} from behind the last to the last. What the accessors show is valid until the cursor moves or is closed; they
 * may be called only while it is on a record. Buffers are shown whole, with offset and length, so that nothing is wrapped
 * or copied for a step.
 */
public interface RecordCursor extends RecordView {
    /** To the first record; false where there is none. */
    boolean first();

    /** To the last record; false where there is none. */
    boolean last();

    /** To the next record; false behind the last. */
    boolean next();

    /** To the record before; false before the first. */
    boolean prev();

    /** To the first record at or behind this key, version and stamp (in the order of {@link Keys}). */
    boolean seek(DirectBuffer key, int offset, int length, long version, long stamp);

    /** To the last record before this key, version and stamp. */
    boolean seekBefore(DirectBuffer key, int offset, int length, long version, long stamp);

    /** Whether the cursor is on a record. */
    boolean isValid();
}
