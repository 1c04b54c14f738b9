package org.avccdb.memdb;

import java.lang.ref.Reference;
import org.agrona.DirectBuffer;

/**
 * Moves over the records of a {@link SkipList}, both ways, while it is being written.
 *
 * <p>One thread uses an iterator; it holds nothing, so its owner keeps the arena in place. It sees every record that was
 * there when it was made, each once and in order, and may see later ones.
 *
 * <ol>
 *   <li>The present entry is remembered as node, index and word. As long as that word is still in that place, the places
 *       beside it hold its neighbours: entries move to the right only, the rightmost first, so a neighbour that was read
 *       <em>before</em> the word was seen in place again is genuine, unless it is the word itself (being moved) or empty
 *       (being split).
 *   <li>Where the word has moved, the iterator finds its record again by its key.
 * </ol>
 */
public final class SkipListIterator {
    /** Records whose memory is asked for ahead of their use; more would push out what is still to be read. */
    private static final int WINDOW = 8;

    private final SkipList list;
    private final NativeMemory memory;

    private int node;
    private int leaf;
    private int index;
    private long word = LeafDescriptor.EMPTY;
    private boolean after;

    private int stepsForward;
    /** Takes what {@link #touchAhead} loads, so that the loads are not optimised away. */
    @SuppressWarnings({"unused", "UnusedVariable"})
    private long touched;

    SkipListIterator(final SkipList list) {
        this.list = list;
        this.memory = list.memory();
    }

    /**
     * Whether the iterator is on a record.
     *
     * @return false before the first and behind the last
     */
    public boolean isValid() {
        return word != LeafDescriptor.EMPTY;
    }

    /**
     * The present record.
     *
     * @return its offset, to be asked about of the list; 0 where the iterator is on none
     */
    public int record() {
        return LeafDescriptor.offset(word);
    }

    /** The digest of the present record's key. */
    int digest() {
        return LeafDescriptor.digest(word);
    }

    /**
     * Goes to the first record.
     *
     * @return whether there is one
     */
    public boolean first() {
        return settleAtStartOf(list.head());
    }

    /**
     * Goes to the last record.
     *
     * @return whether there is one
     */
    public boolean last() {
        stepsForward = 0;
        int at = list.lastNode();
        // The last node may be split while its end is looked for; then the end is in the one behind it.
        while (true) {
            enter(at);
            long last = LeafDescriptor.EMPTY;
            int end = 0;
            for (; end < LeafDescriptor.CAPACITY; end++) {
                final long candidate = entry(end);
                if (candidate == LeafDescriptor.EMPTY) {
                    break;
                }
                last = candidate;
            }
            at = list.nextNode(at);
            if (at == Arena.NONE) {
                return last == LeafDescriptor.EMPTY ? leaveBackward() : settle(end - 1, last);
            }
        }
    }

    /**
     * Goes to the first record at or behind a key, version and stamp.
     *
     * @param key where the key is
     * @param offset where it begins
     * @param length its length
     * @param version the version; {@link Long#MAX_VALUE} is before all records of the key
     * @param stamp the stamp; -1 is before all records of the version
     * @return whether there is one
     */
    public boolean seek(
            final DirectBuffer key, final int offset, final int length, final long version, final long stamp) {
        Arguments.checkKey(key, offset, length);
        try {
            return seek(key.byteArray(), NativeMemory.addressOf(key, offset), length, version, stamp);
        } finally {
            Reference.reachabilityFence(key);
        }
    }

    /**
     * Goes to the last record before a key, version and stamp.
     *
     * @param key where the key is
     * @param offset where it begins
     * @param length its length
     * @param version the version
     * @param stamp the stamp
     * @return whether there is one
     */
    public boolean seekBefore(
            final DirectBuffer key, final int offset, final int length, final long version, final long stamp) {
        Arguments.checkKey(key, offset, length);
        try {
            return seekBefore(key.byteArray(), NativeMemory.addressOf(key, offset), length, version, stamp);
        } finally {
            Reference.reachabilityFence(key);
        }
    }

    /** To the first record at or behind what is searched for. */
    boolean seek(final Object base, final long address, final int length, final long version, final long stamp) {
        final int digest = list.digest(base, address, length);
        int at = list.nodeFor(base, address, length, version, stamp, digest, true);
        while (at != Arena.NONE) {
            enter(at);
            final long found = list.scan(at, base, address, length, version, stamp, digest);
            final int record = Place.record(found);
            if (record != Arena.NONE) {
                return settleAt(Place.index(found), record);
            }
            at = list.nextNode(at);
        }
        return leaveForward();
    }

    /** To the last record before what is searched for. */
    boolean seekBefore(final Object base, final long address, final int length, final long version, final long stamp) {
        stepsForward = 0;
        final int digest = list.digest(base, address, length);
        enter(list.nodeFor(base, address, length, version, stamp, digest, false));
        while (true) {
            final long found = list.scan(node, base, address, length, version, stamp, digest);
            final int behind = Place.record(found);
            final int end = Place.index(found);
            final int next = behind == Arena.NONE ? list.nextNode(node) : Arena.NONE;
            if (next != Arena.NONE && list.compare(base, address, length, version, stamp, list.firstRecord(next)) > 0) {
                enter(next);
                continue;
            }
            if (end == 0) {
                return leaveBackward();
            }
            final long candidate = entry(end - 1);
            final long seenBehind = end < LeafDescriptor.CAPACITY ? entry(end) : LeafDescriptor.EMPTY;
            // An entry never comes back to a place, but its end may: after a split, which changes the link.
            if (candidate != LeafDescriptor.EMPTY
                    && LeafDescriptor.offset(seenBehind) == behind
                    && (behind != Arena.NONE || list.nextNode(node) == next)) {
                return settle(end - 1, candidate);
            }
        }
    }

    /**
     * Goes to the next record; from before the first to the first.
     *
     * @return whether there is one
     */
    public boolean next() {
        if (word == LeafDescriptor.EMPTY) {
            return !after && first();
        }
        while (true) {
            final int following = index + 1;
            final long candidate = following < LeafDescriptor.CAPACITY ? entry(following) : LeafDescriptor.EMPTY;
            if (candidate == word) {
                // Being moved: the copy is as good, and who waited for the other to go would wait for the writer.
                index = following;
                continue;
            }
            if (candidate != LeafDescriptor.EMPTY) {
                if (entry(index) == word) {
                    stepsForward++;
                    if ((following & (WINDOW - 1)) == 0) {
                        touchAhead(following);
                    }
                    return settle(following, candidate);
                }
            } else if (entry(index) == word) {
                final int next = list.nextNode(node);
                if (next == Arena.NONE) {
                    return leaveForward();
                }
                final int previous = record();
                enter(next);
                final long first = entry(0);
                if (comparePrevious(previous, LeafDescriptor.offset(first)) < 0) {
                    touchAhead(0);
                    return settle(0, first);
                }
                return seekBehind(previous);
            }
            findAgain();
        }
    }

    /**
     * Goes to the record before; from behind the last to the last.
     *
     * @return whether there is one
     */
    public boolean prev() {
        if (word == LeafDescriptor.EMPTY) {
            return after && last();
        }
        stepsForward = 0;
        while (index > 0) {
            final long candidate = entry(index - 1);
            if (candidate == word) {
                index--;
                continue;
            }
            // Empty: a split has come as far as the place before this one.
            if (candidate != LeafDescriptor.EMPTY && entry(index) == word) {
                return settle(index - 1, candidate);
            }
            findAgain();
        }
        final int record = record();
        return seekBefore(
                null,
                memory.addressOf(list.keyOffset(record)),
                list.keyLength(record),
                list.version(record),
                list.stamp(record));
    }

    /** Asks for the next records all at once, so that their cache misses overlap; not for a short scan. */
    private void touchAhead(final int from) {
        if (stepsForward < WINDOW) {
            return;
        }
        // The records to come are taken to be as long as the present one.
        final int record = record();
        final int span = Math.min(list.endOf(record) - record, NativeMemory.SLACK_BYTES);
        final int end = Math.min(from + WINDOW, LeafDescriptor.CAPACITY);
        long seen = 0;
        int i = from;
        for (; i < end; i++) {
            final long entry = entry(i);
            if (entry == LeafDescriptor.EMPTY) {
                break;
            }
            seen += memory.touch(LeafDescriptor.offset(entry), span);
        }
        if (i < end || i == LeafDescriptor.CAPACITY) {
            final int next = list.nextNode(node);
            if (next != Arena.NONE) {
                seen += memory.touch(list.leaf(next), LeafDescriptor.LENGTH);
            }
        }
        touched += seen;
    }

    private long entry(final int i) {
        return memory.getLongAcquire(LeafDescriptor.entryOffset(leaf, i));
    }

    private void enter(final int nextNode) {
        node = nextNode;
        leaf = list.leaf(nextNode);
    }

    private boolean settle(final int nextIndex, final long nextWord) {
        index = nextIndex;
        word = nextWord;
        return true;
    }

    private boolean settleAtStartOf(final int first) {
        stepsForward = 0;
        for (int at = first; at != Arena.NONE; at = list.nextNode(at)) {
            enter(at);
            final long candidate = entry(0);
            if (candidate != LeafDescriptor.EMPTY) {
                return settle(0, candidate);
            }
        }
        return leaveForward();
    }

    /** The scan gives index and record; the word may have moved to the right since. */
    private boolean settleAt(final int found, final int record) {
        stepsForward = 0;
        final int digest = list.digest(null, memory.addressOf(list.keyOffset(record)), list.keyLength(record));
        return settle(found, LeafDescriptor.word(digest, record));
    }

    private boolean leaveForward() {
        word = LeafDescriptor.EMPTY;
        after = true;
        return false;
    }

    private boolean leaveBackward() {
        word = LeafDescriptor.EMPTY;
        after = false;
        return false;
    }

    /** Puts node and index right where the present record has moved. */
    private void findAgain() {
        final int record = record();
        seek(
                null,
                memory.addressOf(list.keyOffset(record)),
                list.keyLength(record),
                list.version(record),
                list.stamp(record));
    }

    private boolean seekBehind(final int record) {
        seek(
                null,
                memory.addressOf(list.keyOffset(record)),
                list.keyLength(record),
                list.version(record),
                list.stamp(record));
        return next();
    }

    private int comparePrevious(final int previous, final int record) {
        return list.compare(
                null,
                memory.addressOf(list.keyOffset(previous)),
                list.keyLength(previous),
                list.version(previous),
                list.stamp(previous),
                record);
    }
}
