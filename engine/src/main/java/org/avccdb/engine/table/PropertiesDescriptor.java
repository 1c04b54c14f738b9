package org.avccdb.engine.table;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.engine.keys.Keys;
import org.avccdb.engine.keys.Versions;
import org.avccdb.memdb.RecordDescriptor;

/**
 * Layout of the properties of a table ({@link TableProperties}), which hold all that a manifest says of it. Little-endian.
 *
 * <pre>
 *    0  writer           u32  1: what wrote the file, for people
 *    4  blocks           u32
 *    8  table            u64  its number
 *   16  records          u64
 *   24  key-deletes      u64
 *   32  version-deletes  u64
 *   40  min sequence     u64
 *   48  max sequence     u64
 *   56  max put version  u64
 *   64  user keys        u64
 *   72  key bytes        u64
 *   80  value bytes      u64
 *   88  data bytes       u64
 *   96  longest block    u32
 *  100  level            u32
 *  104  group            u64
 *  112  group size       u32
 *  116  replaced         u32  count r
 *  120  first version    u64
 *  128  first stamp      u64
 *  136  last version     u64
 *  144  last stamp       u64
 *  152  first key length u16  a
 *  154  last key length  u16  b
 *  156  reserved         u32  0
 *  160  digest sum       u64
 *  168  first key | last key | r numbers of replaced tables, u64 each
 *  168 + a + b + 8 r
 * </pre>
 *
 * <p>Codec and check follow ({@link BlockDescriptor}).
 */
final class PropertiesDescriptor {
    private static final int WRITER = 1;

    private static final int BLOCKS_OFFSET = 4;
    private static final int TABLE_OFFSET = 8;
    private static final int RECORDS_OFFSET = 16;
    private static final int KEY_DELETES_OFFSET = 24;
    private static final int VERSION_DELETES_OFFSET = 32;
    private static final int MIN_SEQUENCE_OFFSET = 40;
    private static final int MAX_SEQUENCE_OFFSET = 48;
    private static final int MAX_PUT_VERSION_OFFSET = 56;
    private static final int USER_KEYS_OFFSET = 64;
    private static final int KEY_BYTES_OFFSET = 72;
    private static final int VALUE_BYTES_OFFSET = 80;
    private static final int DATA_BYTES_OFFSET = 88;
    private static final int LONGEST_BLOCK_OFFSET = 96;
    private static final int LEVEL_OFFSET = 100;
    private static final int GROUP_OFFSET = 104;
    private static final int GROUP_SIZE_OFFSET = 112;
    private static final int REPLACED_OFFSET = 116;
    private static final int FIRST_VERSION_OFFSET = 120;
    private static final int FIRST_STAMP_OFFSET = 128;
    private static final int LAST_VERSION_OFFSET = 136;
    private static final int LAST_STAMP_OFFSET = 144;
    private static final int FIRST_KEY_LENGTH_OFFSET = 152;
    private static final int LAST_KEY_LENGTH_OFFSET = 154;
    private static final int DIGEST_SUM_OFFSET = 160;
    private static final int KEYS_OFFSET = 168;

    private PropertiesDescriptor() {}

    static byte[] encode(final TableProperties properties) {
        final TableOrigin origin = properties.origin();
        final byte[] first = properties.firstKey();
        final byte[] last = properties.lastKey();
        final byte[] bytes = new byte[KEYS_OFFSET + first.length + last.length + Long.BYTES * origin.replaced().length];
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        putInt(buffer, 0, WRITER);
        putInt(buffer, BLOCKS_OFFSET, properties.blocks());
        putLong(buffer, TABLE_OFFSET, properties.table());
        putLong(buffer, RECORDS_OFFSET, properties.records());
        putLong(buffer, KEY_DELETES_OFFSET, properties.keyDeletes());
        putLong(buffer, VERSION_DELETES_OFFSET, properties.versionDeletes());
        putLong(buffer, MIN_SEQUENCE_OFFSET, properties.minSequence());
        putLong(buffer, MAX_SEQUENCE_OFFSET, properties.maxSequence());
        putLong(buffer, MAX_PUT_VERSION_OFFSET, properties.maxPutVersion());
        putLong(buffer, USER_KEYS_OFFSET, properties.userKeys());
        putLong(buffer, KEY_BYTES_OFFSET, properties.keyBytes());
        putLong(buffer, VALUE_BYTES_OFFSET, properties.valueBytes());
        putLong(buffer, DATA_BYTES_OFFSET, properties.dataBytes());
        putInt(buffer, LONGEST_BLOCK_OFFSET, properties.longestBlock());
        putInt(buffer, LEVEL_OFFSET, origin.level());
        putLong(buffer, GROUP_OFFSET, origin.group());
        putInt(buffer, GROUP_SIZE_OFFSET, origin.groupSize());
        putInt(buffer, REPLACED_OFFSET, origin.replaced().length);
        putLong(buffer, FIRST_VERSION_OFFSET, properties.firstVersion());
        putLong(buffer, FIRST_STAMP_OFFSET, properties.firstStamp());
        putLong(buffer, LAST_VERSION_OFFSET, properties.lastVersion());
        putLong(buffer, LAST_STAMP_OFFSET, properties.lastStamp());
        putLong(buffer, DIGEST_SUM_OFFSET, properties.digestSum());
        buffer.putShort(FIRST_KEY_LENGTH_OFFSET, (short) first.length, LITTLE_ENDIAN);
        buffer.putShort(LAST_KEY_LENGTH_OFFSET, (short) last.length, LITTLE_ENDIAN);
        buffer.putBytes(KEYS_OFFSET, first);
        buffer.putBytes(KEYS_OFFSET + first.length, last);
        int at = KEYS_OFFSET + first.length + last.length;
        for (final long number : origin.replaced()) {
            putLong(buffer, at, number);
            at += Long.BYTES;
        }
        return bytes;
    }

    private static void putInt(final UnsafeBuffer buffer, final int offset, final int value) {
        buffer.putInt(offset, value, LITTLE_ENDIAN);
    }

    private static void putLong(final UnsafeBuffer buffer, final int offset, final long value) {
        buffer.putLong(offset, value, LITTLE_ENDIAN);
    }

    /**
     * Checks the properties of a table.
     *
     * @param length without codec and check
     * @return null if they are sound; else what is wrong with them
     */
    static String problem(final DirectBuffer section, final int length, final long table) {
        if (length < KEYS_OFFSET) {
            return "properties of " + length + " bytes";
        }
        final long variable = (long) keyLength(section, FIRST_KEY_LENGTH_OFFSET)
                + keyLength(section, LAST_KEY_LENGTH_OFFSET)
                + Long.BYTES * (getInt(section, REPLACED_OFFSET) & 0xFFFF_FFFFL);
        if (variable != length - KEYS_OFFSET) {
            return "properties of " + length + " bytes with " + variable + " bytes of keys and numbers";
        }
        if (getLong(section, TABLE_OFFSET) != table) {
            return "the properties of table " + getLong(section, TABLE_OFFSET);
        }
        for (final int offset : new int[] {BLOCKS_OFFSET, LONGEST_BLOCK_OFFSET, LEVEL_OFFSET, GROUP_SIZE_OFFSET}) {
            if (getInt(section, offset) < 0) {
                return "a negative number in the properties";
            }
        }
        for (int offset = RECORDS_OFFSET; offset <= DATA_BYTES_OFFSET; offset += Long.BYTES) {
            if (getLong(section, offset) < 0) {
                return "a negative number in the properties";
            }
        }
        return contentProblem(section);
    }

    private static String contentProblem(final DirectBuffer section) {
        final long records = getLong(section, RECORDS_OFFSET);
        final long deletes = getLong(section, KEY_DELETES_OFFSET) + getLong(section, VERSION_DELETES_OFFSET);
        final long userKeys = getLong(section, USER_KEYS_OFFSET);
        if (records < 1 || deletes < 0 || deletes > records || userKeys < 1 || userKeys > records) {
            return "impossible counts of records in the properties";
        }
        final long minSequence = getLong(section, MIN_SEQUENCE_OFFSET);
        final long maxSequence = getLong(section, MAX_SEQUENCE_OFFSET);
        if (minSequence > maxSequence || maxSequence > RecordDescriptor.MAX_SEQUENCE) {
            return "impossible sequence numbers in the properties";
        }
        if (getLong(section, MAX_PUT_VERSION_OFFSET) > Versions.MAX
                || getLong(section, FIRST_VERSION_OFFSET) < 0
                || getLong(section, LAST_VERSION_OFFSET) < 0) {
            return "impossible versions in the properties";
        }
        if (getInt(section, LONGEST_BLOCK_OFFSET) > BlockDescriptor.MAX_STORED_LENGTH) {
            return "a block of " + getInt(section, LONGEST_BLOCK_OFFSET) + " bytes";
        }
        final int firstLength = keyLength(section, FIRST_KEY_LENGTH_OFFSET);
        final int lastLength = keyLength(section, LAST_KEY_LENGTH_OFFSET);
        final int order =
                Keys.compare(section, KEYS_OFFSET, firstLength, section, KEYS_OFFSET + firstLength, lastLength);
        return order > 0 ? "the first key of the table is behind its last" : null;
    }

    /** Reads properties that are {@link #problem sound}. */
    static TableProperties decode(final DirectBuffer section) {
        final byte[] first = new byte[keyLength(section, FIRST_KEY_LENGTH_OFFSET)];
        final byte[] last = new byte[keyLength(section, LAST_KEY_LENGTH_OFFSET)];
        section.getBytes(KEYS_OFFSET, first);
        section.getBytes(KEYS_OFFSET + first.length, last);
        final long[] replaced = new long[getInt(section, REPLACED_OFFSET)];
        for (int i = 0; i < replaced.length; i++) {
            replaced[i] = getLong(section, KEYS_OFFSET + first.length + last.length + i * Long.BYTES);
        }
        return new TableProperties(
                getLong(section, TABLE_OFFSET),
                getInt(section, BLOCKS_OFFSET),
                getLong(section, RECORDS_OFFSET),
                getLong(section, KEY_DELETES_OFFSET),
                getLong(section, VERSION_DELETES_OFFSET),
                getLong(section, MIN_SEQUENCE_OFFSET),
                getLong(section, MAX_SEQUENCE_OFFSET),
                getLong(section, MAX_PUT_VERSION_OFFSET),
                getLong(section, USER_KEYS_OFFSET),
                getLong(section, KEY_BYTES_OFFSET),
                getLong(section, VALUE_BYTES_OFFSET),
                getLong(section, DATA_BYTES_OFFSET),
                getInt(section, LONGEST_BLOCK_OFFSET),
                getLong(section, DIGEST_SUM_OFFSET),
                first,
                getLong(section, FIRST_VERSION_OFFSET),
                getLong(section, FIRST_STAMP_OFFSET),
                last,
                getLong(section, LAST_VERSION_OFFSET),
                getLong(section, LAST_STAMP_OFFSET),
                new TableOrigin(
                        getInt(section, LEVEL_OFFSET),
                        replaced,
                        getLong(section, GROUP_OFFSET),
                        getInt(section, GROUP_SIZE_OFFSET)));
    }

    private static int keyLength(final DirectBuffer section, final int offset) {
        return section.getShort(offset, LITTLE_ENDIAN) & 0xFFFF;
    }

    private static int getInt(final DirectBuffer section, final int offset) {
        return section.getInt(offset, LITTLE_ENDIAN);
    }

    private static long getLong(final DirectBuffer section, final int offset) {
        return section.getLong(offset, LITTLE_ENDIAN);
    }
}
