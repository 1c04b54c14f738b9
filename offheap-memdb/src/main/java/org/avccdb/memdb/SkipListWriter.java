package org.avccdb.memdb;

import java.lang.ref.Reference;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * Writes to a {@link SkipList}, whose invariants it keeps. One thread at a time may call it.
 *
 * <p>It remembers where it wrote last, level by level, so that keys that come in order are not searched for.
 */
public final class SkipListWriter {
    private final SkipList list;
    private final Arena arena;
    private final NativeMemory memory;
    private final int fixedLength;
    private final int head;
    private final NodeSpace nodes;

    /** On each level, the last node at or before the key located last. */
    private final int[] path = new int[LeafDescriptor.MAX_HEIGHT];

    private int height = 1;

    /** Where the latest insertion went. */
    private int latestNode;

    private int latestIndex;

    private int locatedDigest;
    private long heightSeed;

    SkipListWriter(final SkipList list, final Arena arena, final NodeSpace nodes, final long seed) {
        this.nodes = nodes;
        this.list = list;
        this.arena = arena;
        this.memory = arena.memory();
        this.fixedLength = list.order().fixedLength();
        this.head = list.head();
        this.heightSeed = seed == 0 ? 1 : seed;
        Arrays.fill(path, head);
    }

    /**
     * Writes a record to a list in internal order.
     *
     * @param key where the key is
     * @param keyOffset where it begins
     * @param keyLength its length
     * @param version its version
     * @param stamp its {@link RecordDescriptor#stamp stamp}, which no other record of this key and version has
     * @param value where the value is
     * @param valueOffset where it begins
     * @param valueLength its length
     * @return false where the arena has no room: time for the next list; nothing is written then
     */
    public boolean add(
            final DirectBuffer key,
            final int keyOffset,
            final int keyLength,
            final long version,
            final long stamp,
            final DirectBuffer value,
            final int valueOffset,
            final int valueLength) {
        Arguments.checkKey(key, keyOffset, keyLength);
        Arguments.checkRange("value", value, valueOffset, valueLength);
        final Object keyBase = key.byteArray();
        final long keyAddress = NativeMemory.addressOf(key, keyOffset);
        try {
            return addAt(
                    locate(keyBase, keyAddress, keyLength, version, stamp),
                    keyBase,
                    keyAddress,
                    keyLength,
                    version,
                    stamp,
                    value.byteArray(),
                    NativeMemory.addressOf(value, valueOffset),
                    valueLength);
        } finally {
            Reference.reachabilityFence(key);
            Reference.reachabilityFence(value);
        }
    }

    /**
     * Writes the records of a group to a list in internal order, faster than one by one, most so where they are sorted.
     *
     * @param group the records
     * @return how many were written, from the first: less than all where the arena had no room for the next one
     */
    public int addAll(final RecordGroup group) {
        final Object base = group.base();
        final int count = group.count();
        try {
            for (int i = 0; i < count; i++) {
                if (!addAt(
                        locateInGroup(group, i),
                        base,
                        group.keyAddress(i),
                        group.keyLength(i),
                        group.version(i),
                        group.stamp(i),
                        base,
                        group.valueAddress(i),
                        group.valueLength(i))) {
                    return i;
                }
            }
            return count;
        } finally {
            Reference.reachabilityFence(group.buffer());
        }
    }

    private boolean addAt(
            final long located,
            final Object keyBase,
            final long keyAddress,
            final int keyLength,
            final long version,
            final long stamp,
            final Object valueBase,
            final long valueAddress,
            final int valueLength) {
        if (Place.isExact(located)) {
            throw new IllegalArgumentException("a record with this key, version " + version + " and sequence number "
                    + RecordDescriptor.sequence(stamp) + " is there already");
        }
        return insert(located, keyBase, keyAddress, keyLength, version, stamp, valueBase, valueAddress, valueLength)
                != Arena.NONE;
    }

    /**
     * The place where a key belongs, and the record that is there if it is exactly that. For {@link #insert}, without
     * another call in between.
     */
    long locate(final Object base, final long address, final int length, final long version, final long stamp) {
        // Looking at more than the latest node itself pays only where the next key is likely to be near.
        return locate(base, address, length, version, stamp, 1);
    }

    /** The same for a record of a group; where the group is sorted, the search begins where the last one ended. */
    long locateInGroup(final RecordGroup group, final int i) {
        return locate(group.base(), group.keyAddress(i), group.keyLength(i), group.version(i), group.stamp(i), height);
    }

    private long locate(
            final Object base,
            final long address,
            final int length,
            final long version,
            final long stamp,
            final int levelsToTry) {
        assert list.isCurrent();
        final int digest = list.digest(base, address, length);
        final int level = levelThatHolds(base, address, length, version, stamp, digest, levelsToTry);
        locatedDigest = digest;
        if (level > 0) {
            final int from = level == height ? head : path[level - 1];
            list.descend(from, level - 1, base, address, length, version, stamp, digest, true, path);
        }
        return list.scan(path[0], base, address, length, version, stamp, digest);
    }

    /**
     * The lowest level on which the path holds for another key, the levels above included: 0 where the key belongs to the
     * same node, the height where all has to be searched.
     */
    private int levelThatHolds(
            final Object base,
            final long address,
            final int length,
            final long version,
            final long stamp,
            final int digest,
            final int levelsToTry) {
        if (isBeforePath(base, address, length, version, stamp, digest)) {
            return height;
        }
        for (int level = 0; level < levelsToTry; level++) {
            final long link = memory.getLong(LeafDescriptor.linkOffset(path[level], level));
            if (link == LeafDescriptor.EMPTY || isBeforeNode(base, address, length, version, stamp, digest, link)) {
                return level;
            }
        }
        return height;
    }

    private boolean isBeforePath(
            final Object base,
            final long address,
            final int length,
            final long version,
            final long stamp,
            final int digest) {
        final int node = path[0];
        // The path was that of a key with the located digest, so what is larger is not before it.
        return Integer.compareUnsigned(digest, locatedDigest) <= 0
                && node != head
                && isBefore(base, address, length, version, stamp, digest, memory.getLong(list.leaf(node)));
    }

    /** Touches the linked node only where its digest does not decide. */
    private boolean isBeforeNode(
            final Object base,
            final long address,
            final int length,
            final long version,
            final long stamp,
            final int digest,
            final long link) {
        final int first =
                LeafDescriptor.digest(link) == digest ? list.firstRecord(LeafDescriptor.offset(link)) : Arena.NONE;
        return isBefore(base, address, length, version, stamp, digest, LeafDescriptor.withOffset(link, first));
    }

    private boolean isBefore(
            final Object base,
            final long address,
            final int length,
            final long version,
            final long stamp,
            final int digest,
            final long entry) {
        final int entryDigest = LeafDescriptor.digest(entry);
        return entryDigest == digest
                ? list.compare(base, address, length, version, stamp, LeafDescriptor.offset(entry)) < 0
                : Integer.compareUnsigned(digest, entryDigest) < 0;
    }

    /**
     * Writes a record and links it at the place that {@link #locate} found.
     *
     * @return the record, or {@link Arena#NONE} where the arena has no room; nothing is written then
     */
    int insert(
            final long located,
            final Object keyBase,
            final long keyAddress,
            final int keyLength,
            final long firstFixedWord,
            final long secondFixedWord,
            final Object valueBase,
            final long valueAddress,
            final int valueLength) {
        final int node = path[0];
        final boolean full = LeafDescriptor.count(memory.getLong(node)) == LeafDescriptor.CAPACITY;
        final int newHeight = full ? randomHeight() : 0;
        final long length = RecordDescriptor.recordLength(fixedLength, keyLength, valueLength);
        if (full ? !nodes.hasRoomFor(newHeight, length) : length > arena.free()) {
            return Arena.NONE;
        }
        final int right = full ? nodes.newNode(newHeight) : Arena.NONE;
        final int record = arena.allocate((int) length);
        memory.putLong(record, RecordDescriptor.header(RecordDescriptor.KIND_RECORD, keyLength, valueLength));
        final int keyOffset = list.keyOffset(record);
        if (fixedLength == Long.BYTES) {
            memory.putLong(
                    record + RecordDescriptor.CELL_OFFSET, RecordDescriptor.cell(keyOffset + keyLength, valueLength));
        } else {
            memory.putLong(record + RecordDescriptor.VERSION_OFFSET, firstFixedWord);
            memory.putLong(record + RecordDescriptor.STAMP_OFFSET, secondFixedWord);
        }
        memory.copyFrom(keyBase, keyAddress, keyOffset, keyLength);
        memory.copyFrom(valueBase, valueAddress, keyOffset + keyLength, valueLength);

        final long entry = LeafDescriptor.word(locatedDigest, record);
        if (full) {
            split(Place.index(located), entry, right, newHeight);
        } else {
            insertEntry(node, Place.index(located), entry);
            latestNode = node;
            latestIndex = Place.index(located);
        }
        list.publish(height);
        return record;
    }

    /**
     * Gives the key of a record a new value; the bytes of the old one stay where they are. For {@link KeyOrder#PLAIN}.
     *
     * @return false where the arena has no room; nothing is written then
     */
    boolean replaceValue(final int record, final Object valueBase, final long valueAddress, final int valueLength) {
        final int value = valueLength > arena.free() - RecordDescriptor.HEADER_LENGTH
                ? Arena.NONE
                : arena.allocate(RecordDescriptor.HEADER_LENGTH + valueLength);
        if (value == Arena.NONE) {
            return false;
        }
        memory.putLong(value, RecordDescriptor.header(RecordDescriptor.KIND_VALUE, 0, valueLength));
        final int content = value + RecordDescriptor.HEADER_LENGTH;
        memory.copyFrom(valueBase, valueAddress, content, valueLength);
        memory.putLongRelease(record + RecordDescriptor.CELL_OFFSET, RecordDescriptor.cell(content, valueLength));
        list.publish(height);
        return true;
    }

    /** Marks the key of a record as deleted. For {@link KeyOrder#PLAIN}. */
    void deleteValue(final int record) {
        memory.putLongRelease(record + RecordDescriptor.CELL_OFFSET, RecordDescriptor.DELETED);
    }

    /** Invariant 3. */
    private void insertEntry(final int node, final int index, final long entry) {
        final long word = memory.getLong(node);
        final int leaf = LeafDescriptor.leaf(word);
        for (int i = LeafDescriptor.count(word); i > index; i--) {
            memory.putLongRelease(
                    LeafDescriptor.entryOffset(leaf, i), memory.getLong(LeafDescriptor.entryOffset(leaf, i - 1)));
        }
        memory.putLongRelease(LeafDescriptor.entryOffset(leaf, index), entry);
        memory.putLong(node, word + LeafDescriptor.ONE_ENTRY);
    }

    /** Invariant 4: makes two of the full node at the end of the path, one of them with the new entry. */
    private void split(final int index, final long entry, final int right, final int newHeight) {
        final int left = path[0];
        // Ascending insertions leave full leaves behind; others leave room on both sides.
        final boolean ascending =
                index == LeafDescriptor.CAPACITY && latestNode == left && latestIndex == LeafDescriptor.CAPACITY - 1;
        final int kept = ascending ? LeafDescriptor.CAPACITY : LeafDescriptor.CAPACITY / 2;
        final int moved = LeafDescriptor.CAPACITY - kept;

        final int leftLeaf = list.leaf(left);
        final int rightLeaf = list.leaf(right);
        for (int i = 0; i < moved; i++) {
            memory.putLong(
                    LeafDescriptor.entryOffset(rightLeaf, i),
                    memory.getLong(LeafDescriptor.entryOffset(leftLeaf, kept + i)));
        }
        memory.putLong(right, memory.getLong(right) + LeafDescriptor.ONE_ENTRY * moved);
        // The first entry of the right node must never change: at the border the new one goes to the left.
        final boolean toRight = index > kept || ascending;
        if (ascending) {
            insertEntry(right, 0, entry);
        }

        for (int level = height; level < newHeight; level++) {
            path[level] = head;
        }
        height = Math.max(height, newHeight);
        for (int level = 0; level < newHeight; level++) {
            memory.putLong(
                    LeafDescriptor.linkOffset(right, level),
                    memory.getLong(LeafDescriptor.linkOffset(path[level], level)));
        }
        final long link = LeafDescriptor.withOffset(memory.getLong(rightLeaf), right);
        for (int level = 0; level < newHeight; level++) {
            memory.putLongRelease(LeafDescriptor.linkOffset(path[level], level), link);
        }
        for (int i = kept; i < LeafDescriptor.CAPACITY; i++) {
            memory.putLongRelease(LeafDescriptor.entryOffset(leftLeaf, i), LeafDescriptor.EMPTY);
        }
        memory.putLong(left, memory.getLong(left) - LeafDescriptor.ONE_ENTRY * moved);

        // Not before the moved entries have one place only: who is still in the old one would pass the new entry.
        if (toRight) {
            if (!ascending) {
                insertEntry(right, index - kept, entry);
            }
            Arrays.fill(path, 0, newHeight, right);
            latestNode = right;
            latestIndex = index - kept;
        } else {
            insertEntry(left, index, entry);
            latestNode = left;
            latestIndex = index;
        }
    }

    /** Each level is reached by a quarter of the nodes of the one below. */
    private int randomHeight() {
        long bits = heightSeed;
        bits ^= bits << 13;
        bits ^= bits >>> 7;
        bits ^= bits << 17;
        heightSeed = bits;
        return Math.min(1 + Long.numberOfTrailingZeros(bits) / 2, LeafDescriptor.MAX_HEIGHT);
    }
}
