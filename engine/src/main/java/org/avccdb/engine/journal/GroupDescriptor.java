package org.avccdb.engine.journal;

import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.engine.keys.EntryDescriptor;
import org.avccdb.engine.keys.RecordType;
import org.avccdb.memdb.RecordDescriptor;

/**
 * Layout of a record in a journal segment. Little-endian; each begins at a multiple of 8, with 0 to 7 bytes of any content
 * before it.
 *
 * <pre>
 *  0       4        8        12     13     14        16      20        24        32       40
 *  +-------+--------+--------+------+------+---------+-------+---------+---------+--------+---------+
 *  | head  | payload| payload| type | flags| reserved| entry | synced  | first   | segment| payload |
 *  | CRC   | CRC    | length |      |      |         | count | up to   | sequence| number |         |
 *  | u32   | u32    | u32    | u8   | u8, 0| u16, 0  | u32   | u32     | u64     | u64    |         |
 *  +-------+--------+--------+------+------+---------+-------+---------+---------+--------+---------+
 *
 *  type 1, group      payload: entries as in {@link EntryDescriptor}, back to back; the first one that takes a sequence
 *                     number has the first sequence, each further one the next
 *  type 2, end mark   of a clean close: there is nothing behind it. No payload, no entries, first sequence 0
 *  type 3, sync mark  says nothing but what has been synced. No payload, no entries, first sequence 0
 *
 *  head CRC       CRC32C of bytes 4 to 39, then the record's offset in the file (u64), then the database id: a copy of
 *                 a record at another place, in a value say, is none
 *  payload CRC    CRC32C of the payload
 *  synced up to   when this was written everything in this segment before that offset, and all of the segments before
 *                 this one, was known to be on disk; 0: nothing was known
 * </pre>
 *
 * <p>The head has a CRC of its own so that what it says can be believed where the payload is lost, and so that a search for
 * records takes the same small time for each offset, whatever is there.
 */
public final class GroupDescriptor {
    /** Bytes before the payload. */
    public static final int HEADER_LENGTH = 40;

    /** Every record begins at a multiple of it. */
    public static final int ALIGNMENT = 8;

    /** Type of a record that holds entries. */
    public static final int TYPE_GROUP = 1;

    /** Type of the mark of a clean close. */
    public static final int TYPE_END = 2;

    /** Type of a record that only says what has been synced. */
    public static final int TYPE_SYNCED = 3;

    /** Length of the array that a head's CRC is taken over: the head, and behind it what is not stored. */
    static final int SEALED_LENGTH = HEADER_LENGTH + Long.BYTES + SegmentDescriptor.ID_LENGTH;

    private static final int HEAD_CRC_OFFSET = 0;
    private static final int PAYLOAD_CRC_OFFSET = 4;
    private static final int PAYLOAD_LENGTH_OFFSET = 8;
    private static final int TYPE_OFFSET = 12;
    private static final int FLAGS_OFFSET = 13;
    private static final int RESERVED_OFFSET = 14;
    private static final int ENTRY_COUNT_OFFSET = 16;
    private static final int SYNCED_UP_TO_OFFSET = 20;
    private static final int FIRST_SEQUENCE_OFFSET = 24;
    private static final int NUMBER_OFFSET = 32;
    private static final int PLACE_OFFSET = HEADER_LENGTH;
    private static final int ID_OFFSET = PLACE_OFFSET + Long.BYTES;

    private GroupDescriptor() {}

    /** A buffer in which heads of this segment's records are made or checked. */
    static UnsafeBuffer sealedHead(final long number, final byte[] databaseId) {
        final UnsafeBuffer head = new UnsafeBuffer(new byte[SEALED_LENGTH]);
        head.putLong(NUMBER_OFFSET, number);
        head.putBytes(ID_OFFSET, databaseId);
        return head;
    }

    /** Fills in what changes from record to record. */
    static void encode(
            final UnsafeBuffer sealedHead,
            final int place,
            final int type,
            final int payloadCrc,
            final int payloadLength,
            final int entryCount,
            final int syncedUpTo,
            final long firstSequence,
            final Checksum checksum) {
        sealedHead.putInt(PAYLOAD_CRC_OFFSET, payloadCrc);
        sealedHead.putInt(PAYLOAD_LENGTH_OFFSET, payloadLength);
        sealedHead.putByte(TYPE_OFFSET, (byte) type);
        sealedHead.putInt(ENTRY_COUNT_OFFSET, entryCount);
        sealedHead.putInt(SYNCED_UP_TO_OFFSET, syncedUpTo);
        sealedHead.putLong(FIRST_SEQUENCE_OFFSET, firstSequence);
        sealedHead.putInt(HEAD_CRC_OFFSET, headCrc(sealedHead, place, checksum));
    }

    /**
     * Whether there is a head of this segment at this place of a file, as it was written.
     *
     * @param sealedHead of {@link #sealedHead}; holds the head afterwards
     * @param place with room for a head before the end of the buffer
     */
    static boolean isIntact(
            final UnsafeBuffer sealedHead,
            final long number,
            final DirectBuffer file,
            final int place,
            final Checksum checksum) {
        // Nearly every offset of a search ends here.
        if (file.getLong(place + NUMBER_OFFSET) != number) {
            return false;
        }
        sealedHead.putBytes(0, file, place, HEADER_LENGTH);
        return sealedHead.getInt(HEAD_CRC_OFFSET) == headCrc(sealedHead, place, checksum);
    }

    private static int headCrc(final UnsafeBuffer sealedHead, final int place, final Checksum checksum) {
        sealedHead.putLong(PLACE_OFFSET, place);
        return checksum.of(sealedHead, PAYLOAD_CRC_OFFSET, SEALED_LENGTH - PAYLOAD_CRC_OFFSET);
    }

    /** What is wrong with an intact head whose payload is in the file; null where nothing is. */
    static String problem(final DirectBuffer head, final int place) {
        final int type = type(head);
        final int length = payloadLength(head);
        if (type != TYPE_GROUP && type != TYPE_END && type != TYPE_SYNCED) {
            return "unknown type of record " + type;
        }
        if (head.getByte(FLAGS_OFFSET) != 0 || head.getShort(RESERVED_OFFSET) != 0) {
            return "unknown flags in a record";
        }
        if (syncedUpTo(head) < 0 || syncedUpTo(head) > place) {
            return "a record that knows what is behind it to be synced";
        }
        if (type != TYPE_GROUP) {
            return length == 0 && entryCount(head) == 0 && firstSequence(head) == 0 ? null : "a mark with content";
        }
        // Every entry takes at least its header.
        if (entryCount(head) <= 0 || entryCount(head) > length / EntryDescriptor.HEADER_LENGTH) {
            return Integer.toUnsignedString(entryCount(head)) + " entries in " + length + " bytes";
        }
        return firstSequence(head) > 0 && firstSequence(head) <= RecordDescriptor.MAX_SEQUENCE
                ? null
                : "first sequence number " + firstSequence(head);
    }

    static int payloadCrc(final DirectBuffer head) {
        return head.getInt(PAYLOAD_CRC_OFFSET);
    }

    static int payloadLength(final DirectBuffer head) {
        return head.getInt(PAYLOAD_LENGTH_OFFSET);
    }

    static int type(final DirectBuffer head) {
        return head.getByte(TYPE_OFFSET) & 0xFF;
    }

    static int entryCount(final DirectBuffer head) {
        return head.getInt(ENTRY_COUNT_OFFSET);
    }

    static int syncedUpTo(final DirectBuffer head) {
        return head.getInt(SYNCED_UP_TO_OFFSET);
    }

    static long firstSequence(final DirectBuffer head) {
        return head.getLong(FIRST_SEQUENCE_OFFSET);
    }

    /** Where the next record begins. */
    static int next(final int place, final int payloadLength) {
        return BitUtil.align(place + HEADER_LENGTH + payloadLength, ALIGNMENT);
    }

    /** Whether an entry of this type takes a sequence number. */
    static boolean takesSequence(final int entryType) {
        return entryType != RecordType.POSITION;
    }
}
