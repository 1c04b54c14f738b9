package org.avccdb.engine.read;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.KeyRange;
import org.avccdb.engine.keys.Keys;
import org.avccdb.engine.keys.RecordCursor;
import org.avccdb.engine.keys.RecordType;
import org.avccdb.engine.keys.Versions;
import org.avccdb.memdb.RecordDescriptor;

/**
 * Moves over the records of a range of keys that are live as of a sequence number: every version, or the latest of each key.
 * One thread uses it. A step makes no garbage, and loops over whatever is hidden.
 *
 * <p>A <em>group</em> is all records of one key. In the order of records its key-deletes come first, then its versions from
 * the highest to the lowest, and of each version the record that decides is the first that is not above the sequence number.
 * So forward, one pass tells what is live. Backward, the head of a group comes last: a small group is copied on the way
 * ({@link GroupBuffer}) and then decided, a large one is read by seeks.
 *
 * <ol>
 *   <li>On a record that was copied, the source is before all records of the group. On any other, the source is on it.
 *   <li>{@link #key} is the key of the group that the present record is in, copied, so that it stays when the source moves.
 *   <li>While a group is open, {@link #deleted} and {@link #decided} tell what has been seen of it from its head on.
 *   <li>Where a move fails with an exception, the position is before the first record, and the next move starts anew.
 * </ol>
 */
final class LiveRecords {
    private static final int BEFORE = 0;
    private static final int ON_RECORD = 1;
    private static final int BEHIND = 2;

    private static final long NONE = -1;
    private static final int IN_SOURCE = -1;

    /** Records that are stepped over before a seek is thought to be cheaper. */
    private static final int STEPS = 8;
    /** Records of a group that are walked backward before it is read by seeks. */
    private static final int BACKWARD_STEPS = 64;

    private final RecordCursor source;
    private final boolean allVersions;
    private final long upTo;
    private final long highestStamp;
    private final UnsafeBuffer from;
    private final UnsafeBuffer to;

    private final UnsafeBuffer key = new UnsafeBuffer(new byte[64]);
    private int keyLength;
    /** Made when it is first needed: most cursors never go backward. */
    private GroupBuffer group;

    private int position = BEFORE;
    /** Index of the present record in the group buffer, or {@link #IN_SOURCE}. */
    private int copied = IN_SOURCE;

    private boolean groupOpen;
    private long deleted;
    private long decided;

    private long version;
    private long sequence;

    LiveRecords(final RecordCursor source, final KeyRange range, final long upTo, final boolean allVersions) {
        this.source = source;
        this.allVersions = allVersions;
        this.upTo = upTo;
        this.highestStamp = RecordDescriptor.stamp(upTo, 0xFF);
        final byte[] first = range.fromInclusive();
        final byte[] end = range.toExclusive();
        this.from = first == null ? null : new UnsafeBuffer(first);
        this.to = end == null ? null : new UnsafeBuffer(end);
    }

    boolean first() {
        start();
        if (from == null) {
            source.first();
        } else {
            seekSource(from, from.capacity(), Versions.KEY_DELETE, Keys.FIRST_STAMP);
        }
        return settleForward(false);
    }

    boolean last() {
        start();
        if (to == null) {
            source.last();
        } else {
            source.seekBefore(to, 0, to.capacity(), Versions.KEY_DELETE, Keys.FIRST_STAMP);
        }
        return settleBackward();
    }

    /** To the first record whose key is at or behind this one, of any length. */
    boolean seek(final DirectBuffer wanted) {
        start();
        final int length = wanted.capacity();
        if (from != null && Keys.compare(wanted, 0, length, from, 0, from.capacity()) < 0) {
            return first();
        }
        if (to != null && Keys.compare(wanted, 0, length, to, 0, to.capacity()) >= 0) {
            return leave(BEHIND);
        }
        if (length > Keys.MAX_LENGTH) {
            // Behind the longest key that it begins with.
            seekSource(wanted, Keys.MAX_LENGTH, Versions.PLAIN, 0);
        } else {
            seekSource(wanted, length, Versions.KEY_DELETE, Keys.FIRST_STAMP);
        }
        return settleForward(false);
    }

    boolean next() {
        if (position != ON_RECORD) {
            return position == BEFORE && first();
        }
        final int shown = copied;
        if (shown != IN_SOURCE) {
            final int lower = allVersions ? group.liveUpTo(shown - 1) : -1;
            if (lower >= 0) {
                return showCopied(lower);
            }
            start();
            seekBehindGroup();
        } else {
            // The group stays open: its other versions are live or known to be hidden.
            position = BEFORE;
            if (allVersions) {
                source.next();
            } else {
                leaveGroupForward();
                // Known, which saves a comparison.
                groupOpen = false;
            }
        }
        return settleForward(false);
    }

    boolean prev() {
        if (position != ON_RECORD) {
            return position == BEHIND && last();
        }
        final int shown = copied;
        if (shown != IN_SOURCE) {
            final int higher = allVersions ? group.liveFrom(shown + 1) : -1;
            if (higher >= 0) {
                return showCopied(higher);
            }
            start();
            return settleBackward();
        }
        position = BEFORE;
        if (allVersions && ascend(version)) {
            return true;
        }
        if (!allVersions) {
            seekBeforeGroup();
        }
        return settleBackward();
    }

    private void start() {
        position = BEFORE;
        copied = IN_SOURCE;
        groupOpen = false;
    }

    private boolean leave(final int side) {
        start();
        position = side;
        return false;
    }

    /**
     * From the record that the source is on, goes forward to the first live one.
     *
     * @param groupOnly whether to stop at the end of the group, which is open
     */
    private boolean settleForward(final boolean groupOnly) {
        int stepped = 0;
        while (source.isValid()) {
            if (!groupOpen || !isInGroup()) {
                if (groupOnly) {
                    return false;
                }
                if (isBehindRange()) {
                    break;
                }
                openGroup();
                stepped = 0;
            }
            final long candidate = source.version();
            final long stamp = source.stamp();
            if (RecordDescriptor.sequence(stamp) > upTo) {
                stepped = skipTo(stepped, candidate, highestStamp);
            } else if (candidate == Versions.KEY_DELETE) {
                if (deleted == NONE) {
                    deleted = RecordDescriptor.sequence(stamp);
                }
                stepped = skipTo(stepped, Versions.MAX, Keys.FIRST_STAMP);
            } else if (candidate == decided) {
                stepped = skipVersion(stepped, candidate);
            } else {
                decided = candidate;
                if (RecordDescriptor.type(stamp) == RecordType.PUT && RecordDescriptor.sequence(stamp) > deleted) {
                    return showSource(candidate, stamp);
                }
                stepped = 0;
                source.next();
            }
        }
        return groupOnly ? false : leave(BEHIND);
    }

    /** One step towards a record of the group, by a seek if there have been many. */
    private int skipTo(final int stepped, final long wantedVersion, final long stamp) {
        if (stepped < STEPS) {
            source.next();
            return stepped + 1;
        }
        seekSource(key, keyLength, wantedVersion, stamp);
        return 0;
    }

    private int skipVersion(final int stepped, final long past) {
        return past > 0 ? skipTo(stepped, past - 1, Keys.FIRST_STAMP) : skipTo(stepped, Versions.PLAIN, 0);
    }

    private void leaveGroupForward() {
        for (int step = 0; step < STEPS; step++) {
            if (!source.next() || !isInGroup()) {
                return;
            }
        }
        seekBehindGroup();
    }

    private void seekBehindGroup() {
        seekSource(key, keyLength, Versions.PLAIN, 0);
    }

    private void seekBeforeGroup() {
        source.seekBefore(key, 0, keyLength, Versions.KEY_DELETE, Keys.FIRST_STAMP);
    }

    /** From the record that the source is on, the last of a group, goes backward to the first live one. */
    private boolean settleBackward() {
        while (source.isValid() && !isBeforeRange()) {
            openGroup();
            if (copyGroup()) {
                final int live = allVersions ? group.liveFrom(0) : group.liveUpTo(group.highest());
                if (live >= 0) {
                    return showCopied(live);
                }
            } else if (allVersions ? settleOnLowest() : settleOnHighest()) {
                return true;
            }
        }
        return leave(BEFORE);
    }

    /** Copies the group that the source is on the last record of; false if it is too large. */
    private boolean copyGroup() {
        if (group == null) {
            group = new GroupBuffer();
        }
        group.clear();
        for (int step = 0; step < BACKWARD_STEPS; step++) {
            if (RecordDescriptor.sequence(source.stamp()) <= upTo && !group.add(source)) {
                return false;
            }
            if (!source.prev() || !isInGroup()) {
                return true;
            }
        }
        return false;
    }

    /** Reads a large group from its head; without a live record in it, the source is before it afterwards. */
    private boolean settleOnHighest() {
        seekHead();
        if (settleForward(true)) {
            return true;
        }
        seekBeforeGroup();
        return false;
    }

    /** Reads a large group from its end, after a look at its head; without a live record, the source is before it. */
    private boolean settleOnLowest() {
        seekHead();
        if (source.isValid() && isInGroup() && source.version() == Versions.KEY_DELETE) {
            deleted = RecordDescriptor.sequence(source.stamp());
        }
        return ascend(NONE);
    }

    private void seekHead() {
        seekSource(key, keyLength, Versions.KEY_DELETE, highestStamp);
    }

    /**
     * Goes to the lowest live version of the group above this one, {@link #NONE} for the lowest of all; without one, the source
     * is before the group.
     */
    private boolean ascend(final long below) {
        long passed = below;
        while (true) {
            if (passed == NONE) {
                source.seekBefore(key, 0, keyLength, Versions.PLAIN, 0);
            } else {
                source.seekBefore(key, 0, keyLength, passed, Keys.FIRST_STAMP);
            }
            if (!source.isValid() || !isInGroup()) {
                return false;
            }
            final long candidate = source.version();
            if (candidate == Versions.KEY_DELETE) {
                seekBeforeGroup();
                return false;
            }
            seekSource(key, keyLength, candidate, highestStamp);
            // Behind the version, where all of its records are above the sequence number.
            if (source.isValid() && source.version() == candidate && isInGroup()) {
                final long stamp = source.stamp();
                decided = candidate;
                if (RecordDescriptor.type(stamp) == RecordType.PUT && RecordDescriptor.sequence(stamp) > deleted) {
                    return showSource(candidate, stamp);
                }
            }
            passed = candidate;
        }
    }

    private void seekSource(final DirectBuffer wanted, final int length, final long wantedVersion, final long stamp) {
        source.seek(wanted, 0, length, wantedVersion, stamp);
    }

    private boolean showSource(final long shownVersion, final long stamp) {
        copied = IN_SOURCE;
        return show(shownVersion, stamp);
    }

    private boolean showCopied(final int index) {
        copied = index;
        return show(group.version(index), group.stamp(index));
    }

    private boolean show(final long shownVersion, final long stamp) {
        version = shownVersion;
        sequence = RecordDescriptor.sequence(stamp);
        position = ON_RECORD;
        return true;
    }

    /** Remembers the key that the source is on. */
    private void openGroup() {
        groupOpen = true;
        deleted = NONE;
        decided = NONE;
        final int length = source.keyLength();
        if (length > key.capacity()) {
            key.wrap(new byte[Math.max(length, Math.min(Keys.MAX_LENGTH, 2 * key.capacity()))]);
        }
        Keys.copy(source.keyBuffer(), source.keyOffset(), length, key);
        keyLength = length;
    }

    private boolean isInGroup() {
        return source.keyLength() == keyLength && compareSourceTo(key, keyLength) == 0;
    }

    private boolean isBehindRange() {
        return to != null && compareSourceTo(to, to.capacity()) >= 0;
    }

    private boolean isBeforeRange() {
        return from != null && compareSourceTo(from, from.capacity()) < 0;
    }

    private int compareSourceTo(final DirectBuffer other, final int otherLength) {
        return Keys.compare(source.keyBuffer(), source.keyOffset(), source.keyLength(), other, 0, otherLength);
    }

    boolean isValid() {
        return position == ON_RECORD;
    }

    /** Begins with the key of the present record. */
    DirectBuffer keyBuffer() {
        return key;
    }

    int keyLength() {
        return keyLength;
    }

    DirectBuffer valueBuffer() {
        return copied == IN_SOURCE ? source.valueBuffer() : group.valueBuffer();
    }

    int valueOffset() {
        return copied == IN_SOURCE ? source.valueOffset() : group.valueOffset(copied);
    }

    int valueLength() {
        return copied == IN_SOURCE ? source.valueLength() : group.valueLength(copied);
    }

    long version() {
        return version;
    }

    long sequence() {
        return sequence;
    }
}
