package org.avccdb.engine.memtable;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.engine.keys.KeyHash;
import org.avccdb.engine.keys.RecordType;
import org.avccdb.memdb.Arena;
import org.avccdb.memdb.KeyDigest;
import org.avccdb.memdb.KeyFilter;
import org.avccdb.memdb.KeyOrder;
import org.avccdb.memdb.RecordDescriptor;
import org.avccdb.memdb.SkipList;
import org.avccdb.memdb.SkipListWriter;

/**
 * Records in memory, sorted as they come: the newest run of the database.
 *
 * <p>Whoever has the writer's role adds; any thread that holds a reference, or is pinned in a view that does, reads.
 *
 * <ol>
 *   <li>It is freed when the last reference is released, and not before.
 *   <li>The counters are the writer's; other threads may use them once the memtable is frozen, which they learn through a
 *       safe publication. What they see before is of some earlier moment.
 * </ol>
 */
public final class Memtable {
    private final Arena arena;
    private final KeyFilter filter;
    private final SkipList list;
    private final SkipListWriter writer;
    private final UnsafeBuffer content = new UnsafeBuffer(0, 0);
    private final Consumer<Arena> onFree;
    private final AtomicInteger references = new AtomicInteger(1);

    private long records;
    private long keyDeletes;
    private long versionDeletes;
    private long dataBytes;
    private long firstSequence;
    private long lastSequence;
    private long maxPutVersion;

    /**
     * An empty memtable with one reference.
     *
     * @param arena where its records go; its own until it is freed
     * @param digests how its keys are abbreviated
     * @param seed of its random heights
     * @param onFree takes the arena back
     */
    public Memtable(final Arena arena, final KeyDigest digests, final long seed, final Consumer<Arena> onFree) {
        this(arena, new KeyFilter(arena), digests, seed, onFree);
    }

    /**
     * The same with a filter that has been made already, which takes a moment.
     *
     * @param filter in the arena
     */
    public Memtable(
            final Arena arena,
            final KeyFilter filter,
            final KeyDigest digests,
            final long seed,
            final Consumer<Arena> onFree) {
        this.arena = arena;
        this.filter = filter;
        this.list = new SkipList(arena, KeyOrder.INTERNAL, digests, seed);
        this.writer = list.writer();
        this.onFree = onFree;
        list.showArena(content);
    }

    /** The capacity that an arena must have for records with this many bytes of keys and values. */
    public static long arenaLength(final int records, final long keyAndValueBytes) {
        return KeyFilter.capacityFor(
                SkipList.overheadLength() + SkipList.worstCaseLength(records, keyAndValueBytes, 0));
    }

    /** Whether so many records more surely find room. */
    public boolean hasRoomFor(final int more, final long keyAndValueBytes) {
        return SkipList.worstCaseLength(more, keyAndValueBytes, records) <= arena.free();
    }

    /** Adds a record, for which there must be room; in the order of the sequence numbers where others read meanwhile. */
    public void add(
            final int type,
            final DirectBuffer key,
            final int keyOffset,
            final int keyLength,
            final long version,
            final long sequence,
            final DirectBuffer value,
            final int valueOffset,
            final int valueLength) {
        final long stamp = RecordDescriptor.stamp(sequence, type);
        filter.add(KeyHash.of(key, keyOffset, keyLength));
        if (!writer.add(key, keyOffset, keyLength, version, stamp, value, valueOffset, valueLength)) {
            throw new IllegalStateException("a memtable without the room that was found before");
        }
        firstSequence = records == 0 ? sequence : Math.min(firstSequence, sequence);
        records++;
        lastSequence = Math.max(lastSequence, sequence);
        dataBytes += keyLength + valueLength;
        switch (type) {
            case RecordType.KEY_DELETE -> keyDeletes++;
            case RecordType.VERSION_DELETE -> versionDeletes++;
            default -> maxPutVersion = Math.max(maxPutVersion, version);
        }
    }

    /** False if no record that the caller knows of has a user key of this {@link KeyHash}. */
    public boolean mayContain(final long keyHash) {
        return filter.mayContain(keyHash);
    }

    /** A digest for keys like the ones in here. */
    public KeyDigest digestForNext() {
        return records == 0 ? KeyDigest.LEADING_BYTES : KeyDigest.suiting(list);
    }

    SkipList list() {
        return list;
    }

    DirectBuffer content() {
        return content;
    }

    /** The memory behind it. */
    public Arena arena() {
        return arena;
    }

    public long records() {
        return records;
    }

    public long keyDeletes() {
        return keyDeletes;
    }

    public long versionDeletes() {
        return versionDeletes;
    }

    /** Bytes of keys and values. */
    public long dataBytes() {
        return dataBytes;
    }

    /** The lowest sequence number, 0 where there is none. */
    public long firstSequence() {
        return firstSequence;
    }

    /** The highest sequence number, 0 where there is none. */
    public long lastSequence() {
        return lastSequence;
    }

    /** The highest version of a put, 0 where there is none above. */
    public long maxPutVersion() {
        return maxPutVersion;
    }

    /** Counts its memory as that of readers who have outlived the database. */
    public void orphan() {
        arena.orphan();
    }

    /** How many hold it; for statistics and tests. */
    public int references() {
        return references.get();
    }

    /** Takes a reference; the caller must be sure that it has not been freed. */
    public void retain() {
        if (references.getAndIncrement() <= 0) {
            throw new IllegalStateException("a memtable that has been freed");
        }
    }

    /** Lets a reference go; the last one frees. */
    public void release() {
        final int left = references.decrementAndGet();
        if (left == 0) {
            onFree.accept(arena);
        } else if (left < 0) {
            throw new IllegalStateException("a memtable released more often than retained");
        }
    }
}
