package org.avccdb.engine.read;

import org.agrona.DirectBuffer;
import org.avccdb.engine.keys.RecordCursor;
import org.avccdb.memdb.RecordDescriptor;

/** Moves over the records of another cursor up to a sequence number. One thread uses it. */
final class BoundedCursor extends RecordCursor {
    private final RecordCursor source;
    private final long upTo;

    /** Over a cursor that it alone moves from now on. */
    BoundedCursor(final RecordCursor source, final long upTo) {
        super(source);
        this.source = source;
        this.upTo = upTo;
    }

    private boolean isAbove() {
        return RecordDescriptor.sequence(source.stamp()) > upTo;
    }

    private boolean settleForward(final boolean isOnRecord) {
        boolean on = isOnRecord;
        while (on && isAbove()) {
            on = source.next();
        }
        return on;
    }

    private boolean settleBackward(final boolean isOnRecord) {
        boolean on = isOnRecord;
        while (on && isAbove()) {
            on = source.prev();
        }
        return on;
    }

    @Override
    public boolean first() {
        return settleForward(source.first());
    }

    @Override
    public boolean last() {
        return settleBackward(source.last());
    }

    @Override
    public boolean next() {
        return settleForward(source.next());
    }

    @Override
    public boolean prev() {
        return settleBackward(source.prev());
    }

    @Override
    public boolean seek(
            final DirectBuffer key, final int offset, final int length, final long version, final long stamp) {
        return settleForward(source.seek(key, offset, length, version, stamp));
    }

    @Override
    public boolean seekBefore(
            final DirectBuffer key, final int offset, final int length, final long version, final long stamp) {
        return settleBackward(source.seekBefore(key, offset, length, version, stamp));
    }

    @Override
    public boolean isValid() {
        return source.isValid();
    }
}
