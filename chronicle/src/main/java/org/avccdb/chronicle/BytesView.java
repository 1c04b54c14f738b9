package org.avccdb.chronicle;

import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.bytes.BytesStore;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Shows a part of {@code Bytes} as a buffer: in place where they are in native memory or in an array, in an array of its own
 * where they are not, or where they are mapped and the part is not in the chunk that is mapped now. Not thread-safe.
 */
final class BytesView {
    private static final byte[] NOTHING = {};

    private final UnsafeBuffer buffer = new UnsafeBuffer(NOTHING);
    private byte[] scratch = NOTHING;

    MutableDirectBuffer buffer() {
        return buffer;
    }

    int length() {
        return buffer.capacity();
    }

    /** Shows what is to be read, without reading it. */
    void showReadable(final Bytes<?> bytes) {
        final long from = bytes.readPosition();
        final int length = Math.toIntExact(bytes.readRemaining());
        if (length == 0) {
            buffer.wrap(NOTHING);
        } else if (room(bytes, from) >= length) {
            wrap(bytes, from, length, false);
        } else {
            final byte[] copy = showScratch(length);
            // One by one: reading many at once, mapped bytes read past the end of their chunk.
            for (int i = 0; i < length; i++) {
                copy[i] = bytes.readByte(from + i);
            }
        }
    }

    /** Shows the room from there on that can be written to in place; nothing where there is none. */
    void showRoom(final Bytes<?> bytes, final long from) {
        final int length = (int) Math.max(0, Math.min(room(bytes, from), Integer.MAX_VALUE));
        if (length == 0) {
            buffer.wrap(NOTHING);
        } else {
            wrap(bytes, from, length, true);
        }
    }

    /** Shows an array of that length or more. */
    byte[] showScratch(final int length) {
        if (scratch.length < length) {
            scratch = new byte[length];
        }
        buffer.wrap(scratch, 0, length);
        return scratch;
    }

    /** How many bytes from there on are in one piece. */
    private static long room(final Bytes<?> bytes, final long from) {
        final BytesStore<?, ?> store = bytes.bytesStore();
        final boolean inPlace = store.isDirectMemory() || store.underlyingObject() instanceof byte[];
        return inPlace && store.inside(from) ? Math.min(store.safeLimit(), bytes.writeLimit()) - from : 0;
    }

    private void wrap(final Bytes<?> bytes, final long from, final int length, final boolean toWrite) {
        final BytesStore<?, ?> store = bytes.bytesStore();
        if (store.isDirectMemory()) {
            buffer.wrap(toWrite ? store.addressForWrite(from) : store.addressForRead(from), length);
        } else {
            buffer.wrap((byte[]) store.underlyingObject(), Math.toIntExact(from), length);
        }
    }
}
