package org.avccdb.engine.roots;

import org.avccdb.engine.keys.RecordType;
import org.avccdb.proof.HashRules;
import org.avccdb.proof.TableSummary;

/** What TABLE binds of the records of a part, as far as their order does not matter. Immutable. */
record PartBounds(long minSequence, long maxSequence, long maxPutVersion, long keyDeletes, long versionDeletes) {
    /** Of the records from one number to another, at least one. */
    static PartBounds of(final HashedRecords records, final int from, final int to) {
        long minSequence = Long.MAX_VALUE;
        long maxSequence = 0;
        long maxPutVersion = 0;
        long keyDeletes = 0;
        long versionDeletes = 0;
        for (int i = from; i < to; i++) {
            minSequence = Math.min(minSequence, records.sequence(i));
            maxSequence = Math.max(maxSequence, records.sequence(i));
            switch (records.type(i)) {
                case RecordType.KEY_DELETE -> keyDeletes++;
                case RecordType.VERSION_DELETE -> versionDeletes++;
                default -> maxPutVersion = Math.max(maxPutVersion, records.version(i));
            }
        }
        return new PartBounds(minSequence, maxSequence, maxPutVersion, keyDeletes, versionDeletes);
    }

    /** Of both together. */
    PartBounds and(final PartBounds other) {
        return new PartBounds(
                Math.min(minSequence, other.minSequence),
                Math.max(maxSequence, other.maxSequence),
                Math.max(maxPutVersion, other.maxPutVersion),
                keyDeletes + other.keyDeletes,
                versionDeletes + other.versionDeletes);
    }

    TableSummary summary(final SortedRecords sorted, final int blocks) {
        final HashedRecords records = sorted.records();
        final int first = sorted.record(0);
        final int last = sorted.record(sorted.count() - 1);
        return new TableSummary(
                HashRules.TABLE_FORMAT,
                sorted.count(),
                blocks,
                records.key(first),
                records.version(first),
                records.sequence(first),
                records.key(last),
                records.version(last),
                records.sequence(last),
                minSequence,
                maxSequence,
                maxPutVersion,
                keyDeletes,
                versionDeletes);
    }
}
