package org.avccdb.memdb;

import org.avccdb.proof.MasterRoot;
import org.avccdb.proof.TableSummary;

/**
 * The records of a list as of one moment as one table of blocks, with its hashes. Records written later are not in it, though
 * they are in the list. Immutable, if nobody changes the array.
 *
 * @param records all of them in order, as the list knows them
 * @param summary what TABLE binds; null where there is no record
 * @param blocks the tree of blocks
 * @param root of a database that is this table alone
 */
@SuppressWarnings("ArrayRecordComponent") // trees are not compared
record RecordTree(int[] records, TableSummary summary, TreeRows blocks, MasterRoot root) {
    /** Few enough that a proof can hash the nodes inside a block anew, so that only those above blocks are kept. */
    static final int BLOCK_RECORDS = 32;

    int count() {
        return records.length;
    }

    /** How many records a block has: all are full but the last. */
    int blockLength(final int block) {
        return Math.min(BLOCK_RECORDS, records.length - block * BLOCK_RECORDS);
    }
}
