package org.avccdb.cli.dump;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** A journal segment: its header, and records until there are no more. */
final class JournalDump {
    private static final int HEADER_LENGTH = 64;
    private static final int RECORD_HEADER_LENGTH = 40;
    private static final int ALIGNMENT = 8;
    private static final int ID_OFFSET = 32;
    private static final int ID_LENGTH = 16;
    private static final int NUMBER_OFFSET = 24;
    private static final int RECORD_NUMBER_OFFSET = 32;
    private static final int TYPE_GROUP = 1;
    /** How much is searched at once for the next record. */
    private static final int SEARCH_BYTES = 1 << 20;

    private final Bytes file;
    private final HexListing listing;
    private long number;
    private byte[] databaseId;

    JournalDump(final Bytes file, final HexListing listing) {
        this.file = file;
        this.listing = listing;
    }

    void show() {
        final byte[] header = file.read(0, HEADER_LENGTH);
        listing.title("header of the segment");
        showHeader(new Fields(listing, header, 0), header);
        databaseId = Arrays.copyOfRange(header, ID_OFFSET, ID_OFFSET + ID_LENGTH);
        number = Bytes.littleEndian(header).getLong(NUMBER_OFFSET);
        long place = HEADER_LENGTH;
        while (place < file.length()) {
            final long next = nextRecord(place);
            if (next > place) {
                showBetween(place, next);
            }
            place = next < file.length() ? showRecord(next) : next;
        }
    }

    private void showHeader(final Fields fields, final byte[] header) {
        fields.blob(8, "magic \"AVCJRNL1\"");
        fields.check("CRC32C of bytes 12 to 63", header.length < HEADER_LENGTH ? 0 : Bytes.crc(header, 12, 52));
        fields.u32("format");
        fields.u32("incompatible features");
        fields.u32("end of the previous segment");
        fields.u64("segment number");
        fields.blob(ID_LENGTH, "database id");
        fields.u64("first sequence");
        fields.u64("previous segment");
    }

    private void showBetween(final long from, final long to) {
        final boolean last = to >= file.length();
        listing.title(
                last ? "behind the last record: zeros, or an earlier use of the file" : "no record of this segment");
        listing.omitted(from, to - from);
        if (!last) {
            listing.problem(from, "no intact record here, but there is one behind it");
        }
    }

    /** Shows one with an intact head; returns where the next one may be. */
    private long showRecord(final long place) {
        final byte[] head = file.read(place, RECORD_HEADER_LENGTH);
        final long length = Integer.toUnsignedLong(Bytes.littleEndian(head).getInt(8));
        final byte[] payload = file.read(place + RECORD_HEADER_LENGTH, length);
        listing.title("record");
        final Fields fields = new Fields(listing, head, place);
        fields.check("CRC32C of the head", headCrc(head, place));
        fields.check("CRC32C of the payload", Bytes.crc(payload, 0, payload.length));
        fields.u32("payload length");
        final int type = fields.u8("type");
        fields.u8(
                switch (type) {
                    case TYPE_GROUP -> "a group; flags";
                    case 2 -> "end mark of a clean close; flags";
                    case 3 -> "sync mark; flags";
                    default -> "unknown; flags";
                });
        fields.u16("reserved");
        final long count = fields.u32("entries");
        fields.u32("synced up to");
        final long firstSequence = fields.u64("first sequence");
        fields.u64("segment number");
        if (payload.length < length) {
            listing.problem(place, "the payload is longer than the file");
        }
        if (type == TYPE_GROUP) {
            showEntries(new Fields(listing, payload, place + RECORD_HEADER_LENGTH), count, firstSequence);
        }
        return align(place + RECORD_HEADER_LENGTH + length);
    }

    private void showEntries(final Fields fields, final long count, final long firstSequence) {
        try {
            Entries.show(listing, fields, count, firstSequence);
        } catch (final CutOffException cut) {
            listing.problem(cut.place(), cut.getMessage());
        }
    }

    /** The place of the next intact head, or the end of the file. */
    private long nextRecord(final long from) {
        for (long start = from; start < file.length(); start += SEARCH_BYTES) {
            final byte[] piece = file.read(start, SEARCH_BYTES + RECORD_HEADER_LENGTH);
            final ByteBuffer numbers = Bytes.littleEndian(piece);
            for (int at = 0; at < SEARCH_BYTES && at + RECORD_HEADER_LENGTH <= piece.length; at += ALIGNMENT) {
                if (numbers.getLong(at + RECORD_NUMBER_OFFSET) == number) {
                    final byte[] head = Arrays.copyOfRange(piece, at, at + RECORD_HEADER_LENGTH);
                    if (Bytes.littleEndian(head).getInt() == headCrc(head, start + at)) {
                        return start + at;
                    }
                }
            }
        }
        return file.length();
    }

    private int headCrc(final byte[] head, final long place) {
        final byte[] where = new byte[Long.BYTES];
        Bytes.littleEndian(where).putLong(0, place);
        return Bytes.crc(head, Integer.BYTES, head.length - Integer.BYTES, where, databaseId);
    }

    private static long align(final long place) {
        return (place + ALIGNMENT - 1) & -ALIGNMENT;
    }
}
