package org.avccdb.engine.manifest;

import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.engine.storage.FileNames;

/**
 * Layout of a manifest: a header, then edits, each followed by its seal; little-endian.
 *
 * <pre>
 *  header    as {@link CurrentDescriptor}, 64 bytes, with a magic of its own
 *
 *  0        4         8              16
 *  +--------+---------+--------------+---------+--------------------+
 *  | crc    | length  | edit number  | payload | 0..7 bytes of zero |      an edit: {@link EditDescriptor}
 *  | u32    | u32     | u64          |         |                    |
 *  +--------+---------+--------------+---------+--------------------+
 *  | crc    | 0       | edit number  |                                     its seal
 *  +--------+---------+--------------+
 *
 *  crc          CRC32C of the header and of the rest of the record with its padding
 *  edit number  of the first edit any; then each has the one after that before it
 * </pre>
 *
 * <p>The first edit makes the whole state from nothing, and is synced before CURRENT names the file. Every other edit is
 * appended and synced, and then takes effect; its seal is written after that, and never synced itself. So a valid seal says
 * that the edit before it was acknowledged: if that one is damaged, it is not a torn write but corruption. A seal that is
 * missing or damaged says nothing, and is passed over if an edit follows in its place behind it.
 */
public final class ManifestDescriptor {
    /** "avccMANI" read as bytes. */
    public static final long MAGIC = 0x494E_414D_6363_7661L;
    /** Bytes before the first record. */
    public static final int HEADER_LENGTH = CurrentDescriptor.LENGTH;
    /** Bytes of a record before its payload. */
    public static final int RECORD_HEADER_LENGTH = 16;
    /** Bytes of a seal. */
    public static final int SEAL_LENGTH = RECORD_HEADER_LENGTH;
    /** All records begin at multiples of this. */
    public static final int ALIGNMENT = 8;
    /** Longest payload of an edit. */
    public static final int MAX_PAYLOAD = 1 << 30;

    static final int CRC_OFFSET = 0;
    static final int LENGTH_OFFSET = 4;
    static final int NUMBER_OFFSET = 8;

    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    private ManifestDescriptor() {}

    static byte[] header(final Identity identity, final long manifest) {
        return CurrentDescriptor.encode(MAGIC, identity, manifest);
    }

    static CurrentDescriptor.Current decodeHeader(final byte[] header, final long manifest) {
        return CurrentDescriptor.decode(header, MAGIC, FileNames.manifest(manifest));
    }

    /** Bytes of a record with its padding; a long, because the length may be anything. */
    static long recordLength(final long payloadLength) {
        return (RECORD_HEADER_LENGTH + payloadLength + ALIGNMENT - 1) & -ALIGNMENT;
    }

    /** A record whose payload is in its place already. */
    static void finish(final byte[] record, final int payloadLength, final byte[] header, final long number) {
        final UnsafeBuffer buffer = new UnsafeBuffer(record);
        buffer.putInt(LENGTH_OFFSET, payloadLength, ORDER);
        buffer.putLong(NUMBER_OFFSET, number, ORDER);
        final CRC32C crc = beginCrc(header);
        crc.update(record, LENGTH_OFFSET, record.length - LENGTH_OFFSET);
        buffer.putInt(CRC_OFFSET, (int) crc.getValue(), ORDER);
    }

    static byte[] seal(final byte[] header, final long number) {
        final byte[] seal = new byte[SEAL_LENGTH];
        finish(seal, 0, header, number);
        return seal;
    }

    /** Length that a record claims for its payload, as it is. */
    static int payloadLength(final byte[] record, final int offset) {
        return new UnsafeBuffer(record).getInt(offset + LENGTH_OFFSET, ORDER);
    }

    static long number(final byte[] record, final int offset) {
        return new UnsafeBuffer(record).getLong(offset + NUMBER_OFFSET, ORDER);
    }

    /** The checksum in a record. */
    static int crc(final byte[] record) {
        return new UnsafeBuffer(record).getInt(CRC_OFFSET, ORDER);
    }

    /** The checksum of what comes before a record's length; to be updated with the rest of the record, its padding too. */
    static CRC32C beginCrc(final byte[] header) {
        final CRC32C crc = new CRC32C();
        crc.update(header);
        return crc;
    }
}
