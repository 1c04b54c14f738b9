package org.avccdb.memdb;

import java.lang.ref.Reference;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;

/**
 * Moves over the entries of a {@link MemDb}, or a slice of it, both ways, while the map is being written.
 *
 * <p>It sees every entry that was there when it was made and has not been deleted since, in order, and may see later ones.
 * It begins before the first entry; {@code next} from there goes to the first, {@code prev} from behind the last to the
 * last. Not thread-safe: one thread uses it. It keeps the map's memory until it is closed, even where the map is closed
 * before; once either is closed every other method throws {@link IllegalStateException}.
 */
public final class MemDbIterator implements AutoCloseable {
    private static final long ARRAY = BufferUtil.ARRAY_BASE_OFFSET;

    private static final int BEFORE = 0;
    private static final int ON_ENTRY = 1;
    private static final int BEHIND = 2;

    private final MemDb map;
    private final SkipList list;
    private final NativeMemory memory;
    private final SkipListIterator records;
    private final byte[] from;
    private final byte[] to;
    private final int toDigest;
    private final MemoryView keyView = new MemoryView();
    private final MemoryView valueView = new MemoryView();

    private int state = BEFORE;
    private long cell;
    /** Atomic, so that closing from two threads does not free the memory twice. */
    private final AtomicBoolean closed = new AtomicBoolean();

    MemDbIterator(final MemDb map, final SkipList list, final byte[] from, final byte[] to) {
        this.map = map;
        this.list = list;
        this.memory = list.memory();
        this.records = new SkipListIterator(list);
        this.from = from;
        this.to = to;
        this.toDigest = to == null ? 0 : list.digest(to, ARRAY, to.length);
    }

    /**
     * Goes to the first entry.
     *
     * @return whether there is one
     */
    public boolean first() {
        requireOpen();
        return forward(from == null ? records.first() : records.seek(from, ARRAY, from.length, 0, 0));
    }

    /**
     * Goes to the last entry.
     *
     * @return whether there is one
     */
    public boolean last() {
        requireOpen();
        return backward(to == null ? records.last() : records.seekBefore(to, ARRAY, to.length, 0, 0));
    }

    /**
     * Goes to the first entry at or behind a key.
     *
     * @param key where the key is
     * @param offset where it begins
     * @param length its length
     * @return whether there is one in the slice
     */
    public boolean seek(final DirectBuffer key, final int offset, final int length) {
        requireOpen();
        Arguments.checkKey(key, offset, length);
        try {
            return seek(key.byteArray(), NativeMemory.addressOf(key, offset), length);
        } finally {
            Reference.reachabilityFence(key);
        }
    }

    /**
     * Goes to the first entry at or behind a key.
     *
     * @param key the key: the whole buffer
     * @return whether there is one in the slice
     */
    public boolean seek(final DirectBuffer key) {
        return seek(key, 0, key.capacity());
    }

    /**
     * Goes to the first entry at or behind a key.
     *
     * @param key the key
     * @return whether there is one in the slice
     */
    public boolean seek(final byte[] key) {
        requireOpen();
        Arguments.checkKeyLength(key.length);
        return seek(key, ARRAY, key.length);
    }

    private boolean seek(final Object base, final long address, final int length) {
        if (from != null && NativeMemory.compare(base, address, length, from, ARRAY, from.length) < 0) {
            return first();
        }
        return forward(records.seek(base, address, length, 0, 0));
    }

    /**
     * Goes to the next entry.
     *
     * @return whether there is one
     */
    public boolean next() {
        requireOpen();
        if (state == ON_ENTRY) {
            return forward(records.next());
        }
        return state == BEFORE && first();
    }

    /**
     * Goes to the entry before.
     *
     * @return whether there is one
     */
    public boolean prev() {
        requireOpen();
        if (state == ON_ENTRY) {
            return backward(records.prev());
        }
        return state == BEHIND && last();
    }

    /**
     * Whether the iterator is on an entry.
     *
     * @return false before the first and behind the last
     */
    public boolean isValid() {
        requireOpen();
        return state == ON_ENTRY;
    }

    /**
     * The key of the present entry.
     *
     * @return a view, valid until the iterator moves or is closed
     */
    public DirectBuffer key() {
        requireEntry();
        final int record = records.record();
        keyView.show(memory, list.keyOffset(record), list.keyLength(record));
        return keyView;
    }

    /**
     * The value of the present entry, as it was when the iterator came there.
     *
     * @return a view, valid until the iterator moves or is closed
     */
    public DirectBuffer value() {
        requireEntry();
        valueView.show(memory, RecordDescriptor.cellOffset(cell), RecordDescriptor.cellLength(cell));
        return valueView;
    }

    /** Lets go of the map's memory; views become empty. A second call does nothing. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            keyView.showNothing();
            valueView.showNothing();
            map.letGo();
        }
    }

    /** Settles on the record that was found or the next live one, unless that is behind the slice. */
    private boolean forward(final boolean foundRecord) {
        boolean found = foundRecord;
        while (found) {
            if (isBehindSlice()) {
                break;
            }
            if (isLive()) {
                state = ON_ENTRY;
                return true;
            }
            found = records.next();
        }
        state = BEHIND;
        return false;
    }

    /** The same towards the beginning. */
    private boolean backward(final boolean foundRecord) {
        boolean found = foundRecord;
        while (found) {
            if (isBeforeSlice()) {
                break;
            }
            if (isLive()) {
                state = ON_ENTRY;
                return true;
            }
            found = records.prev();
        }
        state = BEFORE;
        return false;
    }

    private boolean isLive() {
        cell = list.valueCell(records.record());
        return cell != RecordDescriptor.DELETED;
    }

    private boolean isBehindSlice() {
        if (to == null) {
            return false;
        }
        final int digest = records.digest();
        return digest == toDigest
                ? list.compare(to, ARRAY, to.length, 0, 0, records.record()) <= 0
                : Integer.compareUnsigned(digest, toDigest) > 0;
    }

    private boolean isBeforeSlice() {
        return from != null && list.compare(from, ARRAY, from.length, 0, 0, records.record()) > 0;
    }

    private void requireOpen() {
        if (closed.getPlain()) {
            throw new IllegalStateException("the iterator is closed");
        }
        if (map.isClosed()) {
            throw new IllegalStateException("the map of this iterator is closed");
        }
    }

    private void requireEntry() {
        requireOpen();
        if (state != ON_ENTRY) {
            throw new IllegalStateException("the iterator is not on an entry");
        }
    }
}
