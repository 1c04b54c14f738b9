package org.avccdb.engine.table;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.CorruptionException;
import org.avccdb.engine.keys.Keys;
import org.avccdb.engine.keys.RecordType;
import org.avccdb.engine.keys.Versions;
import org.avccdb.memdb.RecordDescriptor;

/**
 * Moves over the records of one block ({@link BlockDescriptor}), whose bytes may be anything: what leads out of the block is a
 * {@link CorruptionException}, or, where an access was stopped at the end of the view, an {@link IndexOutOfBoundsException}.
 * Each step moves on by at least one byte, so nothing goes round.
 */
final class BlockCursor {
    private static final int FIRST_KEY_CAPACITY = 256;

    private final BlockPlace place;
    private final UnsafeBuffer block;
    private final UnsafeBuffer key = new UnsafeBuffer(new byte[FIRST_KEY_CAPACITY]);

    private MappedTable file;
    private long offset;
    private long base;
    private int records;
    private int restarts;
    private int prefix;
    private int start;
    private int end;

    private int entry;
    private int next;
    private int flags;
    private int numbers;
    private int shared;
    private int unshared;
    private int suffix;
    private int valueOffset;
    private int valueLength;
    private int keyLength;
    private long version;
    private long stamp;
    private boolean exact;

    /** For the blocks that come to this place. */
    BlockCursor(final BlockPlace place) {
        this.place = place;
        this.block = place.view();
    }

    /** Begins with the block that is in the place now. */
    void open(final MappedTable table, final long blockOffset) {
        file = table;
        offset = blockOffset;
        end = place.contentLength();
        if (end < BlockDescriptor.MIN_CONTENT_LENGTH) {
            throw malformed(0, "a block of " + end + " bytes");
        }
        base = block.getLong(0, LITTLE_ENDIAN);
        records = block.getInt(BlockDescriptor.RECORDS_OFFSET, LITTLE_ENDIAN);
        restarts = block.getInt(BlockDescriptor.RESTARTS_OFFSET, LITTLE_ENDIAN);
        if (restarts < 1
                || records < restarts
                || records > (end - BlockDescriptor.HEAD_LENGTH) / BlockDescriptor.MIN_ENTRY_LENGTH
                || restarts > (end - BlockDescriptor.HEAD_LENGTH) / BlockDescriptor.RESTART_LENGTH
                || block.getShort(BlockDescriptor.SPARE_OFFSET) != 0
                || base < 0
                || base > RecordDescriptor.MAX_SEQUENCE) {
            throw malformed(
                    0, "a block of " + end + " bytes with " + restarts + " restarts and " + records + " records");
        }
        prefix = block.getShort(BlockDescriptor.PREFIX_OFFSET, LITTLE_ENDIAN) & 0xFFFF;
        start = BlockDescriptor.HEAD_LENGTH + restarts * BlockDescriptor.RESTART_LENGTH;
        if (start > end - BlockDescriptor.MIN_ENTRY_LENGTH) {
            throw malformed(0, "a block without entries");
        }
        next = end;
    }

    private CorruptionException malformed(final int position, final String what) {
        return file.corrupt(offset + position, what);
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

    /** Where a restart's entry is. */
    private int restart(final int number) {
        final int from = block.getInt(BlockDescriptor.HEAD_LENGTH + number * Integer.BYTES, LITTLE_ENDIAN);
        if (from < 0 || from >= end - start) {
            throw malformed(0, "restart " + number + " at " + Integer.toUnsignedString(from));
        }
        return start + from;
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

    /** Reads the head of an entry. */
    private void parse(final int position) {
        if (position >= end) {
            throw malformed(position, "no entry where one should be");
        }
        final int word = block.getInt(position, LITTLE_ENDIAN);
        int at;
        if ((word & 0x8080_8000) == 0) {
            shared = (word >>> 8) & 0xFF;
            unshared = (word >>> 16) & 0xFF;
            valueLength = word >>> 24;
            at = position + 4;
        } else {
            at = parseLengths(position, word);
        }
        flags = word & 0xFF;
        numbers = at;
        at += BlockDescriptor.lengthOf(BlockDescriptor.versionCode(flags))
                + BlockDescriptor.lengthOf(BlockDescriptor.sequenceCode(flags));
        suffix = at;
        at += unshared;
        if (at > end || valueLength < 0 || valueLength > end - at) {
            throw malformed(position, "an entry that is longer than what remains");
        }
        entry = position;
        valueOffset = at;
        next = at + valueLength;
    }

    private int parseLengths(final int position, final int word) {
        if ((word & 0x80_8000) == 0) {
            final int second = block.getByte(position + 4);
            if (second >= 0) {
                shared = (word >>> 8) & 0xFF;
                unshared = (word >>> 16) & 0xFF;
                valueLength = ((word >>> 24) & 0x7F) | (second << 7);
                return position + 5;
            }
        }
        int at = position + 1;
        shared = varint(at, 3);
        at += varintLength(at);
        unshared = varint(at, 3);
        at += varintLength(at);
        valueLength = varint(at, 5);
        return at + varintLength(at);
    }

    private int varint(final int position, final int longest) {
        int value = 0;
        for (int i = 0; i < longest; i++) {
            final int octet = block.getByte(position + i);
            value |= (octet & 0x7F) << (7 * i);
            if (octet >= 0) {
                return value;
            }
        }
        throw malformed(position, "a number of more than " + longest + " bytes");
    }

    private int varintLength(final int position) {
        int length = 1;
        while (block.getByte(position + length - 1) < 0) {
            length++;
        }
        return length;
    }

    /** Reads version, sequence number and type of the entry. */
    private boolean decode() {
        final int type = BlockDescriptor.type(flags);
        final int versionCode = BlockDescriptor.versionCode(flags);
        final long stored = BlockDescriptor.number(block, numbers, versionCode);
        final long difference = BlockDescriptor.number(
                block, numbers + BlockDescriptor.lengthOf(versionCode), BlockDescriptor.sequenceCode(flags));
        final long sequence = base + BlockDescriptor.unzigzag(difference);
        if (sequence < 0 || sequence > RecordDescriptor.MAX_SEQUENCE || stored < 0 || stored > Versions.MAX) {
            throw malformed(entry, "sequence number " + sequence + ", version " + stored);
        }
        if (type != RecordType.PUT) {
            checkDelete(type, stored);
        }
        version = type == RecordType.KEY_DELETE ? Versions.KEY_DELETE : stored;
        stamp = (sequence << 8) | type;
        return true;
    }

    private void checkDelete(final int type, final long stored) {
        if (!RecordType.isRecord(type) || (type == RecordType.KEY_DELETE && stored != 0) || valueLength != 0) {
            throw malformed(
                    entry,
                    "a record of type " + type + " with version " + stored + " and a value of " + valueLength
                            + " bytes");
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
        int position = restart(restartFor(target, targetOffset, targetLength, targetVersion, targetStamp));
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
        return Keys.compareWithinKey(version, stamp, targetVersion, targetStamp) < 0 ? -1 : 0;
    }

    private void found(final DirectBuffer target, final int targetOffset, final boolean sameKey) {
        reserveKey(shared, 0);
        Prefixes.copyExactly(target, targetOffset, key, 0, shared);
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

    private int digest(final int restart) {
        return block.getInt(BlockDescriptor.HEAD_LENGTH + (restarts + restart) * Integer.BYTES, LITTLE_ENDIAN);
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

    int records() {
        return records;
    }

    int restarts() {
        return restarts;
    }

    /** Whether this entry is a restart, the one with this number. */
    boolean isRestart(final int number) {
        return number < restarts && restart(number) == entry && shared == 0;
    }

    /** Where the entry is in the file, or, if the block is compressed, would be. */
    long entryOffset() {
        return offset + entry;
    }

    UnsafeBuffer key() {
        return key;
    }

    int keyLength() {
        return keyLength;
    }

    long version() {
        return version;
    }

    long stamp() {
        return stamp;
    }

    int valueOffset() {
        return valueOffset;
    }

    int valueLength() {
        return valueLength;
    }
}
