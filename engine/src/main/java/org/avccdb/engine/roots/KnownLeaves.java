package org.avccdb.engine.roots;

import org.avccdb.engine.table.HashWork;
import org.avccdb.engine.table.HashWorker;

/**
 * For whoever writes a memtable to a table: hashes of records that roots have been made of need not be made again. Any thread
 * that it was handed to safely may use it.
 *
 * @param records in the order of their sequence numbers
 * @param count how many there were at that time; more may come
 * @param worker takes what is left to hash
 */
record KnownLeaves(HashedRecords records, int count, HashWorker worker) implements HashWorker {
    @Override
    public boolean offer(final HashWork work) {
        return worker.offer(work);
    }

    @Override
    public boolean copyLeaf(final long sequence, final byte[] out, final int outOffset) {
        // Almost always the numbers have no gap.
        final long index = count == 0 ? -1 : sequence - records.sequence(0);
        if (index < 0 || index >= count || records.sequence((int) index) != sequence) {
            return false;
        }
        records.copyLeaf((int) index, out, outOffset);
        return true;
    }
}
