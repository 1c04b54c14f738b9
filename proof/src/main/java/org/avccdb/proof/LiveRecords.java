package org.avccdb.proof;

import java.util.ArrayList;
import java.util.List;

/**
 * Which of some records are live: for each key and version the one with the highest sequence number decides, and a
 * key-delete hides all records of its key that are older.
 */
final class LiveRecords {
    private LiveRecords() {}

    /**
     * Merges records of any number of runs.
     *
     * @param records of whole runs, newer runs first; sorted by this call
     * @return the live ones, all of them puts: keys ascend, within a key versions descend
     */
    static List<OpenedLeaf> of(final List<OpenedLeaf> records) {
        records.sort(RecordOrder.LEAVES);
        final List<OpenedLeaf> live = new ArrayList<>();
        byte[] key = null;
        long deletedUpTo = -1;
        long decidedVersion = -1;
        for (final OpenedLeaf record : records) {
            if (key == null || RecordOrder.compareKeys(key, record.key()) != 0) {
                key = record.key();
                deletedUpTo = -1;
                decidedVersion = -1;
            }
            if (record.version() == decidedVersion) {
                continue;
            }
            decidedVersion = record.version();
            if (record.type() == HashRules.KEY_DELETE) {
                deletedUpTo = record.sequence();
            } else if (record.type() == HashRules.PUT && record.sequence() > deletedUpTo) {
                live.add(record);
            }
        }
        return live;
    }
}
