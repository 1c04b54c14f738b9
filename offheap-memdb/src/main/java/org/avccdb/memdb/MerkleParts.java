package org.avccdb.memdb;

import org.avccdb.proof.HashRules;
import org.avccdb.proof.MasterHeader;
import org.avccdb.proof.RunSummary;
import org.avccdb.proof.TableSummary;

/**
 * What those who build a tree and those who prove from it share. One thread at a time.
 *
 * @param databaseId of the map, as a database of its own
 * @param rules how to hash
 * @param reader brings records to the heap
 * @param leaves hashes of all records that a tree was built over
 */
@SuppressWarnings("ArrayRecordComponent") // not compared
record MerkleParts(byte[] databaseId, HashRules rules, RecordReader reader, LeafHashes leaves) {
    /** What MASTER binds when there are so many records, numbered from 1: one run, or none. */
    MasterHeader header(final long records) {
        return new MasterHeader(databaseId, 0, HashRules.ARBITRARY_ORDER, records, records == 0 ? 0 : 1);
    }

    /** What RUN binds of a run that has one table. */
    static RunSummary run(final TableSummary table) {
        return new RunSummary(HashRules.MEMTABLE_RUN, 0, 1, table.maxPutVersion());
    }
}
