package org.avccdb.engine.table;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.avccdb.engine.keys.RecordType;
import org.avccdb.memdb.RecordDescriptor;

/**
 * Layout of a data block: records in order, each key without the prefix that it shares with the one before, but for some,
 * the restarts, whose keys are whole. The first entry is a restart. Little-endian.
 *
 * <pre>
 * content    0        8         12         16       18       20                  20 + 4 r    20 + 8 r
 *            +--------+---------+----------+--------+--------+-------------------+-----------+-------------+
 *            | base   | records | restarts | prefix | spare  | restart offsets   | digests   | entries ... |
 *            | u64    | u32     | r, u32   | u16    | u16, 0 | u32 each          | u32 each  |             |
 *            +--------+---------+----------+--------+--------+-------------------+-----------+-------------+
 *            base             sequence number that those of the entries are counted from
 *            prefix           how many bytes the keys of the block have in common
 *            restart offsets  ascending, from the beginning of the entries
 *            digests          of the keys of the restarts: the first four bytes behind the prefix, as a big-endian
 *                             number; missing ones are zero. They spare the search the touch of most restarts
 *
 * entry      +-------+--------+----------+--------------+---------+----------+------------+-------+
 *            | flags | shared | unshared | value length | version | sequence | key suffix | value |
 *            | u8    | varint | varint   | varint       | 0..8    | 0..8     | unshared   |       |
 *            +-------+--------+----------+--------------+---------+----------+------------+-------+
 *            flags     type (bits 0-1) | length code of version (bits 2-4) | length code of sequence (bits 5-7);
 *                      a code of 0 to 6 means that many bytes, 7 means eight
 *            shared    bytes of the key that are those of the key before
 *            varint    seven bits a byte, the lowest first; the highest bit says that another byte follows
 *            version   u64 without its leading zero bytes; no bytes in a key-delete, whose version is known
 *            sequence  number relative to base, zigzag (0, -1, 1, -2, ...), without its leading zero bytes
 *
 * stored     +------------------+-------+-------+        +----------------+------------+-------+-------+
 *            | content          | codec | check |   or   | content length | compressed | codec | check |
 *            |                  | u8, 0 | u32   |        | u32            |            | u8    | u32   |
 *            +------------------+-------+-------+        +----------------+------------+-------+-------+
 *            codec     0 none, 1 LZ4 block, 2 Zstandard frame (bits 0-3) | encryption, 0 (bits 4-7)
 *            check     CRC32C of all before it, xor a mask made of the table's number and the block's offset, so that a
 *                      block of another table or from another place does not pass
 * </pre>
 *
 * <p>Filter, index, hash rows and properties are followed by codec and check too.
 */
final class BlockDescriptor {
    static final int RECORDS_OFFSET = 8;
    static final int RESTARTS_OFFSET = 12;
    static final int PREFIX_OFFSET = 16;
    static final int SPARE_OFFSET = 18;
    static final int HEAD_LENGTH = 20;
    /** For each restart: its offset and its digest. */
    static final int RESTART_LENGTH = 8;
    /** Codec and check. */
    static final int TRAILER_LENGTH = 5;

    static final int CODEC_NONE = 0;
    static final int CODEC_LZ4 = 1;
    static final int CODEC_ZSTD = 2;
    /** Before what is compressed. */
    static final int CONTENT_LENGTH_LENGTH = 4;

    /** Most bytes of content and trailer: a record of the longest key and value fits. */
    static final int MAX_STORED_LENGTH = (1 << 30) - 64;
    /** Least bytes of a block with one record. */
    static final int MIN_CONTENT_LENGTH = HEAD_LENGTH + RESTART_LENGTH + 4;

    /** Bytes of an entry before its key suffix, at most. */
    static final int MAX_ENTRY_HEAD_LENGTH = 1 + 3 + 3 + 5 + 8 + 8;
    /** Bytes of an entry, at least. */
    static final int MIN_ENTRY_LENGTH = 4;

    private static final int TYPE_MASK = 3;
    private static final int VERSION_SHIFT = 2;
    private static final int SEQUENCE_SHIFT = 5;
    private static final int CODE_MASK = 7;

    private static final long[] MASKS = {
        0, 0xFFL, 0xFFFFL, 0xFF_FFFFL, 0xFFFF_FFFFL, 0xFF_FFFF_FFFFL, 0xFFFF_FFFF_FFFFL, -1L
    };

    private BlockDescriptor() {}

    static int type(final int flags) {
        return flags & TYPE_MASK;
    }

    static int versionCode(final int flags) {
        return (flags >>> VERSION_SHIFT) & CODE_MASK;
    }

    static int sequenceCode(final int flags) {
        return (flags >>> SEQUENCE_SHIFT) & CODE_MASK;
    }

    /** How many bytes a length code stands for. */
    static int lengthOf(final int code) {
        return code + ((code + 1) >>> 3);
    }

    /** The number in the bytes that a length code stands for, of which eight are readable. */
    static long number(final DirectBuffer buffer, final int offset, final int code) {
        return buffer.getLong(offset, LITTLE_ENDIAN) & MASKS[code];
    }

    /** The code of the shortest length that holds a number. */
    static int codeFor(final long number) {
        return Math.min(7, (71 - Long.numberOfLeadingZeros(number)) >>> 3);
    }

    static long zigzag(final long number) {
        return (number << 1) ^ (number >> 63);
    }

    static long unzigzag(final long number) {
        return (number >>> 1) ^ -(number & 1);
    }

    /**
     * Writes what is before the key suffix of an entry.
     *
     * @return how many bytes, {@link #MAX_ENTRY_HEAD_LENGTH} at most; up to eight more are overwritten
     */
    static int putEntryHead(
            final MutableDirectBuffer buffer,
            final int offset,
            final int shared,
            final int unshared,
            final int valueLength,
            final long version,
            final long stamp,
            final long base) {
        final int type = RecordDescriptor.type(stamp);
        final long storedVersion = type == RecordType.KEY_DELETE ? 0 : version;
        final long sequence = zigzag(RecordDescriptor.sequence(stamp) - base);
        final int versionCode = codeFor(storedVersion);
        final int sequenceCode = codeFor(sequence);
        buffer.putByte(offset, (byte) (type | (versionCode << VERSION_SHIFT) | (sequenceCode << SEQUENCE_SHIFT)));
        int position = putVarint(buffer, offset + 1, shared);
        position = putVarint(buffer, position, unshared);
        position = putVarint(buffer, position, valueLength);
        buffer.putLong(position, storedVersion, LITTLE_ENDIAN);
        position += lengthOf(versionCode);
        buffer.putLong(position, sequence, LITTLE_ENDIAN);
        return position + lengthOf(sequenceCode) - offset;
    }

    private static int putVarint(final MutableDirectBuffer buffer, final int offset, final int value) {
        int position = offset;
        int rest = value;
        while (rest >>> 7 != 0) {
            buffer.putByte(position++, (byte) (rest | 0x80));
            rest >>>= 7;
        }
        buffer.putByte(position, (byte) rest);
        return position + 1;
    }

    /** What the check of a block is mixed with. */
    static int mask(final long table, final long offset) {
        final long mixed = ((table + 1) * 0x9E3779B97F4A7C15L) ^ ((offset + 1) * 0xD6E8FEB86659FD93L);
        return (int) (((mixed ^ (mixed >>> 29)) * 0xBF58476D1CE4E5B9L) >>> 32);
    }
}
