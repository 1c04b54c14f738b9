package org.avccdb.cli.dump;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** CURRENT, and a manifest: the same header, and behind it edits and their seals. */
final class ManifestDump {
    private static final int HEADER_LENGTH = 64;
    private static final int RECORD_HEADER_LENGTH = 16;
    private static final int ALIGNMENT = 8;
    private static final int ID_LENGTH = 16;
    private static final int ROOT_LENGTH = 32;

    private final Bytes file;
    private final HexListing listing;
    private byte[] header;

    ManifestDump(final Bytes file, final HexListing listing) {
        this.file = file;
        this.listing = listing;
    }

    void showCurrent() {
        header = file.read(0, HEADER_LENGTH);
        listing.title("which manifest is the present one");
        showHeader();
        if (file.length() > HEADER_LENGTH) {
            listing.problem(HEADER_LENGTH, "more bytes than there should be");
        }
    }

    void showManifest() {
        header = file.read(0, HEADER_LENGTH);
        listing.title("header of the manifest");
        showHeader();
        long place = HEADER_LENGTH;
        while (place < file.length()) {
            place = isIntact(place) ? showRecord(place) : skip(place);
        }
    }

    private void showHeader() {
        final Fields fields = new Fields(listing, header, 0);
        fields.blob(8, "magic \"avccCURR\" or \"avccMANI\"");
        fields.u32("format");
        fields.u8("comparator (1: by bytes)");
        fields.u8("hash (1: SHA-256)");
        fields.u8("version order (0 arbitrary, 1 monotone)");
        fields.u8("authentication (0 none, 1 Merkle trees)");
        fields.u64("compatible features");
        fields.u64("incompatible features");
        fields.blob(ID_LENGTH, "database id");
        fields.u64("manifest");
        fields.u32("zero");
        fields.check("CRC32C of bytes 0 to 59", Bytes.crc(header, 0, HEADER_LENGTH - Integer.BYTES));
    }

    private long skip(final long from) {
        long next = from + ALIGNMENT;
        while (next < file.length() && !isIntact(next)) {
            next += ALIGNMENT;
        }
        final boolean last = next >= file.length();
        listing.title(last ? "behind the last intact record" : "no intact record");
        final long end = Math.min(next, file.length());
        listing.piece(from, file.read(from, end - from), "no record");
        listing.problem(from, last ? "a torn write, or damage" : "damage: there are intact records behind it");
        return end;
    }

    private boolean isIntact(final long place) {
        final byte[] head = file.read(place, RECORD_HEADER_LENGTH);
        if (head.length < RECORD_HEADER_LENGTH) {
            return false;
        }
        final ByteBuffer numbers = Bytes.littleEndian(head);
        final long length = recordLength(numbers);
        return length <= file.length() - place && numbers.getInt(0) == crc(place, length);
    }

    private int crc(final long place, final long length) {
        final byte[] rest = file.read(place + Integer.BYTES, length - Integer.BYTES);
        return Bytes.crc(header, 0, header.length, rest);
    }

    private static long recordLength(final ByteBuffer head) {
        final long payload = Integer.toUnsignedLong(head.getInt(Integer.BYTES));
        return (RECORD_HEADER_LENGTH + payload + ALIGNMENT - 1) & -ALIGNMENT;
    }

    /** Shows an intact one; returns where the next one is. */
    private long showRecord(final long place) {
        final ByteBuffer head = Bytes.littleEndian(file.read(place, RECORD_HEADER_LENGTH));
        final long length = recordLength(head);
        final boolean isSeal = head.getInt(Integer.BYTES) == 0;
        final byte[] record = file.read(place, length);
        final int payload = head.getInt(Integer.BYTES);
        listing.title(isSeal ? "seal: the edit before it was acknowledged" : "edit");
        final byte[] content = Arrays.copyOf(record, RECORD_HEADER_LENGTH + payload);
        final Fields fields = new Fields(listing, content, place);
        fields.check("CRC32C of the file's header and of the rest", crc(place, length));
        fields.u32("payload length");
        fields.u64("edit number");
        try {
            while (fields.remaining() > 0) {
                showField(fields);
            }
        } catch (final CutOffException cut) {
            listing.problem(cut.place(), cut.getMessage());
        }
        if (content.length < length) {
            listing.piece(
                    place + content.length, Arrays.copyOfRange(record, content.length, record.length), "zeros up to 8");
        }
        return place + length;
    }

    private void showField(final Fields fields) {
        final int tag = fields.u16("tag");
        fields.u16(nameOf(tag) + ", zero");
        final long length = fields.u32("length");
        final long end = fields.position() + length;
        switch (tag) {
            case 1 -> showTable(fields);
            case 2 -> {
                fields.u64("level");
                fields.u64("table");
            }
            case 3, 4, 5, 6, 7, 11 -> fields.u64(nameOf(tag));
            case 8 -> {
                fields.u64("segment");
                fields.u64("offset");
                fields.u64("last sequence");
            }
            case 9 -> {
                fields.u64("level");
                fields.key(end - fields.position(), "key");
            }
            default -> fields.blob(length, "content");
        }
        if (fields.position() != end) {
            throw new CutOffException(fields.place(), "the field is not as long as its content");
        }
    }

    private static String nameOf(final int tag) {
        return switch (tag) {
            case 1 -> "table added";
            case 2 -> "table removed";
            case 3 -> "oldest journal";
            case 4 -> "last sequence";
            case 5 -> "flushed sequence";
            case 6 -> "next number";
            case 7 -> "applied position";
            case 8 -> "segment end";
            case 9 -> "compaction pointer";
            case 10 -> "clean close";
            case 11 -> "highest version";
            default -> "unknown";
        };
    }

    private static void showTable(final Fields fields) {
        fields.u64("level");
        fields.u64("table");
        fields.u64("bytes");
        fields.u64("records");
        fields.u64("key-deletes");
        fields.u64("version-deletes");
        fields.u64("zero");
        fields.u64("lowest sequence");
        fields.u64("highest sequence");
        fields.u64("highest put version");
        fields.u64("made for level");
        fields.u64("commit group");
        fields.u64("size of the group");
        final long hasRoot = fields.u32("has a root");
        final long smallest = fields.u32("length of the smallest key");
        final long largest = fields.u32("length of the largest key");
        final long replaced = fields.u32("number of replaced tables");
        if (hasRoot != 0) {
            fields.blob(ROOT_LENGTH, "root of the table");
        }
        fields.key(smallest, "smallest key");
        fields.key(largest, "largest key");
        for (long i = 0; i < replaced; i++) {
            fields.u64("replaced table");
        }
    }
}
