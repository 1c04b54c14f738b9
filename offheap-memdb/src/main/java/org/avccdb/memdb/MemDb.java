package org.avccdb.memdb;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.Reference;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * A sorted map from keys to values outside the Java heap: the memtable, usable alone.
 *
 * <p>Keys have 0 to 65,535 bytes and order as unsigned bytes; values have any length that fits. The map has a fixed
 * capacity and refuses what does not fit. Bytes of overwritten and deleted values are not reclaimed before
 * {@link #reset()}, so that {@link #size()} may be small while {@link #free()} is.
 *
 * <p><b>Threads.</b> One thread at a time writes ({@code put}, {@code delete}, {@code putAll}, {@code reset}); a second one
 * that tries meanwhile gets an {@link IllegalStateException}. Any number of threads read at the same time without locks,
 * and see each write whole or not at all. An iterator belongs to one thread. Buffers are the caller's: no other thread may
 * change or rewrap them during a call. {@code put}, {@code delete}, {@code get} and {@code find} make no garbage.
 *
 * <ol>
 *   <li>Memory is freed by {@link #close()}, or by the last open iterator where that is later.
 *   <li>A reader is inside the {@link ReaderGate} for the length of its call; {@code close} and {@code reset} shut the gate
 *       and wait for it to be empty. An iterator counts as a holder instead, from its making to its closing.
 *   <li>Writing claims {@link #writing}; so {@code close} waits for a write that is under way, too.
 * </ol>
 */
public final class MemDb implements AutoCloseable {
    /** What {@code get} returns for a key that is not there. */
    public static final int NOT_FOUND = -1;

    private static final VarHandle WRITING;

    static {
        try {
            WRITING = MethodHandles.lookup().findVarHandle(MemDb.class, "writing", boolean.class);
        } catch (final ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private final Arena arena;
    private final ReaderGate gate = new ReaderGate();
    private final FindViews[] views = new FindViews[ReaderGate.count()];
    private final AtomicInteger holders = new AtomicInteger(1);
    private final AtomicInteger length = new AtomicInteger();
    private final AtomicInteger size = new AtomicInteger();

    private SkipList list;
    private long heightSeed = 0x2545_F491_4F6C_DD1DL;
    private volatile boolean closed;

    @SuppressWarnings("unused")
    private boolean writing;

    /**
     * Makes an empty map.
     *
     * @param capacityBytes room for keys, values and what the map needs beside them (about 36 bytes an entry)
     */
    public MemDb(final int capacityBytes) {
        this(capacityBytes, MemoryLedger.process());
    }

    /**
     * Makes an empty map with memory from a ledger of the caller's.
     *
     * @param capacityBytes as above
     * @param ledger where the memory comes from
     */
    public MemDb(final int capacityBytes, final MemoryLedger ledger) {
        final int most = Arena.MAX_CAPACITY - SkipList.overheadLength();
        if (capacityBytes < 0 || capacityBytes > most) {
            throw new IllegalArgumentException("capacity must be 0 to " + most + " bytes: " + capacityBytes);
        }
        this.arena = new Arena(capacityBytes + SkipList.overheadLength(), ledger);
        this.list = new SkipList(arena, KeyOrder.PLAIN, KeyDigest.LEADING_BYTES, heightSeed);
    }

    /**
     * Room of the empty map.
     *
     * @return the capacity that it was made with, in bytes
     */
    public int capacity() {
        requireOpen();
        return arena.capacity() - SkipList.overheadLength();
    }

    /**
     * Room that is left.
     *
     * @return bytes that can still be written, those for the map's own structure included
     */
    public int free() {
        requireOpen();
        return arena.free();
    }

    /**
     * Size of the content.
     *
     * @return bytes of all present keys and values
     */
    public int size() {
        requireOpen();
        return size.getAcquire();
    }

    /**
     * Number of entries.
     *
     * @return how many keys are present
     */
    public int length() {
        requireOpen();
        return length.getAcquire();
    }

    /**
     * Writes an entry; where the key is present its value is replaced.
     *
     * @param key where the key is
     * @param keyOffset where it begins
     * @param keyLength its length
     * @param value where the value is
     * @param valueOffset where it begins
     * @param valueLength its length
     * @return false where there is no room for it; nothing is written then
     */
    public boolean put(
            final DirectBuffer key,
            final int keyOffset,
            final int keyLength,
            final DirectBuffer value,
            final int valueOffset,
            final int valueLength) {
        Arguments.checkKey(key, keyOffset, keyLength);
        Arguments.checkRange("value", value, valueOffset, valueLength);
        final Object keyBase = key.byteArray();
        final long keyAddress = NativeMemory.addressOf(key, keyOffset);
        beginWrite();
        try {
            return putAt(
                    list.writer().locate(keyBase, keyAddress, keyLength, 0, 0),
                    keyBase,
                    keyAddress,
                    keyLength,
                    value.byteArray(),
                    NativeMemory.addressOf(value, valueOffset),
                    valueLength);
        } finally {
            endWrite();
            Reference.reachabilityFence(key);
            Reference.reachabilityFence(value);
        }
    }

    /**
     * Writes the entries of a group in their order, faster than one by one, most so where they are sorted by key.
     *
     * @param group the entries
     * @return how many were written, from the first: less than all where there was no room for the next one
     */
    public int putAll(final RecordGroup group) {
        beginWrite();
        try {
            final Object base = group.base();
            final int count = group.count();
            for (int i = 0; i < count; i++) {
                if (!putAt(
                        list.writer().locateInGroup(group, i),
                        base,
                        group.keyAddress(i),
                        group.keyLength(i),
                        base,
                        group.valueAddress(i),
                        group.valueLength(i))) {
                    return i;
                }
            }
            return count;
        } finally {
            endWrite();
            Reference.reachabilityFence(group.buffer());
        }
    }

    private boolean putAt(
            final long located,
            final Object keyBase,
            final long keyAddress,
            final int keyLength,
            final Object valueBase,
            final long valueAddress,
            final int valueLength) {
        final SkipListWriter writer = list.writer();
        if (!Place.isExact(located)) {
            final int record =
                    writer.insert(located, keyBase, keyAddress, keyLength, 0, 0, valueBase, valueAddress, valueLength);
            if (record == Arena.NONE) {
                return false;
            }
            count(1, keyLength + valueLength);
            return true;
        }
        final int record = Place.record(located);
        final long before = list.valueCell(record);
        if (!writer.replaceValue(record, valueBase, valueAddress, valueLength)) {
            return false;
        }
        if (before == RecordDescriptor.DELETED) {
            count(1, keyLength + valueLength);
        } else {
            count(0, valueLength - RecordDescriptor.cellLength(before));
        }
        return true;
    }

    /**
     * Removes an entry.
     *
     * @param key where the key is
     * @param keyOffset where it begins
     * @param keyLength its length
     * @return whether the key was present
     */
    public boolean delete(final DirectBuffer key, final int keyOffset, final int keyLength) {
        Arguments.checkKey(key, keyOffset, keyLength);
        beginWrite();
        try {
            final int record = list.findExact(key.byteArray(), NativeMemory.addressOf(key, keyOffset), keyLength, 0, 0);
            if (record == Arena.NONE) {
                return false;
            }
            final long before = list.valueCell(record);
            if (before == RecordDescriptor.DELETED) {
                return false;
            }
            list.writer().deleteValue(record);
            count(-1, -keyLength - RecordDescriptor.cellLength(before));
            return true;
        } finally {
            endWrite();
            Reference.reachabilityFence(key);
        }
    }

    private void count(final int entries, final int bytes) {
        length.setRelease(length.getPlain() + entries);
        size.setRelease(size.getPlain() + bytes);
    }

    /**
     * Copies the value of a key.
     *
     * @param key where the key is
     * @param keyOffset where it begins
     * @param keyLength its length
     * @param dst where the value goes
     * @param dstOffset where in it
     * @return the length of the value, or {@link #NOT_FOUND}; a value longer than {@code dst.capacity() - dstOffset} is not
     *     copied
     */
    public int get(
            final DirectBuffer key,
            final int keyOffset,
            final int keyLength,
            final MutableDirectBuffer dst,
            final int dstOffset) {
        Arguments.checkKey(key, keyOffset, keyLength);
        Arguments.checkTarget(dst, dstOffset);
        final int place = enter();
        try {
            final long cell = findCell(key, keyOffset, keyLength);
            if (cell == RecordDescriptor.DELETED) {
                return NOT_FOUND;
            }
            final int valueLength = RecordDescriptor.cellLength(cell);
            if (valueLength <= dst.capacity() - dstOffset) {
                list.memory().copyTo(RecordDescriptor.cellOffset(cell), dst, dstOffset, valueLength);
            }
            return valueLength;
        } finally {
            gate.exit(place);
            Reference.reachabilityFence(key);
            Reference.reachabilityFence(dst);
            Reference.reachabilityFence(this);
        }
    }

    /**
     * Whether a key is present.
     *
     * @param key where the key is
     * @param keyOffset where it begins
     * @param keyLength its length
     * @return true where {@code get} would find it
     */
    public boolean contains(final DirectBuffer key, final int keyOffset, final int keyLength) {
        Arguments.checkKey(key, keyOffset, keyLength);
        final int place = enter();
        try {
            return findCell(key, keyOffset, keyLength) != RecordDescriptor.DELETED;
        } finally {
            gate.exit(place);
            Reference.reachabilityFence(key);
            Reference.reachabilityFence(this);
        }
    }

    /** The value cell of a key; as for a deleted one where there is none. */
    private long findCell(final DirectBuffer key, final int keyOffset, final int keyLength) {
        final int record = list.findExact(key.byteArray(), NativeMemory.addressOf(key, keyOffset), keyLength, 0, 0);
        return record == Arena.NONE ? RecordDescriptor.DELETED : list.valueCell(record);
    }

    /**
     * Shows the first entry at or behind a key to a consumer, in place. Where keys are deleted and written meanwhile, the
     * entry was present, and each key before it absent, at some moment of the call, not all at the same one.
     *
     * @param key where the key is
     * @param keyOffset where it begins
     * @param keyLength its length
     * @param consumer called once where there is such an entry; it may read this map, but neither reset nor close it
     * @return whether there is one
     */
    public boolean find(
            final DirectBuffer key, final int keyOffset, final int keyLength, final EntryConsumer consumer) {
        Arguments.checkKey(key, keyOffset, keyLength);
        Objects.requireNonNull(consumer, "consumer");
        final int place = enter();
        try {
            final FindViews shown = viewsOf(place);
            try {
                return shown.find(list, key, keyOffset, keyLength, consumer);
            } finally {
                shown.showNothing();
            }
        } finally {
            gate.exit(place);
            Reference.reachabilityFence(key);
            Reference.reachabilityFence(this);
        }
    }

    private FindViews viewsOf(final int place) {
        if (place == ReaderGate.NESTED) {
            return new FindViews();
        }
        FindViews shown = views[place];
        if (shown == null) {
            shown = new FindViews();
            views[place] = shown;
        }
        return shown;
    }

    /**
     * An iterator over all entries.
     *
     * @return an iterator before the first entry, to be closed by the caller
     */
    public MemDbIterator iterator() {
        return iterator(null, null);
    }

    /**
     * An iterator over a slice.
     *
     * @param from the first key of the slice, or null for no bound; the whole buffer is the key
     * @param to the first key behind the slice, or null for no bound
     * @return an iterator before the first entry, to be closed by the caller
     */
    public MemDbIterator iterator(final DirectBuffer from, final DirectBuffer to) {
        final byte[] fromKey = KeyBytes.copyOf(from);
        final byte[] toKey = KeyBytes.copyOf(to);
        final int place = enter();
        try {
            final MemDbIterator iterator = new MemDbIterator(this, list, fromKey, toKey);
            holders.incrementAndGet();
            return iterator;
        } finally {
            gate.exit(place);
        }
    }

    /**
     * Makes the map empty and keeps its memory. Waits for readers that are inside.
     *
     * @throws IllegalStateException if an iterator is open, or from inside a consumer
     */
    public void reset() {
        beginWrite();
        try {
            requireOutside("reset");
            gate.shut();
            try {
                gate.awaitEmpty();
                if (holders.get() > 1) {
                    throw new IllegalStateException(
                            "reset with " + (holders.get() - 1) + " open iterators: close them first");
                }
                final KeyDigest digests = KeyDigest.suiting(list);
                arena.reset();
                heightSeed = heightSeed * 0x5851_F42D_4C95_7F2DL + 1;
                list = new SkipList(arena, KeyOrder.PLAIN, digests, heightSeed);
                length.setRelease(0);
                size.setRelease(0);
            } finally {
                gate.open();
            }
        } finally {
            endWrite();
        }
    }

    /**
     * Ends the map: waits for calls under way, then gives the memory back, once its last iterator is closed. A second call
     * does nothing.
     *
     * @throws IllegalStateException from inside a consumer
     */
    @Override
    public void close() {
        requireOutside("close");
        while (!WRITING.compareAndSet(this, false, true)) {
            if (closed) {
                return;
            }
            Pause.aMoment();
        }
        // The claim on writing is kept for good. Shut first: who sees the map closed must not be let in afterwards.
        gate.shut();
        closed = true;
        gate.awaitEmpty();
        if (holders.get() > 1) {
            arena.memory().assign(MemoryPurpose.ORPHANED);
        }
        letGo();
    }

    boolean isClosed() {
        return closed;
    }

    /** One holder less; the last one frees. */
    void letGo() {
        if (holders.decrementAndGet() == 0) {
            arena.release();
        }
    }

    private void requireOutside(final String call) {
        if (gate.isInside()) {
            throw new IllegalStateException(call + " from inside a consumer of the same map");
        }
    }

    private int enter() {
        while (true) {
            final int place = gate.enter();
            if (place >= 0) {
                return place;
            }
            requireOpen();
            Pause.aMoment();
        }
    }

    private void beginWrite() {
        if (!WRITING.compareAndSet(this, false, true)) {
            requireOpen();
            throw new IllegalStateException("another thread is writing to this map: one at a time may");
        }
    }

    private void endWrite() {
        WRITING.setRelease(this, false);
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the map is closed");
        }
    }
}
