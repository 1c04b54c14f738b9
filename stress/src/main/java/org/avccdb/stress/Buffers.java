package org.avccdb.stress;

import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.memdb.SkipList;
import org.avccdb.memdb.SkipListIterator;

/** Keys and values of the tests. */
final class Buffers {
    private static final int KEYS = 128;
    private static final UnsafeBuffer[] SHARED_KEYS = new UnsafeBuffer[KEYS];

    static {
        for (int i = 0; i < KEYS; i++) {
            SHARED_KEYS[i] = new UnsafeBuffer(new byte[Integer.BYTES]);
            SHARED_KEYS[i].putInt(0, i, ByteOrder.BIG_ENDIAN);
        }
    }

    private Buffers() {}

    /** Not to be changed. */
    static UnsafeBuffer key(final int number) {
        return SHARED_KEYS[number];
    }

    /** So many bytes, all alike. */
    static UnsafeBuffer value(final int content, final int length) {
        final UnsafeBuffer value = new UnsafeBuffer(new byte[length]);
        value.setMemory(0, length, (byte) content);
        return value;
    }

    /** What all bytes are, or {@code mixed} where they are not alike. */
    static int content(final UnsafeBuffer value, final int length, final int mixed) {
        final int first = value.getByte(0);
        for (int i = 1; i < length; i++) {
            if (value.getByte(i) != first) {
                return mixed;
            }
        }
        return first;
    }

    /** The key on which an iterator is. */
    static int keyOf(final SkipList list, final SkipListIterator iterator, final UnsafeBuffer view) {
        list.showKey(iterator.record(), view);
        return view.getInt(0, ByteOrder.BIG_ENDIAN);
    }
}
