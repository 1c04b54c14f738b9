package org.avccdb.engine.compaction;

import org.avccdb.engine.keys.RecordType;
import org.avccdb.engine.keys.ShownRecord;
import org.avccdb.memdb.RecordDescriptor;

/**
 * Decides which records of a merge need not go into its outputs. It is shown every record, in order. One thread uses it.
 *
 * <p>A record is dropped if one of these holds ({@code Compaction.md} says why no reader can tell):
 *
 * <ol>
 *   <li>The merge has a newer record of the same key and version, whatever its type.
 *   <li>The merge has a newer key-delete of the same key.
 *   <li>It is a delete of either kind, and no older run can have the key.
 * </ol>
 */
final class DropRules {
    private static final long NONE = -1;

    private final OlderRuns older;
    private long version = NONE;
    private long deletedUpTo;

    DropRules(final OlderRuns older) {
        this.older = older;
    }

    /**
     * Whether the record must be kept.
     *
     * @param newKey whether it is the first of its user key
     */
    boolean keeps(final ShownRecord record, final boolean newKey) {
        final long previousVersion = newKey ? NONE : version;
        if (newKey) {
            deletedUpTo = 0;
        }
        version = record.version();
        if (version == previousVersion) {
            return false;
        }
        final long stamp = record.stamp();
        final long sequence = RecordDescriptor.sequence(stamp);
        if (sequence < deletedUpTo) {
            return false;
        }
        final int type = RecordDescriptor.type(stamp);
        if (type == RecordType.PUT) {
            return true;
        }
        if (type == RecordType.KEY_DELETE) {
            deletedUpTo = sequence;
        }
        return older.mayHave(record.keyBuffer(), record.keyOffset(), record.keyLength());
    }
}
