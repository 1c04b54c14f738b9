package org.avccdb.engine.keys;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Layout of one operation of a write, the same in a batch, in a slot of the merge queue and in the journal, so that it is
 * encoded once and then only copied. Entries follow each other without gaps; little-endian.
 *
 * <pre>
 *  0        1           2            4             8          16     16 + key length
 *  +--------+-----------+------------+-------------+----------+-----+-------+
 *  | type   | keyspace  | key length | value length| version  | key | value |
 *  | u8     | u8, 0     | u16        | u32         | u64      |     |       |
 *  +--------+-----------+------------+-------------+----------+-----+-------+
 *
 *  put             version of the record
 *  key-delete      version {@link Versions#KEY_DELETE}, no value
 *  version-delete  the version that is deleted, no value
 *  position        the caller's number in place of the version, no key, no value; takes no sequence number
 * </pre>
 */
public final class EntryDescriptor {
    /** Bytes before the key. */
    public static final int HEADER_LENGTH = 16;

    private static final int TYPE_OFFSET = 0;
    private static final int KEYSPACE_OFFSET = 1;
    private static final int KEY_LENGTH_OFFSET = 2;
    private static final int VALUE_LENGTH_OFFSET = 4;
    private static final int VERSION_OFFSET = 8;

    private EntryDescriptor() {}

    /** Bytes of an entry; a long, because key and value together may pass an int. */
    public static long length(final int keyLength, final int valueLength) {
        return (long) HEADER_LENGTH + keyLength + valueLength;
    }

    /** Writes the part before the key. */
    public static void putHeader(
            final MutableDirectBuffer buffer,
            final int offset,
            final int type,
            final int keyLength,
            final int valueLength,
            final long version) {
        buffer.putByte(offset + TYPE_OFFSET, (byte) type);
        buffer.putByte(offset + KEYSPACE_OFFSET, (byte) 0);
        buffer.putShort(offset + KEY_LENGTH_OFFSET, (short) keyLength);
        buffer.putInt(offset + VALUE_LENGTH_OFFSET, valueLength);
        buffer.putLong(offset + VERSION_OFFSET, version);
    }

    public static int type(final DirectBuffer buffer, final int offset) {
        return buffer.getByte(offset + TYPE_OFFSET) & 0xFF;
    }

    public static int keyspace(final DirectBuffer buffer, final int offset) {
        return buffer.getByte(offset + KEYSPACE_OFFSET) & 0xFF;
    }

    public static int keyLength(final DirectBuffer buffer, final int offset) {
        return buffer.getShort(offset + KEY_LENGTH_OFFSET) & 0xFFFF;
    }

    public static int valueLength(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset + VALUE_LENGTH_OFFSET);
    }

    public static long version(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + VERSION_OFFSET);
    }

    public static int keyOffset(final int offset) {
        return offset + HEADER_LENGTH;
    }

    public static int valueOffset(final DirectBuffer buffer, final int offset) {
        return offset + HEADER_LENGTH + keyLength(buffer, offset);
    }

    /** Where the entry behind this one begins, in content that is known to be sound. */
    public static int end(final DirectBuffer buffer, final int offset) {
        return offset + HEADER_LENGTH + keyLength(buffer, offset) + valueLength(buffer, offset);
    }

    /**
     * Checks an entry of unknown origin.
     *
     * @param limit where the content ends
     * @return null if the entry is sound and ends at or before the limit; else what is wrong with it
     */
    public static String problem(final DirectBuffer buffer, final int offset, final int limit) {
        if (limit - offset < HEADER_LENGTH) {
            return "an entry of " + (limit - offset) + " bytes, shorter than its header";
        }
        final int type = type(buffer, offset);
        if (!RecordType.isRecord(type) && type != RecordType.POSITION) {
            return "unknown record type " + type;
        }
        if (keyspace(buffer, offset) != 0) {
            return "unknown keyspace " + keyspace(buffer, offset);
        }
        final int valueLength = valueLength(buffer, offset);
        if (valueLength < 0 || length(keyLength(buffer, offset), valueLength) > limit - offset) {
            return "an entry that is longer than what remains";
        }
        if (type != RecordType.PUT && valueLength != 0) {
            return "a value where there can be none";
        }
        final long version = version(buffer, offset);
        final boolean versionFits = switch (type) {
            case RecordType.KEY_DELETE -> version == Versions.KEY_DELETE;
            case RecordType.POSITION -> keyLength(buffer, offset) == 0;
            default -> version >= Versions.PLAIN && version <= Versions.MAX;
        };
        return versionFits ? null : "version " + version + " in a record of type " + type;
    }
}
