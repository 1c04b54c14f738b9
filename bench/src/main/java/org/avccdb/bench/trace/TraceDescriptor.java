package org.avccdb.bench.trace;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Layout of a recording; little-endian, everything at multiples of 8.
 *
 * <pre>
 *  0       8        12     16     20      24      32          40       48       56     60     64
 *  +-------+--------+------+------+-------+-------+-----------+--------+--------+------+------+
 *  | magic | format | CRC  | key  | value | length| operations| records| phases | body | zero |
 *  | u64   | u32    | u32  | bytes| bytes | u64   | u64       | put    | u64    | CRC  | u32  |
 *  |       |        |      | u32  | u32   |       |           | u64    |        | u32  |      |
 *  +-------+--------+------+------+-------+-------+-----------+--------+--------+------+------+
 *
 *  CRC        CRC32C of the header with zero in this place
 *  length     of the file; 0 as long as it is being written
 *  body CRC   CRC32C of everything behind the header
 * </pre>
 *
 * Behind the header records follow without gaps. The first one begins a phase on a new database.
 *
 * <pre>
 *  0       4      8            16       24
 *  +-------+------+------------+--------+-----------------------------------------------------+
 *  | kind  | zero | nanoseconds| number | of a phase: its name, 64 bytes; of a batch: so many |
 *  | u32   | u32  | u64        | u64    | keys with values; else the key, and of a put a value|
 *  +-------+------+------------+--------+-----------------------------------------------------+
 *
 *  kind          1 phase, 2 put, 3 batch, 4 get, 5 get as of a version, 6 scan, 7 scan of everything
 *  nanoseconds   since the operation before was begun; 0 in the first one of a phase
 *  number        1: on a new database; version; records; 0; version; records at most; 0
 * </pre>
 *
 * Keys and values are padded with zeros to multiples of 8, and names to 64.
 */
final class TraceDescriptor {
    static final int HEADER_LENGTH = 64;
    static final int RECORD_HEAD_LENGTH = 24;
    static final int NAME_LENGTH = 64;
    static final int MIN_KEY_BYTES = 8;
    static final int MAX_KEY_BYTES = 1 << 16;
    static final int MAX_VALUE_BYTES = 1 << 24;

    /** "avccTRAC" read as bytes. */
    static final long MAGIC = 0x4341_5254_6363_7661L;

    static final int FORMAT = 1;

    static final int MAGIC_OFFSET = 0;
    static final int FORMAT_OFFSET = 8;
    static final int CRC_OFFSET = 12;
    static final int KEY_BYTES_OFFSET = 16;
    static final int VALUE_BYTES_OFFSET = 20;
    static final int LENGTH_OFFSET = 24;
    static final int OPERATIONS_OFFSET = 32;
    static final int RECORDS_PUT_OFFSET = 40;
    static final int PHASES_OFFSET = 48;
    static final int BODY_CRC_OFFSET = 56;
    static final int ZERO_OFFSET = 60;

    static final int KIND_OFFSET = 0;
    static final int GAP_OFFSET = 8;
    static final int NUMBER_OFFSET = 16;

    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    private TraceDescriptor() {}

    /** What the header says. */
    record Header(
            int keyBytes, int valueBytes, long length, long operations, long recordsPut, long phases, int bodyCrc) {}

    /** Bytes that keys or values take. */
    static int padded(final int length) {
        return BitUtil.align(length, Long.BYTES);
    }

    static byte[] encode(final Header header) {
        final byte[] bytes = new byte[HEADER_LENGTH];
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        buffer.putLong(MAGIC_OFFSET, MAGIC, ORDER);
        buffer.putInt(FORMAT_OFFSET, FORMAT, ORDER);
        buffer.putInt(KEY_BYTES_OFFSET, header.keyBytes(), ORDER);
        buffer.putInt(VALUE_BYTES_OFFSET, header.valueBytes(), ORDER);
        buffer.putLong(LENGTH_OFFSET, header.length(), ORDER);
        buffer.putLong(OPERATIONS_OFFSET, header.operations(), ORDER);
        buffer.putLong(RECORDS_PUT_OFFSET, header.recordsPut(), ORDER);
        buffer.putLong(PHASES_OFFSET, header.phases(), ORDER);
        buffer.putInt(BODY_CRC_OFFSET, header.bodyCrc(), ORDER);
        buffer.putInt(CRC_OFFSET, crc(bytes), ORDER);
        return bytes;
    }

    static Header decode(final byte[] bytes) {
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes.clone());
        require(buffer.getLong(MAGIC_OFFSET, ORDER) == MAGIC, "it does not begin as a recording does");
        final int format = buffer.getInt(FORMAT_OFFSET, ORDER);
        require(format == FORMAT, "it has format " + format + "; this program knows format " + FORMAT);
        final int crc = buffer.getInt(CRC_OFFSET, ORDER);
        buffer.putInt(CRC_OFFSET, 0, ORDER);
        require(crc == crc(buffer.byteArray()), "the checksum of its header does not fit");
        final Header header = new Header(
                buffer.getInt(KEY_BYTES_OFFSET, ORDER),
                buffer.getInt(VALUE_BYTES_OFFSET, ORDER),
                buffer.getLong(LENGTH_OFFSET, ORDER),
                buffer.getLong(OPERATIONS_OFFSET, ORDER),
                buffer.getLong(RECORDS_PUT_OFFSET, ORDER),
                buffer.getLong(PHASES_OFFSET, ORDER),
                buffer.getInt(BODY_CRC_OFFSET, ORDER));
        require(header.length() != 0, "the recording was not finished");
        require(buffer.getInt(ZERO_OFFSET, ORDER) == 0, "its header is not zero where it must be");
        require(
                areLengths(header.keyBytes(), header.valueBytes())
                        && header.length() >= HEADER_LENGTH
                        && header.length() % Long.BYTES == 0,
                "its header has a length out of range");
        return header;
    }

    /** Whether keys and values may be that long. */
    static boolean areLengths(final int keyBytes, final int valueBytes) {
        return keyBytes >= MIN_KEY_BYTES
                && keyBytes <= MAX_KEY_BYTES
                && valueBytes >= 1
                && valueBytes <= MAX_VALUE_BYTES;
    }

    private static int crc(final byte[] header) {
        final CRC32C crc = new CRC32C();
        crc.update(header);
        return (int) crc.getValue();
    }

    /** The head of a record but for its time. */
    static void putHead(final MutableDirectBuffer target, final Kind kind, final long number) {
        target.putLong(KIND_OFFSET, kind.code(), ORDER);
        target.putLong(NUMBER_OFFSET, number, ORDER);
    }

    static void putGap(final MutableDirectBuffer target, final long nanos) {
        target.putLong(GAP_OFFSET, nanos, ORDER);
    }

    /** The kind of a record; a kind that does not exist, or something behind it, is damage. */
    static Kind kind(final DirectBuffer head) {
        final long code = head.getLong(KIND_OFFSET, ORDER);
        final Kind kind = code == (int) code ? Kind.of((int) code) : null;
        require(kind != null, "there is no operation " + code);
        return kind;
    }

    static long gap(final DirectBuffer head) {
        return head.getLong(GAP_OFFSET, ORDER);
    }

    static long number(final DirectBuffer head) {
        return head.getLong(NUMBER_OFFSET, ORDER);
    }

    static byte[] encodeName(final String name) {
        if (!isName(name)) {
            throw new IllegalArgumentException("'" + name + "' is no name of a phase");
        }
        return Arrays.copyOf(name.getBytes(StandardCharsets.US_ASCII), NAME_LENGTH);
    }

    /** Names become names of files, so not everything may be one. */
    static String decodeName(final byte[] bytes) {
        int length = 0;
        while (length < bytes.length && bytes[length] != 0) {
            length++;
        }
        final String name = new String(bytes, 0, length, StandardCharsets.US_ASCII);
        require(isName(name), "the name of a phase is none");
        return name;
    }

    private static boolean isName(final String name) {
        return name.length() <= NAME_LENGTH && name.matches("[a-z0-9-]+");
    }

    static void require(final boolean holds, final String problem) {
        if (!holds) {
            throw new TraceException(problem);
        }
    }
}
