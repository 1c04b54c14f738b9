package org.avccdb.engine.table;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.engine.keys.Keys;

/** Moves over the records of one block. Each step moves on by at least one byte, so nothing goes round. */
final class BlockCursor extends BlockEntries {
    private static final int FIRST_KEY_CAPACITY = 64;
    private static final int LINE = 64;
    /** Most bytes that are asked for at once: the entries from one restart to the next, if they are short. */
    private static final int FETCHED = 8 * LINE;

    private final UnsafeBuffer key;
    private boolean exact;
    /** Nobody reads it; but what is put nowhere, the JVM does not fetch. */
    @SuppressWarnings("UnusedVariable")
    private int fetched;

    /** For the blocks that come to this place. */
    BlockCursor(final BlockPlace place) {
        this(place, new UnsafeBuffer(new byte[FIRST_KEY_CAPACITY]));
    }

    private BlockCursor(final BlockPlace place, final UnsafeBuffer key) {
        super(place, key);
        this.key = key;
    }

    boolean first() {
        goTo(start);
        return read();
    }

    boolean last() {
        goTo(restart(restarts - 1));
        do {
            step();
        } while (next < end);
        return decode();
    }

    boolean next() {
        return next < end && read();
    }

    boolean prev() {
        if (entry == start) {
            return false;
        }
        final int target = entry;
        goTo(restart(lastRestartBefore(target)));
        do {
            step();
        } while (next < target);
        if (next != target) {
            throw malformed(entry, "an entry that runs into the next one");
        }
        return decode();
    }

    /** Whether the cursor is on the first record of the block. */
    boolean isFirst() {
        return entry == start;
    }

    /** Goes on at an entry whose key is whole. */
    private void goTo(final int position) {
        next = position;
        keyLength = 0;
    }

    private int lastRestartBefore(final int position) {
        int low = 0;
        int high = restarts - 1;
        while (low < high) {
            final int middle = (low + high + 1) >>> 1;
            if (restart(middle) < position) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private boolean read() {
        step();
        return decode();
    }

    /** Reads the head of the next entry and completes its key. */
    private void step() {
        parse(next);
        if (shared > keyLength) {
            throw malformed(entry, "a key that shares " + shared + " bytes with one of " + keyLength);
        }
        setKey(shared);
    }

    /** The key: so many bytes as they are, and the suffix of the entry. */
    private void setKey(final int kept) {
        final int length = kept + unshared;
        if (length > Keys.MAX_LENGTH) {
            throw malformed(entry, "a key of " + length + " bytes");
        }
        reserveKey(length, kept);
        Prefixes.copy(block, suffix, key, kept, unshared);
        keyLength = length;
    }

    private void reserveKey(final int length, final int kept) {
        if (length + Prefixes.COPY_SLACK > key.capacity()) {
            final byte[] longer = new byte[length * 2 + Prefixes.COPY_SLACK];
            key.getBytes(0, longer, 0, kept);
            key.wrap(longer);
        }
    }

    /**
     * To the first record at or behind a place; where there is none, the cursor is on no record.
     *
     * <p>Keys are not completed on the way. What counts is how many bytes of the target the key before begins with: an entry
     * that shares more than those is before the target as that key is, and only one that shares no more is looked at.
     */
    boolean seek(
            final DirectBuffer target,
            final int targetOffset,
            final int targetLength,
            final long targetVersion,
            final long targetStamp) {
        final int from = restartFor(target, targetOffset, targetLength, targetVersion, targetStamp);
        int position = restart(from);
        fetch(position, from + 1 == restarts ? end : restart(from + 1));
        int matched = 0;
        int previousLength = 0;
        while (position < end) {
            parse(position);
            if (shared > previousLength) {
                throw malformed(entry, "a key that shares " + shared + " bytes with one of " + previousLength);
            }
            if (shared <= matched) {
                final int most = Math.min(unshared, targetLength - shared);
                final int common = Prefixes.common(block, suffix, target, targetOffset + shared, most);
                final int order = order(common, target, targetOffset, targetLength, targetVersion, targetStamp);
                if (order >= 0) {
                    found(target, targetOffset, order == 0);
                    return true;
                }
                matched = shared + common;
            }
            previousLength = shared + unshared;
            position = next;
        }
        return false;
    }

    /**
     * Asks for the lines of some entries together: each would be a miss that waits for the one before, because an entry tells
     * where the next one is.
     */
    private void fetch(final int from, final int to) {
        final int behind = Math.min(to, from + FETCHED);
        int sum = 0;
        for (int at = from; at < behind; at += LINE) {
            sum += block.getByte(at);
        }
        fetched += sum;
    }

    /**
     * Order of the entry against the target, of which the key has the shared bytes, and so many of the suffix: negative if it
     * is before, 0 if it is not and the user key is the same, positive if the user key is behind.
     */
    private int order(
            final int common,
            final DirectBuffer target,
            final int targetOffset,
            final int targetLength,
            final long targetVersion,
            final long targetStamp) {
        final int same = shared + common;
        if (common < unshared) {
            return same < targetLength
                    ? (block.getByte(suffix + common) & 0xFF) - (target.getByte(targetOffset + same) & 0xFF)
                    : 1;
        }
        if (same < targetLength) {
            return -1;
        }
        decode();
        return Keys.compareWithinKey(version(), stamp(), targetVersion, targetStamp) < 0 ? -1 : 0;
    }

    private void found(final DirectBuffer target, final int targetOffset, final boolean sameKey) {
        reserveKey(shared, 0);
        Keys.copy(target, targetOffset, shared, key);
        setKey(shared);
        exact = sameKey;
        if (!sameKey) {
            decode();
        }
    }

    /** Whether the user key is the one that was sought, after a {@link #seek} that found something. */
    boolean isExact() {
        return exact;
    }

    /** The last restart before a place; the first one where there is none. */
    private int restartFor(
            final DirectBuffer target,
            final int targetOffset,
            final int targetLength,
            final long targetVersion,
            final long targetStamp) {
        if (restarts == 1) {
            return 0;
        }
        final int begins = compareToPrefix(target, targetOffset, targetLength);
        if (begins != 0) {
            return begins < 0 ? 0 : restarts - 1;
        }
        final int digest = Prefixes.shortDigest(target, targetOffset + prefix, targetLength - prefix);
        int low = 0;
        int high = restarts - 1;
        while (low < high) {
            final int middle = (low + high + 1) >>> 1;
            final int found = digest(middle);
            final int order = found == digest
                    ? compareRestart(middle, target, targetOffset, targetLength, targetVersion, targetStamp)
                    : Integer.compareUnsigned(found, digest);
            if (order < 0) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** 0 if a key begins as all in the block do; else where it is, seen from them. */
    private int compareToPrefix(final DirectBuffer target, final int targetOffset, final int targetLength) {
        parseRestart(0);
        if (prefix > unshared) {
            throw malformed(entry, "a key of " + unshared + " bytes, where all have " + prefix + " in common");
        }
        final int common = Prefixes.common(block, suffix, target, targetOffset, Math.min(prefix, targetLength));
        if (common == prefix) {
            return 0;
        }
        return common == targetLength
                ? -1
                : (target.getByte(targetOffset + common) & 0xFF) - (block.getByte(suffix + common) & 0xFF);
    }

    private int compareRestart(
            final int number,
            final DirectBuffer target,
            final int targetOffset,
            final int targetLength,
            final long targetVersion,
            final long targetStamp) {
        parseRestart(number);
        final int common = Prefixes.common(block, suffix, target, targetOffset, Math.min(unshared, targetLength));
        return order(common, target, targetOffset, targetLength, targetVersion, targetStamp);
    }

    private void parseRestart(final int number) {
        parse(restart(number));
        if (shared != 0) {
            throw malformed(entry, "a restart without its whole key");
        }
    }

    /** Whether the digest of a restart, which the cursor is on, is that of its key. */
    boolean hasRightDigest(final int number) {
        return prefix <= keyLength && digest(number) == Prefixes.shortDigest(key, prefix, keyLength - prefix);
    }

    /** Whether this entry is a restart, the one with this number. */
    boolean isRestart(final int number) {
        return number < restarts && restart(number) == entry && shared == 0;
    }

    UnsafeBuffer key() {
        return key;
    }
}
