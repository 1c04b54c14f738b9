package org.avccdb.memdb;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A sorted set of records in an arena: an unrolled skip list. Each of its nodes has a leaf, which holds up to {@value
 * LeafDescriptor#CAPACITY} entries that lead to records, in key order.
 *
 * <p><b>Threads.</b> One thread writes; any number read at the same time, without locks and without waiting for the writer.
 * Nothing is ever removed. The owner keeps the arena in place while somebody reads, and hands the list to other threads
 * safely.
 *
 * <p><b>Invariants.</b>
 *
 * <ol>
 *   <li>A link or an entry is one aligned word, stored with release after everything that it leads to and loaded with
 *       acquire. Whoever sees a word sees all of the record or node behind it.
 *   <li>Nodes cover adjoining ranges. The first entry of every node but the head never changes, and the digest in the links
 *       to a node is that of its first entry. The head has no lower bound.
 *   <li>An entry is inserted by moving the ones behind it one place to the right, the rightmost first. So an entry never
 *       moves to the left inside its leaf, and at any moment is in at least one place: a scan from left to right may see
 *       an entry twice or meet smaller ones again, but never passes one that was there when it began.
 *   <li>A full leaf is split by copying its upper entries to the leaf of a new node, linking that (level 0 first), and only
 *       then emptying the places of the copied ones. So who finds the end of a leaf and then follows the link of its node
 *       finds them there.
 *   <li>The content of a place only ever changes to a smaller key, or to empty; after that, to keys below the next node's. So
 *       an entry never comes back to a place that it has left, but emptiness may.
 *   <li>A reader that misses a new link or an upper level finds its way along the lower ones: upper levels and
 *       {@link #height} are short cuts, not truth.
 * </ol>
 *
 * <p>What is searched for comes as a key (base object or null, and address), a version and a stamp; the last two matter to
 * {@link KeyOrder#INTERNAL} only.
 */
public final class SkipList {
    private static final VarHandle PUBLISHED;

    static {
        try {
            PUBLISHED = MethodHandles.lookup().findVarHandle(SkipList.class, "published", int.class);
        } catch (final ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private static final int STRIDE = 8;

    private final Arena arena;
    private final NativeMemory memory;
    private final KeyOrder order;
    private final int fixedLength;
    private final KeyDigest digests;
    private final int head;
    private final int generation;

    /** Levels in use. Written by the writer; a reader may see an older value. */
    private int height = 1;

    /** The end of what can be walked in allocation order; see {@link #nextRecord}. */
    @SuppressWarnings("unused")
    private int published;

    private final SkipListWriter writer;

    /**
     * Makes an empty list.
     *
     * @param arena where everything is written; it holds this list alone
     * @param order the order of the records
     * @param digests how keys are abbreviated
     * @param seed of the random heights
     */
    public SkipList(final Arena arena, final KeyOrder order, final KeyDigest digests, final long seed) {
        this.arena = arena;
        this.memory = arena.memory();
        this.order = order;
        this.fixedLength = order.fixedLength();
        this.digests = digests;
        this.generation = arena.generation();
        final NodeSpace nodes = new NodeSpace(arena);
        if (!nodes.hasRoomFor(LeafDescriptor.MAX_HEIGHT, 0)) {
            throw new IllegalArgumentException("an arena of " + arena.capacity()
                    + " bytes cannot hold a list: at least " + overheadLength() + " are needed");
        }
        this.head = nodes.newNode(LeafDescriptor.MAX_HEIGHT);
        this.writer = new SkipListWriter(this, arena, nodes, seed);
        publish(height);
    }

    /**
     * Bytes that an empty list takes from its arena.
     *
     * @return the least capacity of an arena for a list
     */
    public static int overheadLength() {
        return LeafDescriptor.NODE_PAGE_LENGTH + LeafDescriptor.LENGTH;
    }

    /**
     * An upper bound of what a list in internal order takes from its arena for more records, however they are spread.
     *
     * @param records how many more
     * @param keyAndValueBytes of all of them together
     * @param present how many are in the list already
     * @return bytes; if so many are free, all of them find room
     */
    public static long worstCaseLength(final int records, final long keyAndValueBytes, final long present) {
        // A split leaves two leaves half full, so only those that are full already can be split by fewer entries than
        // that.
        final long half = LeafDescriptor.CAPACITY / 2;
        final long splits = Math.min(records, present / half + records / half + 1);
        final int nodeLength = LeafDescriptor.nodeLength(LeafDescriptor.MAX_HEIGHT);
        final long pages = splits * nodeLength / (LeafDescriptor.NODE_PAGE_LENGTH - nodeLength) + 1;
        final int recordOverhead =
                RecordDescriptor.HEADER_LENGTH + KeyOrder.INTERNAL.fixedLength() + Arena.align(1) - 1;
        return keyAndValueBytes
                + (long) records * recordOverhead
                + splits * LeafDescriptor.LENGTH
                + pages * LeafDescriptor.NODE_PAGE_LENGTH;
    }

    NativeMemory memory() {
        assert isCurrent();
        return memory;
    }

    KeyOrder order() {
        return order;
    }

    int digest(final Object base, final long address, final int length) {
        return digests.of(base, address, length);
    }

    /**
     * The one that writes to this list.
     *
     * @return always the same object
     */
    public SkipListWriter writer() {
        return writer;
    }

    /**
     * Moves over all records.
     *
     * @return an iterator before the first record
     */
    public SkipListIterator iterator() {
        return new SkipListIterator(this);
    }

    /** The record that is exactly this one, or {@link Arena#NONE}. */
    int findExact(final Object base, final long address, final int length, final long version, final long stamp) {
        final int digest = digests.of(base, address, length);
        int node = nodeFor(base, address, length, version, stamp, digest, true);
        while (true) {
            final long found = scan(node, base, address, length, version, stamp, digest);
            if (Place.record(found) != Arena.NONE) {
                return Place.isExact(found) ? Place.record(found) : Arena.NONE;
            }
            final long link = memory.getLongAcquire(LeafDescriptor.linkOffset(node, 0));
            if (link == LeafDescriptor.EMPTY || Integer.compareUnsigned(LeafDescriptor.digest(link), digest) > 0) {
                return Arena.NONE;
            }
            node = LeafDescriptor.offset(link);
        }
    }

    /** The first record at or behind what is searched for, or {@link Arena#NONE}. */
    int findFirst(final Object base, final long address, final int length, final long version, final long stamp) {
        final int digest = digests.of(base, address, length);
        int node = nodeFor(base, address, length, version, stamp, digest, true);
        while (node != Arena.NONE) {
            final int found = Place.record(scan(node, base, address, length, version, stamp, digest));
            if (found != Arena.NONE) {
                return found;
            }
            node = nextNode(node);
        }
        return Arena.NONE;
    }

    int head() {
        return head;
    }

    int height() {
        return height;
    }

    int nextNode(final int node) {
        return LeafDescriptor.offset(memory.getLongAcquire(LeafDescriptor.linkOffset(node, 0)));
    }

    int lastNode() {
        int node = head;
        for (int level = height - 1; level >= 0; level--) {
            for (int next = linkedNode(node, level); next != Arena.NONE; next = linkedNode(node, level)) {
                node = next;
            }
        }
        return node;
    }

    private int linkedNode(final int node, final int level) {
        return LeafDescriptor.offset(memory.getLongAcquire(LeafDescriptor.linkOffset(node, level)));
    }

    /**
     * The last node whose first record is at or before what is searched for (not inclusive: before it), or the head.
     */
    int nodeFor(
            final Object base,
            final long address,
            final int length,
            final long version,
            final long stamp,
            final int digest,
            final boolean inclusive) {
        return descend(head, height - 1, base, address, length, version, stamp, digest, inclusive, null);
    }

    /**
     * The same, from a node that is known to be at or before what is searched for, and downwards from a level of it.
     *
     * @param visited null, or where to note the node of each level
     */
    int descend(
            final int from,
            final int top,
            final Object base,
            final long address,
            final int length,
            final long version,
            final long stamp,
            final int digest,
            final boolean inclusive,
            final int[] visited) {
        assert isCurrent();
        int node = from;
        long known = LeafDescriptor.EMPTY;
        for (int level = top; level >= 0; level--) {
            while (true) {
                final long link = memory.getLongAcquire(LeafDescriptor.linkOffset(node, level));
                if (link == known || link == LeafDescriptor.EMPTY) {
                    break;
                }
                final int linkDigest = LeafDescriptor.digest(link);
                final int next = LeafDescriptor.offset(link);
                if (linkDigest != digest) {
                    if (Integer.compareUnsigned(linkDigest, digest) > 0) {
                        known = link;
                        break;
                    }
                } else {
                    final int order = compare(base, address, length, version, stamp, firstRecord(next));
                    if (order < 0 || (order == 0 && !inclusive)) {
                        known = link;
                        break;
                    }
                }
                node = next;
            }
            if (visited != null) {
                visited[level] = node;
            }
        }
        return node;
    }

    int firstRecord(final int node) {
        return LeafDescriptor.offset(memory.getLongAcquire(leaf(node)));
    }

    /**
     * The first entry of a node that is at or behind what is searched for; a {@link Place} without a record, at the index
     * behind the last entry, where there is none.
     */
    long scan(
            final int node,
            final Object base,
            final long address,
            final int length,
            final long version,
            final long stamp,
            final int digest) {
        final int leaf = leaf(node);
        int index = 0;
        // What is smaller at the end of a stride is so in all of it, and by invariant 3 nothing is passed.
        while (index < LeafDescriptor.CAPACITY) {
            final long last = memory.getLongAcquire(LeafDescriptor.entryOffset(leaf, index + STRIDE - 1));
            if (last == LeafDescriptor.EMPTY || Integer.compareUnsigned(LeafDescriptor.digest(last), digest) >= 0) {
                break;
            }
            index += STRIDE;
        }
        for (; index < LeafDescriptor.CAPACITY; index++) {
            final long entry = memory.getLongAcquire(LeafDescriptor.entryOffset(leaf, index));
            if (entry == LeafDescriptor.EMPTY) {
                break;
            }
            final int entryDigest = LeafDescriptor.digest(entry);
            if (entryDigest == digest) {
                final int record = LeafDescriptor.offset(entry);
                final int order = compare(base, address, length, version, stamp, record);
                if (order <= 0) {
                    return Place.of(index, order == 0, record);
                }
            } else if (Integer.compareUnsigned(entryDigest, digest) > 0) {
                return Place.of(index, false, LeafDescriptor.offset(entry));
            }
        }
        return Place.of(index, false, Arena.NONE);
    }

    /** Order of what is searched for against a record. */
    int compare(
            final Object base,
            final long address,
            final int length,
            final long version,
            final long stamp,
            final int record) {
        final int order = memory.compareKey(base, address, length, keyOffset(record), keyLength(record));
        return order != 0
                ? order
                : this.order.compareFixed(version, stamp, memory, record + RecordDescriptor.FIXED_OFFSET);
    }

    /**
     * Where a key begins.
     *
     * @param record the offset of a record
     * @return the offset of its key in the arena
     */
    public int keyOffset(final int record) {
        return record + RecordDescriptor.HEADER_LENGTH + fixedLength;
    }

    /**
     * Length of a key.
     *
     * @param record the offset of a record
     * @return bytes of its key
     */
    public int keyLength(final int record) {
        return RecordDescriptor.keyLength(memory.getLong(record));
    }

    /**
     * Where the value that a record was written with begins.
     *
     * @param record the offset of a record
     * @return the offset of its value in the arena
     */
    public int valueOffset(final int record) {
        return keyOffset(record) + keyLength(record);
    }

    /**
     * Shows the whole arena, for those who read many records by their offsets.
     *
     * @param view wrapped around the arena; to be used only while that is kept in place
     */
    public void showArena(final UnsafeBuffer view) {
        memory.wrap(view, 0, memory.capacity());
    }

    /**
     * The version of a record.
     *
     * @param record the offset of a record
     * @return its version; 0 in plain order
     */
    public long version(final int record) {
        return fixedLength == Long.BYTES ? 0 : memory.getLong(record + RecordDescriptor.VERSION_OFFSET);
    }

    /**
     * The stamp of a record.
     *
     * @param record the offset of a record
     * @return its {@link RecordDescriptor#stamp stamp}; 0 in plain order
     */
    public long stamp(final int record) {
        return fixedLength == Long.BYTES ? 0 : memory.getLong(record + RecordDescriptor.STAMP_OFFSET);
    }

    /**
     * Length of the value that a record was written with.
     *
     * @param record the offset of a record
     * @return bytes of its value
     */
    public int valueLength(final int record) {
        return RecordDescriptor.valueLength(memory.getLong(record));
    }

    /**
     * Shows a key in place.
     *
     * @param record the offset of a record
     * @param view wrapped around the key; to be used only while the arena is kept in place
     */
    public void showKey(final int record, final UnsafeBuffer view) {
        memory.wrap(view, keyOffset(record), keyLength(record));
    }

    /**
     * Shows the value that a record was written with in place.
     *
     * @param record the offset of a record
     * @param view wrapped around the value; to be used only while the arena is kept in place
     */
    public void showValue(final int record, final UnsafeBuffer view) {
        memory.wrap(view, keyOffset(record) + keyLength(record), valueLength(record));
    }

    /** Of {@link KeyOrder#PLAIN}: the cell that leads to the present value. */
    long valueCell(final int record) {
        return memory.getLongAcquire(record + RecordDescriptor.CELL_OFFSET);
    }

    /** Where the leaf of a node is. */
    int leaf(final int node) {
        return LeafDescriptor.leaf(memory.getLong(node));
    }

    /** Shows what the writer has written to those who walk in allocation order. */
    void publish(final int levels) {
        height = levels;
        PUBLISHED.setRelease(this, arena.nextOffset());
    }

    /**
     * Records in the order in which they were written, for any thread: the first one allocated at or behind an offset. To
     * go on, ask with the {@link #endOf end} of the record before; to see only what is new since an earlier walk, with where
     * that one ended.
     *
     * @param from 0 for the beginning, or where an earlier record ended
     * @return the offset of the record, or 0 where there is none yet
     */
    public int nextRecord(final int from) {
        assert isCurrent();
        final int end = (int) PUBLISHED.getAcquire(this);
        int at = Math.max(from, arena.firstOffset());
        while (at < end) {
            final long header = memory.getLong(at);
            if (RecordDescriptor.kind(header) == RecordDescriptor.KIND_RECORD) {
                return at;
            }
            at += allocatedLength(header);
        }
        return Arena.NONE;
    }

    /**
     * Where the allocation behind a record begins.
     *
     * @param record the offset of a record
     * @return the offset behind it
     */
    public int endOf(final int record) {
        return record + allocatedLength(memory.getLong(record));
    }

    private int allocatedLength(final long header) {
        return switch (RecordDescriptor.kind(header)) {
            case RecordDescriptor.KIND_RECORD ->
                Arena.align((int) RecordDescriptor.recordLength(
                        fixedLength, RecordDescriptor.keyLength(header), RecordDescriptor.valueLength(header)));
            case RecordDescriptor.KIND_VALUE ->
                Arena.align(RecordDescriptor.HEADER_LENGTH + RecordDescriptor.valueLength(header));
            default -> throw new IllegalStateException("no allocation begins with " + Long.toHexString(header));
        };
    }

    /** What the first and the last key, and so all, begin with. */
    byte[] commonPrefix(final int maxLength) {
        final SkipListIterator ends = new SkipListIterator(this);
        if (!ends.first()) {
            return new byte[0];
        }
        final int first = ends.record();
        ends.last();
        final int last = ends.record();
        final int most = Math.min(maxLength, Math.min(keyLength(first), keyLength(last)));
        final byte[] prefix = new byte[most];
        for (int i = 0; i < most; i++) {
            prefix[i] = memory.getByte(keyOffset(first) + i);
            if (prefix[i] != memory.getByte(keyOffset(last) + i)) {
                return Arrays.copyOf(prefix, i);
            }
        }
        return first == last ? new byte[0] : prefix;
    }

    boolean isCurrent() {
        if (arena.generation() != generation) {
            throw new IllegalStateException("use of a list whose arena has been reset");
        }
        return true;
    }
}
