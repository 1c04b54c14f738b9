package org.avccdb.engine.journal;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.memdb.RecordDescriptor;

/**
 * Layout of the head of a journal segment; records ({@link GroupDescriptor}) follow without gaps, each at a multiple of 8.
 * Little-endian. Behind the last record there is anything: zeros, or what the file held when it was another segment.
 *
 * <pre>
 *  0       8      12       16        20        24       32           48         56
 *  +-------+------+--------+---------+---------+--------+------------+----------+----------+
 *  | magic | CRC  | format | incomp. | previous| segment| database   | first    | previous |
 *  | u64   | u32  | u32    | features| end     | number | id         | sequence | number   |
 *  |       |      |        | u32, 0  | u32     | u64    | 16 bytes   | u64      | u64      |
 *  +-------+------+--------+---------+---------+--------+------------+----------+----------+
 *
 *  CRC              CRC32C of bytes 12 to 63
 *  first sequence   of the first record that takes one, if there ever is one here
 *  previous number  of the segment that was written before this one; 0: there was none
 *  previous end     where that one's last group ends, so that a lost tail shows
 * </pre>
 */
public final class SegmentDescriptor {
    /** Bytes before the first record. */
    public static final int HEADER_LENGTH = 64;

    /** Shortest segment. */
    public static final int MIN_LENGTH = 4096;

    /** Longest segment. */
    public static final int MAX_LENGTH = 0x7FFF_F000;

    static final long MAGIC = 0x314C_4E52_4A43_5641L;
    static final int FORMAT = 1;
    static final int ID_LENGTH = 16;

    private static final int MAGIC_OFFSET = 0;
    private static final int CRC_OFFSET = 8;
    private static final int FORMAT_OFFSET = 12;
    private static final int FEATURES_OFFSET = 16;
    private static final int PREVIOUS_END_OFFSET = 20;
    private static final int NUMBER_OFFSET = 24;
    private static final int ID_OFFSET = 32;
    private static final int FIRST_SEQUENCE_OFFSET = 48;
    private static final int PREVIOUS_NUMBER_OFFSET = 56;

    private SegmentDescriptor() {}

    static void encode(
            final UnsafeBuffer buffer,
            final long number,
            final byte[] databaseId,
            final long firstSequence,
            final long previousNumber,
            final int previousEnd,
            final Checksum checksum) {
        buffer.putLong(MAGIC_OFFSET, MAGIC);
        buffer.putInt(FORMAT_OFFSET, FORMAT);
        buffer.putInt(FEATURES_OFFSET, 0);
        buffer.putInt(PREVIOUS_END_OFFSET, previousEnd);
        buffer.putLong(NUMBER_OFFSET, number);
        buffer.putBytes(ID_OFFSET, databaseId);
        buffer.putLong(FIRST_SEQUENCE_OFFSET, firstSequence);
        buffer.putLong(PREVIOUS_NUMBER_OFFSET, previousNumber);
        buffer.putInt(CRC_OFFSET, checksum.of(buffer, FORMAT_OFFSET, HEADER_LENGTH - FORMAT_OFFSET));
    }

    /** Whether this is a header, of whatever segment, that is as it was written. */
    static boolean isIntact(final DirectBuffer buffer, final Checksum checksum) {
        return buffer.capacity() >= HEADER_LENGTH
                && buffer.getLong(MAGIC_OFFSET) == MAGIC
                && buffer.getInt(CRC_OFFSET) == checksum.of(buffer, FORMAT_OFFSET, HEADER_LENGTH - FORMAT_OFFSET);
    }

    /** What no power cut and no earlier use of the file explains in an intact header; null where nothing is wrong. */
    static String problem(final DirectBuffer buffer, final long number, final byte[] databaseId) {
        if (buffer.getInt(FORMAT_OFFSET) != FORMAT) {
            return "journal format " + Integer.toUnsignedString(buffer.getInt(FORMAT_OFFSET)) + ", not " + FORMAT;
        }
        if (buffer.getInt(FEATURES_OFFSET) != 0) {
            return "unknown journal features 0x" + Integer.toHexString(buffer.getInt(FEATURES_OFFSET));
        }
        for (int i = 0; i < ID_LENGTH; i++) {
            if (buffer.getByte(ID_OFFSET + i) != databaseId[i]) {
                return "a journal segment of another database";
            }
        }
        // A lower number is what a recycled file holds until its new header is written.
        if (number(buffer) > number || number(buffer) <= 0) {
            return "the header of segment " + number(buffer) + " in the file of segment " + number;
        }
        final int previousEnd = previousEnd(buffer);
        final boolean previousFits = previousNumber(buffer) == 0
                ? previousEnd == 0
                : previousNumber(buffer) > 0 && previousNumber(buffer) < number(buffer) && previousEnd >= HEADER_LENGTH;
        if (!previousFits) {
            return "previous segment " + previousNumber(buffer) + " that ends at " + previousEnd;
        }
        final long firstSequence = firstSequence(buffer);
        return firstSequence > 0 && firstSequence <= RecordDescriptor.MAX_SEQUENCE
                ? null
                : "first sequence number " + firstSequence;
    }

    static byte[] databaseId(final DirectBuffer buffer) {
        final byte[] id = new byte[ID_LENGTH];
        buffer.getBytes(ID_OFFSET, id);
        return id;
    }

    static long number(final DirectBuffer buffer) {
        return buffer.getLong(NUMBER_OFFSET);
    }

    static long firstSequence(final DirectBuffer buffer) {
        return buffer.getLong(FIRST_SEQUENCE_OFFSET);
    }

    static long previousNumber(final DirectBuffer buffer) {
        return buffer.getLong(PREVIOUS_NUMBER_OFFSET);
    }

    static int previousEnd(final DirectBuffer buffer) {
        return buffer.getInt(PREVIOUS_END_OFFSET);
    }
}
