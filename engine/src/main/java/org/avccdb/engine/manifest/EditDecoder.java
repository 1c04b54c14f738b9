package org.avccdb.engine.manifest;

import java.util.HashSet;
import java.util.Set;
import org.avccdb.engine.keys.Keys;
import org.avccdb.engine.keys.Versions;
import org.avccdb.memdb.RecordDescriptor;

/** Reads one edit ({@link EditDescriptor}). */
final class EditDecoder {
    private final FieldReader fields;
    private final VersionEdit edit = new VersionEdit();
    private final Set<Integer> seen = new HashSet<>();

    EditDecoder(final byte[] bytes, final int offset, final int limit, final String file, final long position) {
        fields = new FieldReader(bytes, offset, limit, file, position - offset);
    }

    VersionEdit decode() {
        while (fields.remaining() > 0) {
            final int tag = fields.tag();
            final FieldReader field = fields.part(fields.half("length of a field", fields.remaining()));
            if (tag < EditDescriptor.FIRST_COMPATIBLE) {
                read(tag, field);
                field.check(field.remaining() == 0, "a field is longer than its content");
            }
        }
        return edit;
    }

    private void read(final int tag, final FieldReader field) {
        switch (tag) {
            case EditDescriptor.TABLE_ADDED -> {
                final VersionEdit.Added added = EditDescriptor.table(field);
                edit.add(added.level(), added.meta());
            }
            case EditDescriptor.TABLE_REMOVED ->
                edit.remove(level(field), field.longNumber("table number", 1, Long.MAX_VALUE));
            case EditDescriptor.SEGMENT_END -> {
                final long segment = field.longNumber("segment", 0, Long.MAX_VALUE);
                if (edit.segmentEnds().containsKey(segment)) {
                    throw field.corrupt("two ends of segment " + segment);
                }
                edit.segmentEnd(segment, field.longNumber("offset", 0, Long.MAX_VALUE), sequence(field));
            }
            case EditDescriptor.COMPACTION_POINTER -> {
                final int level = level(field);
                if (edit.compactionPointers().containsKey(level)) {
                    throw field.corrupt("two pointers of level " + level);
                }
                if (field.remaining() > Keys.MAX_LENGTH) {
                    throw field.corrupt("a key of " + field.remaining() + " bytes");
                }
                edit.compactionPointer(level, field.bytes(field.remaining()));
            }
            default -> {
                if (!seen.add(tag)) {
                    throw field.corrupt("a second field with tag " + tag);
                }
                readScalar(tag, field);
            }
        }
    }

    private void readScalar(final int tag, final FieldReader field) {
        switch (tag) {
            case EditDescriptor.OLDEST_JOURNAL ->
                edit.oldestJournal(field.longNumber("oldest journal", 0, Long.MAX_VALUE));
            case EditDescriptor.LAST_SEQUENCE -> edit.lastSequence(sequence(field));
            case EditDescriptor.FLUSHED_SEQUENCE -> edit.flushedSequence(sequence(field));
            case EditDescriptor.NEXT_NUMBER -> edit.nextNumber(field.longNumber("next number", 1, Long.MAX_VALUE));
            case EditDescriptor.HIGHEST_VERSION ->
                edit.highestVersion(field.longNumber("highest version", 0, Versions.MAX));
            case EditDescriptor.APPLIED_POSITION -> edit.appliedPosition(field.anyNumber());
            case EditDescriptor.CLEAN_CLOSE -> edit.cleanClose();
            default -> throw field.corrupt("unknown field " + tag + ": written by a newer release, or damaged");
        }
    }

    private static int level(final FieldReader field) {
        return field.number("level", Version.LEVELS - 1);
    }

    private static long sequence(final FieldReader field) {
        return field.longNumber("sequence", 0, RecordDescriptor.MAX_SEQUENCE);
    }
}
