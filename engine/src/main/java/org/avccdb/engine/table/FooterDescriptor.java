package org.avccdb.engine.table;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Layout of a table's file and of its end, from which it is opened. Little-endian.
 *
 * <pre>
 * file     data blocks | 0..63 zero bytes | filter | 0..63 zero bytes | index | hash rows | properties | footer
 *          Filter and index begin at multiples of 64. Each section ends with codec and check
 *          ({@link BlockDescriptor}), but for those of length 0: hash rows, and a filter that is left out.
 *
 * footer     0  filter      u64 offset, u64 length    within the file, codec and check included
 *           16  index       u64 offset, u64 length
 *           32  hash rows   u64 offset, u64 length    length 0: none
 *           48  properties  u64 offset, u64 length
 *           64  root        32 bytes                  of the table's hash tree; zero if there is none
 *           96  flags       u32                       bit 0: there is a root
 *          100  version     u32                       of the format: 1
 *          104  compatible features    u64            what an older program may ignore; none so far
 *          112  incompatible features  u64            what an older program must refuse; none so far
 *          120  table       u64                       its number
 *          128  reserved    u32                       0
 *          132  check       u32                       CRC32C of bytes 0 to 131
 *          136  magic       u64
 *          144
 * </pre>
 */
final class FooterDescriptor {
    static final int LENGTH = 144;
    static final int ROOT_LENGTH = 32;
    static final int VERSION = 1;
    /** "avccTabl" as bytes. */
    static final long MAGIC = 0x6C62_6154_6363_7661L;
    /** Where filter and index may begin: a cache line, so that a probe of the filter touches one. */
    static final int ALIGNMENT = 64;

    private static final int FILTER_OFFSET = 0;
    private static final int INDEX_OFFSET = 16;
    private static final int ROWS_OFFSET = 32;
    private static final int PROPERTIES_OFFSET = 48;
    private static final int ROOT_OFFSET = 64;
    private static final int FLAGS_OFFSET = 96;
    private static final int VERSION_OFFSET = 100;
    private static final int INCOMPATIBLE_OFFSET = 112;
    private static final int TABLE_OFFSET = 120;
    private static final int RESERVED_OFFSET = 128;
    private static final int CHECK_OFFSET = 132;
    private static final int MAGIC_OFFSET = 136;

    private static final int FLAG_ROOT = 1;

    private FooterDescriptor() {}

    /** A part of the file. */
    record Section(long offset, long length) {
        long end() {
            return offset + length;
        }
    }

    /** What a footer says. */
    @SuppressWarnings("ArrayRecordComponent") // never changed once it is made
    record Footer(Section filter, Section index, Section rows, Section properties, byte[] root, long table) {}

    static byte[] encode(final Footer footer) {
        final byte[] bytes = new byte[LENGTH];
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        putSection(buffer, FILTER_OFFSET, footer.filter());
        putSection(buffer, INDEX_OFFSET, footer.index());
        putSection(buffer, ROWS_OFFSET, footer.rows());
        putSection(buffer, PROPERTIES_OFFSET, footer.properties());
        if (footer.root() != null) {
            buffer.putBytes(ROOT_OFFSET, footer.root(), 0, ROOT_LENGTH);
            buffer.putInt(FLAGS_OFFSET, FLAG_ROOT, LITTLE_ENDIAN);
        }
        buffer.putInt(VERSION_OFFSET, VERSION, LITTLE_ENDIAN);
        buffer.putLong(TABLE_OFFSET, footer.table(), LITTLE_ENDIAN);
        buffer.putInt(CHECK_OFFSET, check(bytes), LITTLE_ENDIAN);
        buffer.putLong(MAGIC_OFFSET, MAGIC, LITTLE_ENDIAN);
        return bytes;
    }

    private static void putSection(final UnsafeBuffer buffer, final int offset, final Section section) {
        buffer.putLong(offset, section.offset(), LITTLE_ENDIAN);
        buffer.putLong(offset + Long.BYTES, section.length(), LITTLE_ENDIAN);
    }

    /** Whether the last bytes of a file are those of a table, damaged perhaps: most of the magic is there. */
    static boolean isEnd(final byte[] lastBytes) {
        final byte[] magic = new byte[Long.BYTES];
        new UnsafeBuffer(magic).putLong(0, MAGIC, LITTLE_ENDIAN);
        int same = 0;
        for (int i = 0; i < magic.length; i++) {
            same += lastBytes[i] == magic[i] ? 1 : 0;
        }
        return same > magic.length / 2;
    }

    private static int check(final byte[] footer) {
        final CRC32C crc = new CRC32C();
        crc.update(footer, 0, CHECK_OFFSET);
        return (int) crc.getValue();
    }

    /**
     * Checks a footer.
     *
     * @param position where the footer begins in the file
     * @return null if it is sound and belongs to this table; else what is wrong with it
     */
    static String problem(final byte[] footer, final long position, final long table) {
        final UnsafeBuffer buffer = new UnsafeBuffer(footer);
        if (buffer.getLong(MAGIC_OFFSET, LITTLE_ENDIAN) != MAGIC) {
            return "this is no table, or its end is missing";
        }
        if (buffer.getInt(CHECK_OFFSET, LITTLE_ENDIAN) != check(footer)) {
            return "wrong checksum of the footer";
        }
        final int version = buffer.getInt(VERSION_OFFSET, LITTLE_ENDIAN);
        if (version != VERSION) {
            return "table format " + Integer.toUnsignedString(version) + ", of which this program knows nothing";
        }
        if (buffer.getLong(INCOMPATIBLE_OFFSET, LITTLE_ENDIAN) != 0) {
            return "the table has features that this program does not know: "
                    + Long.toHexString(buffer.getLong(INCOMPATIBLE_OFFSET, LITTLE_ENDIAN));
        }
        if (buffer.getLong(TABLE_OFFSET, LITTLE_ENDIAN) != table) {
            return "this is table " + buffer.getLong(TABLE_OFFSET, LITTLE_ENDIAN) + ", not table " + table;
        }
        final int flags = buffer.getInt(FLAGS_OFFSET, LITTLE_ENDIAN);
        if ((flags & ~FLAG_ROOT) != 0 || buffer.getInt(RESERVED_OFFSET, LITTLE_ENDIAN) != 0) {
            return "unknown flags in the footer";
        }
        return tilingProblem(decode(footer), position);
    }

    /** Sections must follow each other without gaps, up to the footer. */
    private static String tilingProblem(final Footer footer, final long position) {
        long end = 0;
        for (final Section section :
                new Section[] {footer.filter(), footer.index(), footer.rows(), footer.properties()}) {
            final boolean follows = end == 0 || section.offset() - end < ALIGNMENT;
            if (section.offset() < end || !follows || section.length() < 0 || section.length() > position) {
                return "the sections do not follow each other";
            }
            end = section.end();
        }
        if (end != position
                || footer.filter().offset() % ALIGNMENT != 0
                || footer.index().offset() % ALIGNMENT != 0
                || footer.properties().offset() != footer.rows().end()
                || footer.rows().offset() != footer.index().end()) {
            return "the sections do not fill the file";
        }
        return null;
    }

    /** Reads a footer that is {@link #problem sound}. */
    static Footer decode(final byte[] bytes) {
        final UnsafeBuffer footer = new UnsafeBuffer(bytes);
        byte[] root = null;
        if ((footer.getInt(FLAGS_OFFSET, LITTLE_ENDIAN) & FLAG_ROOT) != 0) {
            root = new byte[ROOT_LENGTH];
            footer.getBytes(ROOT_OFFSET, root);
        }
        return new Footer(
                section(footer, FILTER_OFFSET),
                section(footer, INDEX_OFFSET),
                section(footer, ROWS_OFFSET),
                section(footer, PROPERTIES_OFFSET),
                root,
                footer.getLong(TABLE_OFFSET, LITTLE_ENDIAN));
    }

    private static Section section(final DirectBuffer footer, final int offset) {
        return new Section(footer.getLong(offset, LITTLE_ENDIAN), footer.getLong(offset + Long.BYTES, LITTLE_ENDIAN));
    }

    /** The next place where filter or index may begin. */
    static long align(final long offset) {
        return (offset + ALIGNMENT - 1) & -ALIGNMENT;
    }
}
