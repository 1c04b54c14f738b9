package org.avccdb.memdb;

/**
 * Layout of what a skip list writes at the front of its arena; its index ({@link LeafDescriptor}) is at the back. Every
 * allocation begins with the same header word, so that they can be walked from the first to the last.
 *
 * <pre>
 * header word        value length (32 bits) | key length (16) | kind (8)
 *
 * record, plain      0 header | 8 value cell            | 16 key | value | 0..7 bytes of padding
 * record, internal   0 header | 8 version | 16 stamp    | 24 key | value | 0..7 bytes of padding
 * detached value     0 header | 8 value | 0..7 bytes of padding
 *
 * value cell         value offset (32 bits) | value length (32 bits), or -1 for a deleted key
 * stamp              sequence number (56 bits) | record type (8 bits)
 * </pre>
 *
 * <p>A record's header, fixed part (but for the value cell), key and first value never change once the record is linked.
 */
public final class RecordDescriptor {
    /** Longest key, in bytes. */
    public static final int MAX_KEY_LENGTH = 0xFFFF;

    /** Highest sequence number. */
    public static final long MAX_SEQUENCE = (1L << 56) - 1;

    static final int HEADER_LENGTH = Long.BYTES;
    static final int FIXED_OFFSET = HEADER_LENGTH;
    static final int CELL_OFFSET = FIXED_OFFSET;
    static final int VERSION_OFFSET = FIXED_OFFSET;
    static final int STAMP_OFFSET = FIXED_OFFSET + Long.BYTES;

    static final int KIND_RECORD = 1;
    static final int KIND_VALUE = 2;

    /** The value cell of a key that was deleted. */
    static final long DELETED = -1L;

    private static final int KEY_LENGTH_SHIFT = 32;
    private static final int KIND_SHIFT = 48;
    private static final int STAMP_SHIFT = 8;

    private RecordDescriptor() {}

    /**
     * Sequence number and type of a record in one word, which orders as the sequence number does.
     *
     * @param sequence 0 to {@link #MAX_SEQUENCE}
     * @param type 0 to 255
     * @return the stamp
     */
    public static long stamp(final long sequence, final int type) {
        if (sequence < 0 || sequence > MAX_SEQUENCE || type < 0 || type > 0xFF) {
            throw new IllegalArgumentException("no stamp for sequence " + sequence + " and type " + type);
        }
        return sequence << STAMP_SHIFT | type;
    }

    /**
     * The sequence number in a stamp.
     *
     * @param stamp a stamp
     * @return its sequence number
     */
    public static long sequence(final long stamp) {
        return stamp >>> STAMP_SHIFT;
    }

    /**
     * The record type in a stamp.
     *
     * @param stamp a stamp
     * @return its type
     */
    public static int type(final long stamp) {
        return (int) stamp & 0xFF;
    }

    static long header(final int kind, final int keyLength, final int valueLength) {
        return (long) kind << KIND_SHIFT | (long) keyLength << KEY_LENGTH_SHIFT | valueLength;
    }

    static int kind(final long header) {
        return (int) (header >>> KIND_SHIFT);
    }

    static int keyLength(final long header) {
        return (int) (header >>> KEY_LENGTH_SHIFT) & MAX_KEY_LENGTH;
    }

    static int valueLength(final long header) {
        return (int) header;
    }

    /** Bytes of a record, not aligned; a long because key and value together may pass an int. */
    static long recordLength(final int fixedLength, final int keyLength, final long valueLength) {
        return (long) HEADER_LENGTH + fixedLength + keyLength + valueLength;
    }

    static long cell(final int valueOffset, final int valueLength) {
        return (long) valueOffset << Integer.SIZE | valueLength;
    }

    static int cellOffset(final long cell) {
        return (int) (cell >>> Integer.SIZE);
    }

    static int cellLength(final long cell) {
        return (int) cell;
    }
}
