package org.avccdb.engine.read;

import org.agrona.DirectBuffer;
import org.avccdb.engine.keys.Keys;
import org.avccdb.engine.keys.RecordCursor;

/**
 * Moves over the records of several cursors as if they were one, both ways. A record that several of them have, stamp and all,
 * is shown once. One thread uses it.
 *
 * <ol>
 *   <li>On a record, a binary heap has all cursors that are on one, the record shown at its top: the first of them in the
 *       direction of the last move.
 *   <li>All cursors but the top are behind the record shown, in that direction, or on an equal one.
 *   <li>Two records are equal only if their stamps are, as no two writes share a sequence number. An equal of the top is one
 *       of its children or below an equal child.
 * </ol>
 */
public final class MergingCursor extends RecordCursor {
    private final RecordCursor[] all;
    private final RecordCursor[] heap;
    private int size;
    private boolean forward = true;
    /** On which side of all records it is, where it is on none. */
    private boolean behind;

    /** Over cursors that it alone moves from now on; before the first record of all. */
    public MergingCursor(final RecordCursor... cursors) {
        this.all = cursors.clone();
        this.heap = new RecordCursor[cursors.length];
    }

    @Override
    public boolean first() {
        size = 0;
        for (final RecordCursor cursor : all) {
            cursor.first();
        }
        return settle(true);
    }

    @Override
    public boolean last() {
        size = 0;
        for (final RecordCursor cursor : all) {
            cursor.last();
        }
        return settle(false);
    }

    @Override
    public boolean seek(
            final DirectBuffer key, final int offset, final int length, final long version, final long stamp) {
        size = 0;
        for (final RecordCursor cursor : all) {
            cursor.seek(key, offset, length, version, stamp);
        }
        return settle(true);
    }

    @Override
    public boolean seekBefore(
            final DirectBuffer key, final int offset, final int length, final long version, final long stamp) {
        size = 0;
        for (final RecordCursor cursor : all) {
            cursor.seekBefore(key, offset, length, version, stamp);
        }
        return settle(false);
    }

    @Override
    public boolean next() {
        if (size == 0) {
            return !behind && first();
        }
        if (!forward) {
            return turn(true);
        }
        passEquals();
        moved(0, heap[0].next());
        behind = size == 0;
        return showTop();
    }

    @Override
    public boolean prev() {
        if (size == 0) {
            return behind && last();
        }
        if (forward) {
            return turn(false);
        }
        passEquals();
        moved(0, heap[0].prev());
        behind = false;
        return showTop();
    }

    /** Brings all other cursors to the other side of the record shown, and moves. */
    private boolean turn(final boolean toForward) {
        final RecordCursor top = heap[0];
        final DirectBuffer key = top.keyBuffer();
        final int offset = top.keyOffset();
        final int length = top.keyLength();
        final long version = top.version();
        final long stamp = top.stamp();
        size = 0;
        for (final RecordCursor cursor : all) {
            if (cursor == top) {
                continue;
            }
            if (!toForward) {
                cursor.seekBefore(key, offset, length, version, stamp);
            } else if (cursor.seek(key, offset, length, version, stamp) && areEqual(cursor, top)) {
                cursor.next();
            }
        }
        if (toForward) {
            top.next();
        } else {
            top.prev();
        }
        return settle(toForward);
    }

    /** Builds the heap anew from where the cursors are. */
    private boolean settle(final boolean toForward) {
        forward = toForward;
        int valid = 0;
        for (final RecordCursor cursor : all) {
            if (cursor.isValid()) {
                heap[valid++] = cursor;
            }
        }
        size = valid;
        for (int i = valid / 2 - 1; i >= 0; i--) {
            sink(i);
        }
        behind = toForward && valid == 0;
        return showTop();
    }

    /** Moves the other cursors that are on the record shown. */
    private void passEquals() {
        while (true) {
            final int equal;
            if (size > 1 && areEqual(heap[1], heap[0])) {
                equal = 1;
            } else if (size > 2 && areEqual(heap[2], heap[0])) {
                equal = 2;
            } else {
                return;
            }
            moved(equal, forward ? heap[equal].next() : heap[equal].prev());
        }
    }

    private boolean showTop() {
        if (size == 0) {
            return false;
        }
        showRecordOf(heap[0]);
        return true;
    }

    /** Puts a cursor that has moved where it belongs, or removes it. */
    private void moved(final int at, final boolean stillValid) {
        if (!stillValid) {
            size--;
            heap[at] = heap[size];
        }
        sink(at);
    }

    private void sink(final int from) {
        int at = from;
        final RecordCursor sinking = heap[at];
        while (true) {
            int child = 2 * at + 1;
            if (child >= size) {
                break;
            }
            if (child + 1 < size && isBefore(heap[child + 1], heap[child])) {
                child++;
            }
            if (!isBefore(heap[child], sinking)) {
                break;
            }
            heap[at] = heap[child];
            at = child;
        }
        heap[at] = sinking;
    }

    private boolean isBefore(final RecordCursor a, final RecordCursor b) {
        final int order = Keys.compare(a, b);
        return forward ? order < 0 : order > 0;
    }

    private static boolean areEqual(final RecordCursor a, final RecordCursor b) {
        return a.stamp() == b.stamp() && Keys.compare(a, b) == 0;
    }

    @Override
    public boolean isValid() {
        return size > 0;
    }
}
