package org.avccdb.engine.table;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.CorruptionException;
import org.avccdb.engine.keys.RecordType;
import org.avccdb.engine.keys.ShownRecord;
import org.avccdb.engine.keys.Versions;
import org.avccdb.memdb.RecordDescriptor;

/**
 * Reads the head of a block and its entries ({@link BlockDescriptor}), whose bytes may be anything: what leads out of the block
 * is a {@link CorruptionException}, or, where an access was stopped at the end of the view, an {@link
 * IndexOutOfBoundsException}. What has been read of an entry is in the fields, for the subclass.
 */
abstract class BlockEntries extends ShownRecord {
    final UnsafeBuffer block;
    private final BlockPlace place;

    private MappedTable file;
    private long offset;
    private long base;
    private int records;

    int restarts;
    int prefix;
    /** Where the entries begin. */
    int start;
    /** Where the entries and the content end. */
    int end;

    int entry;
    /** Where the entry behind this one begins. */
    int next;

    int shared;
    int unshared;
    int suffix;
    private int flags;
    /** Where version and sequence number are. */
    private int numbers;

    BlockEntries(final BlockPlace place, final DirectBuffer key) {
        super(key, place.view());
        this.place = place;
        this.block = place.view();
    }

    /** Begins with the block that is in the place now. */
    final void open(final MappedTable table, final long blockOffset) {
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

    final CorruptionException malformed(final int position, final String what) {
        return file.corrupt(offset + position, what);
    }

    /** Where a restart's entry is. */
    final int restart(final int number) {
        final int from = block.getInt(BlockDescriptor.HEAD_LENGTH + number * Integer.BYTES, LITTLE_ENDIAN);
        if (from < 0 || from >= end - start) {
            throw malformed(0, "restart " + number + " at " + Integer.toUnsignedString(from));
        }
        return start + from;
    }

    final int digest(final int restart) {
        return block.getInt(BlockDescriptor.HEAD_LENGTH + (restarts + restart) * Integer.BYTES, LITTLE_ENDIAN);
    }

    /** Reads the head of an entry. */
    final void parse(final int position) {
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
    final boolean decode() {
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

    final int records() {
        return records;
    }

    final int restarts() {
        return restarts;
    }

    /** Where the entry is in the file, or, if the block is compressed, would be. */
    final long entryOffset() {
        return offset + entry;
    }
}
