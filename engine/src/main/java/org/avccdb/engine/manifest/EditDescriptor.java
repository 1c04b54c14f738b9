package org.avccdb.engine.manifest;

import java.nio.ByteOrder;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.CorruptionException;
import org.avccdb.engine.keys.Keys;
import org.avccdb.engine.keys.Versions;
import org.avccdb.engine.table.TableMeta;
import org.avccdb.engine.table.TableOrigin;
import org.avccdb.memdb.RecordDescriptor;

/**
 * Layout of a {@link VersionEdit}: fields one behind the other, without gaps; little-endian.
 *
 * <pre>
 *  0      2       4         8
 *  +------+-------+---------+---------+
 *  | tag  | zero  | length  | content |
 *  | u16  | u16   | u32     |         |
 *  +------+-------+---------+---------+
 *
 *  1 table added         see below                                       any number of times
 *  2 table removed       u64 level | u64 number                          any number of times
 *  3 oldest journal      u64                                             once, as all that follow
 *  4 last sequence       u64
 *  5 flushed sequence    u64
 *  6 next number         u64
 *  7 applied position    i64
 *  8 segment end         u64 segment | u64 offset | u64 last sequence    once for each segment
 *  9 compaction pointer  u64 level | key                                 once for each level
 * 10 clean close         nothing
 * 11 highest version     u64                                             once
 * from 0x8000            to be passed over where unknown; all others are corruption where unknown
 *
 *  table added
 *   0 u64 level             56 u64 min sequence        104 u32 has a root: 0 or 1
 *   8 u64 number            64 u64 max sequence        108 u32 length of the smallest key
 *  16 u64 bytes             72 u64 max put version     112 u32 length of the largest key
 *  24 u64 records           80 u64 origin: level       116 u32 origin: number of replaced tables
 *  32 u64 key-deletes       88 u64 origin: group       120 root, 32 bytes or none | smallest key | largest key
 *  40 u64 version-deletes   96 u64 origin: group size      | replaced tables, u64 each
 *  48 u64 zero
 * </pre>
 */
public final class EditDescriptor {
    /** Bytes of a field before its content. */
    public static final int FIELD_HEADER_LENGTH = 8;
    /** Bytes of a table root. */
    public static final int ROOT_LENGTH = 32;

    static final int TABLE_ADDED = 1;
    static final int TABLE_REMOVED = 2;
    static final int OLDEST_JOURNAL = 3;
    static final int LAST_SEQUENCE = 4;
    static final int FLUSHED_SEQUENCE = 5;
    static final int NEXT_NUMBER = 6;
    static final int APPLIED_POSITION = 7;
    static final int SEGMENT_END = 8;
    static final int COMPACTION_POINTER = 9;
    static final int CLEAN_CLOSE = 10;
    static final int HIGHEST_VERSION = 11;
    static final int FIRST_COMPATIBLE = 0x8000;

    private static final int TABLE_FIXED_LENGTH = 120;
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    private EditDescriptor() {}

    /** Bytes of an encoded edit. */
    static long length(final VersionEdit edit) {
        long length = edit.removed().size() * (FIELD_HEADER_LENGTH + 2L * Long.BYTES);
        for (final VersionEdit.Added added : edit.added()) {
            length += FIELD_HEADER_LENGTH + tableLength(added.meta());
        }
        length += edit.segmentEnds().size() * (FIELD_HEADER_LENGTH + 3L * Long.BYTES);
        for (final byte[] key : edit.compactionPointers().values()) {
            length += FIELD_HEADER_LENGTH + Long.BYTES + key.length;
        }
        length += scalarLength(edit.oldestJournal() != VersionEdit.UNSET);
        length += scalarLength(edit.lastSequence() != VersionEdit.UNSET);
        length += scalarLength(edit.flushedSequence() != VersionEdit.UNSET);
        length += scalarLength(edit.nextNumber() != VersionEdit.UNSET);
        length += scalarLength(edit.highestVersion() != VersionEdit.UNSET);
        length += scalarLength(edit.hasAppliedPosition());
        return length + (edit.isCleanClose() ? FIELD_HEADER_LENGTH : 0);
    }

    private static long scalarLength(final boolean there) {
        return there ? FIELD_HEADER_LENGTH + Long.BYTES : 0;
    }

    private static long tableLength(final TableMeta meta) {
        return TABLE_FIXED_LENGTH
                + (meta.root() == null ? 0 : ROOT_LENGTH)
                + meta.smallestKey().length
                + meta.largestKey().length
                + (long) Long.BYTES * meta.origin().replaced().length;
    }

    /** Writes an edit for which there is room. */
    static void encode(final VersionEdit edit, final byte[] target, final int offset) {
        final Writer writer = new Writer(new UnsafeBuffer(target), offset);
        for (final VersionEdit.Removed removed : edit.removed()) {
            writer.field(TABLE_REMOVED, 2 * Long.BYTES).number(removed.level()).number(removed.number());
        }
        for (final VersionEdit.Added added : edit.added()) {
            encodeTable(writer.field(TABLE_ADDED, (int) tableLength(added.meta())), added);
        }
        writer.scalar(OLDEST_JOURNAL, edit.oldestJournal())
                .scalar(LAST_SEQUENCE, edit.lastSequence())
                .scalar(FLUSHED_SEQUENCE, edit.flushedSequence())
                .scalar(NEXT_NUMBER, edit.nextNumber())
                .scalar(HIGHEST_VERSION, edit.highestVersion());
        if (edit.hasAppliedPosition()) {
            writer.field(APPLIED_POSITION, Long.BYTES).number(edit.appliedPosition());
        }
        edit.segmentEnds()
                .forEach((segment, end) -> writer.field(SEGMENT_END, 3 * Long.BYTES)
                        .number(segment)
                        .number(end.offset())
                        .number(end.lastSequence()));
        edit.compactionPointers()
                .forEach((level, key) -> writer.field(COMPACTION_POINTER, Long.BYTES + key.length)
                        .number(level)
                        .bytes(key));
        if (edit.isCleanClose()) {
            writer.field(CLEAN_CLOSE, 0);
        }
    }

    private static void encodeTable(final Writer writer, final VersionEdit.Added added) {
        final TableMeta meta = added.meta();
        final TableOrigin origin = meta.origin();
        writer.number(added.level())
                .number(meta.number())
                .number(meta.bytes())
                .number(meta.records())
                .number(meta.keyDeletes())
                .number(meta.versionDeletes())
                .number(0)
                .number(meta.minSequence())
                .number(meta.maxSequence())
                .number(meta.maxPutVersion())
                .number(origin.level())
                .number(origin.group())
                .number(origin.groupSize())
                .half(meta.root() == null ? 0 : 1)
                .half(meta.smallestKey().length)
                .half(meta.largestKey().length)
                .half(origin.replaced().length)
                .bytes(meta.root() == null ? new byte[0] : meta.root())
                .bytes(meta.smallestKey())
                .bytes(meta.largestKey());
        for (final long replaced : origin.replaced()) {
            writer.number(replaced);
        }
    }

    /**
     * Reads an edit.
     *
     * @param bytes what holds it from an offset to a limit, and nothing else there
     * @param file for messages
     * @param position of the first of the bytes in the file, for messages
     * @throws CorruptionException if it is not an edit, whatever it is
     */
    static VersionEdit decode(
            final byte[] bytes, final int offset, final int limit, final String file, final long position) {
        return new EditDecoder(bytes, offset, limit, file, position).decode();
    }

    /** Reads the content of a field that adds a table. */
    static VersionEdit.Added table(final FieldReader field) {
        final int level = field.number("level", Version.LEVELS - 1);
        final long number = field.longNumber("table number", 1, Long.MAX_VALUE);
        final long bytes = field.longNumber("length of the file", 1, Long.MAX_VALUE);
        final long records = field.longNumber("records", 1, Long.MAX_VALUE);
        final long keyDeletes = field.longNumber("key-deletes", 0, records);
        final long versionDeletes = field.longNumber("version-deletes", 0, records - keyDeletes);
        field.longNumber("zero", 0, 0);
        final long minSequence = field.longNumber("lowest sequence", 0, RecordDescriptor.MAX_SEQUENCE);
        final long maxSequence = field.longNumber("highest sequence", minSequence, RecordDescriptor.MAX_SEQUENCE);
        final long maxPutVersion = field.longNumber("highest put version", 0, Versions.MAX);
        final int originLevel = field.number("level of origin", Version.LEVELS - 1);
        final long group = field.longNumber("group", 1, Long.MAX_VALUE);
        final int groupSize = field.number("group size", Integer.MAX_VALUE);
        final int roots = field.half("root", 1);
        final int smallestLength = field.half("smallest key", Keys.MAX_LENGTH);
        final int largestLength = field.half("largest key", Keys.MAX_LENGTH);
        final int replacedLength = field.half("replaced tables", field.remaining() / Long.BYTES);
        final byte[] root = field.bytes(roots * ROOT_LENGTH);
        final byte[] smallest = field.bytes(smallestLength);
        final byte[] largest = field.bytes(largestLength);
        field.check(Arrays.compareUnsigned(smallest, largest) <= 0, "keys in the wrong order");
        final long[] replaced = new long[replacedLength];
        for (int i = 0; i < replaced.length; i++) {
            replaced[i] = field.longNumber("replaced table", 1, Long.MAX_VALUE);
        }
        return new VersionEdit.Added(
                level,
                new TableMeta(
                        number,
                        bytes,
                        smallest,
                        largest,
                        records,
                        keyDeletes,
                        versionDeletes,
                        minSequence,
                        maxSequence,
                        maxPutVersion,
                        roots == 0 ? null : root,
                        new TableOrigin(originLevel, replaced, group, groupSize)));
    }

    private static final class Writer {
        private final UnsafeBuffer buffer;
        private int offset;

        Writer(final UnsafeBuffer buffer, final int offset) {
            this.buffer = buffer;
            this.offset = offset;
        }

        Writer field(final int tag, final int length) {
            buffer.putShort(offset, (short) tag, ORDER);
            offset += Integer.BYTES;
            return half(length);
        }

        Writer scalar(final int tag, final long value) {
            return value == VersionEdit.UNSET ? this : field(tag, Long.BYTES).number(value);
        }

        Writer number(final long number) {
            buffer.putLong(offset, number, ORDER);
            offset += Long.BYTES;
            return this;
        }

        Writer half(final int number) {
            buffer.putInt(offset, number, ORDER);
            offset += Integer.BYTES;
            return this;
        }

        Writer bytes(final byte[] bytes) {
            buffer.putBytes(offset, bytes);
            offset += bytes.length;
            return this;
        }
    }
}
