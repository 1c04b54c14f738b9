package org.avccdb.cli.dump;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** A table, from its end: footer, properties, index, filter, hash rows, and data blocks. */
final class TableDump {
    private static final int FOOTER_LENGTH = 144;
    private static final int ROOT_LENGTH = 32;
    private static final int TRAILER_LENGTH = 5;
    private static final int INDEX_HEAD_LENGTH = 16;
    private static final int INDEX_ENTRY_LENGTH = 32;
    private static final int LENGTH_MASK = (1 << 30) - 1;
    private static final int FILTER_TAIL_LENGTH = 8;

    private final Bytes file;
    private final HexListing listing;
    private long table;

    /** A part of the file. */
    private record Section(long place, long length) {}

    TableDump(final Bytes file, final HexListing listing) {
        this.file = file;
        this.listing = listing;
    }

    void show() {
        final long place = Math.max(0, file.length() - FOOTER_LENGTH);
        final byte[] footer = file.read(place, FOOTER_LENGTH);
        listing.title("footer");
        final Fields fields = new Fields(listing, footer, place);
        final Section filter = section(fields, "filter");
        final Section index = section(fields, "index");
        final Section rows = section(fields, "hash rows");
        final Section properties = section(fields, "properties");
        fields.blob(ROOT_LENGTH, "root of the hash tree");
        fields.u32("flags (1: there is a root)");
        fields.u32("format");
        fields.u64("compatible features");
        fields.u64("incompatible features");
        table = fields.u64("table");
        fields.u32("reserved");
        final boolean sound = fields.check("CRC32C of the footer", Bytes.crc(footer, 0, FOOTER_LENGTH - 12));
        fields.blob(8, "magic \"avccTabl\"");
        if (!sound) {
            listing.problem(place, "the footer is damaged, so there is no telling where the other parts are");
            return;
        }
        guarded("properties", properties, TableDump::showProperties);
        guarded("hash rows", rows, TableDump::showRows);
        guarded("filter", filter, TableDump::showFilter);
        guarded("index", index, TableDump::showIndex);
        showBlocks(index);
    }

    private static Section section(final Fields fields, final String name) {
        return new Section(fields.u64(name + ", offset"), fields.u64(name + ", length"));
    }

    /** How a part is shown. */
    private interface Reading {
        void show(Fields fields, byte[] content);
    }

    private void guarded(final String name, final Section section, final Reading reading) {
        if (section.length() < TRAILER_LENGTH) {
            return;
        }
        listing.title(name);
        final byte[] stored = file.read(section.place(), section.length());
        final byte[] content = Arrays.copyOf(stored, Math.max(0, stored.length - TRAILER_LENGTH));
        final Fields fields = new Fields(listing, content, section.place());
        try {
            reading.show(fields, content);
            if (fields.remaining() > 0) {
                fields.blob(fields.remaining(), "what is left");
            }
        } catch (final CutOffException cut) {
            listing.problem(cut.place(), cut.getMessage());
        }
        showTrailer(stored, section.place());
    }

    /** Shows codec and check of a part or a block. */
    private void showTrailer(final byte[] stored, final long place) {
        if (stored.length < TRAILER_LENGTH) {
            listing.problem(place, "there are only " + stored.length + " bytes");
            return;
        }
        final int end = stored.length - TRAILER_LENGTH;
        final Fields trailer = new Fields(listing, Arrays.copyOfRange(stored, end, stored.length), place + end);
        trailer.u8("codec (0 none, 1 LZ4, 2 Zstandard)");
        trailer.check("check", Bytes.crc(stored, 0, end + 1) ^ mask(table, place));
    }

    /** What a check is mixed with, so that a block does not pass at another place. */
    private static int mask(final long table, final long place) {
        final long mixed = ((table + 1) * 0x9E3779B97F4A7C15L) ^ ((place + 1) * 0xD6E8FEB86659FD93L);
        return (int) (((mixed ^ (mixed >>> 29)) * 0xBF58476D1CE4E5B9L) >>> 32);
    }

    private static void showProperties(final Fields fields, final byte[] content) {
        fields.u32("writer");
        fields.u32("blocks");
        fields.u64("table");
        fields.u64("records");
        fields.u64("key-deletes");
        fields.u64("version-deletes");
        fields.u64("lowest sequence");
        fields.u64("highest sequence");
        fields.u64("highest put version");
        fields.u64("user keys");
        fields.u64("bytes of keys");
        fields.u64("bytes of values");
        fields.u64("bytes of data");
        fields.u32("longest block");
        fields.u32("made for level");
        fields.u64("commit group");
        fields.u32("size of the group");
        final long replaced = fields.u32("replaced tables");
        fields.version("first version");
        fields.stamp("first record:");
        fields.version("last version");
        fields.stamp("last record:");
        final int first = fields.u16("length of the first key");
        final int last = fields.u16("length of the last key");
        fields.u32("reserved");
        fields.u64("digest sum");
        fields.key(first, "first key");
        fields.key(last, "last key");
        for (long i = 0; i < replaced; i++) {
            fields.u64("replaced table");
        }
    }

    private static void showRows(final Fields fields, final byte[] content) {
        final long hashBlocks = fields.u32("hash blocks");
        final long dataBlocks = fields.u32("data blocks");
        for (long i = 0; i < dataBlocks; i++) {
            fields.u32("first hash block of data block " + i);
        }
        for (int height = 0; height < Integer.SIZE && hashBlocks >>> height > 0; height += 3) {
            for (long i = 0; i < hashBlocks >>> height; i++) {
                fields.blob(ROOT_LENGTH, "row " + height + ", hash " + i);
            }
        }
    }

    private static void showFilter(final Fields fields, final byte[] content) {
        fields.blob((long) content.length - FILTER_TAIL_LENGTH, "lines of 64 bytes");
        fields.u32("lines");
        fields.u32("probes");
    }

    private static void showIndex(final Fields fields, final byte[] content) {
        final long blocks = fields.u32("blocks");
        final long prefixLength = fields.u32("length of the keys' common prefix");
        fields.u64("reserved");
        for (long i = 0; i < blocks; i++) {
            fields.u64("digest of fence " + i);
        }
        for (long i = 0; i < blocks; i++) {
            fields.u64("block " + i + ", offset");
            fields.u32("stored length, codec (bits 30-31)");
            fields.u32("where the fence's key is");
            fields.version("fence's version");
            fields.stamp("fence:");
        }
        fields.key(prefixLength, "common prefix");
        while (fields.remaining() > 0) {
            fields.key(fields.u16("length of a fence's key"), "rest of a fence's key");
        }
    }

    /** Shows the data blocks that the index knows. */
    private void showBlocks(final Section index) {
        final byte[] content = file.read(index.place(), index.length() - TRAILER_LENGTH);
        if (content.length < INDEX_HEAD_LENGTH) {
            return;
        }
        final ByteBuffer numbers = Bytes.littleEndian(content);
        final long blocks = Integer.toUnsignedLong(numbers.getInt(0));
        final long entries = INDEX_HEAD_LENGTH + Long.BYTES * blocks;
        for (long i = 0; i < blocks; i++) {
            final long entry = entries + i * INDEX_ENTRY_LENGTH;
            if (entry + INDEX_ENTRY_LENGTH > content.length) {
                listing.problem(index.place(), "the index is shorter than its entries");
                return;
            }
            showBlock(i, numbers.getLong((int) entry), numbers.getInt((int) entry + Long.BYTES) & LENGTH_MASK);
        }
    }

    private void showBlock(final long which, final long place, final int length) {
        listing.title("data block " + which);
        final byte[] stored = file.read(place, length);
        if (stored.length < Math.max(length, TRAILER_LENGTH)) {
            listing.problem(place, "the block is not whole within the file");
            return;
        }
        final int codec = stored[stored.length - TRAILER_LENGTH] & 0xFF;
        final byte[] body = Arrays.copyOf(stored, stored.length - TRAILER_LENGTH);
        try {
            if (codec == Codecs.NONE) {
                BlockDump.show(listing, new Fields(listing, body, place));
            } else {
                showCompressed(body, place, codec);
            }
        } catch (final CutOffException cut) {
            listing.problem(cut.place(), cut.getMessage());
        }
        showTrailer(stored, place);
    }

    private void showCompressed(final byte[] body, final long place, final int codec) {
        final Fields fields = new Fields(listing, body, place);
        final long contentLength = fields.u32("length of the content");
        final byte[] content = Codecs.decompress(codec, fields.blob(fields.remaining(), "compressed"), contentLength);
        if (content == null) {
            listing.problem(place, "the block cannot be decompressed");
            return;
        }
        listing.title("its content, counted from its own beginning");
        BlockDump.show(listing, new Fields(listing, content, 0));
    }
}
