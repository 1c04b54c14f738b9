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
public abstract class RecordCursor implements RecordView {
    private ShownRecord record;

    /** A cursor that shows all its records there. */
    protected RecordCursor(final ShownRecord record) {
        this.record = record;
    }

    /** One that shows its records where another one does, on which it moves. */
    protected RecordCursor(final RecordCursor source) {
        this.record = source.record;
    }

    /** One that says where it shows its record whenever it comes to one. */
    protected RecordCursor() {}

    /** Where it shows the record that it is on: for a cursor of one run always the same. */
    public final ShownRecord shown() {
        return record;
    }

    /** Shows the record that another cursor is on. */
    protected final void showRecordOf(final RecordCursor source) {
        if (record != source.record) {
            record = source.record;
        }
    }

    /** To the first record; false where there is none. */
    public abstract boolean first();

    /** To the last record; false where there is none. */
    public abstract boolean last();

    /** To the next record; false behind the last. */
    public abstract boolean next();

    /** To the record before; false before the first. */
    public abstract boolean prev();

    /** To the first record at or behind this key, version and stamp (in the order of {@link Keys}). */
    public abstract boolean seek(DirectBuffer key, int offset, int length, long version, long stamp);

    /** To the last record before this key, version and stamp. */
    public abstract boolean seekBefore(DirectBuffer key, int offset, int length, long version, long stamp);

    /** Whether the cursor is on a record. */
    public abstract boolean isValid();

    @Override
    public final DirectBuffer keyBuffer() {
        return record.keyBuffer();
    }

    @Override
    public final int keyOffset() {
        return record.keyOffset();
    }

    @Override
    public final int keyLength() {
        return record.keyLength();
    }

    @Override
    public final long version() {
        return record.version();
    }

    @Override
    public final long stamp() {
        return record.stamp();
    }

    @Override
    public final DirectBuffer valueBuffer() {
        return record.valueBuffer();
    }

    @Override
    public final int valueOffset() {
        return record.valueOffset();
    }

    @Override
    public final int valueLength() {
        return record.valueLength();
    }
}
