package org.avccdb.engine.table;

import org.agrona.DirectBuffer;
import org.avccdb.memdb.MemoryLedger;

/**
 * Hashes a table while it is being written, without a second pass over its records; then the next one, if there is one. One
 * thread uses it; the batches that it hands over are hashed by another one, if that has time, else by this one: so its queue
 * is bounded, and nobody waits for more than the batch that is being hashed. What grows with the table is off the heap, and
 * given back by {@link #free}.
 */
final class TableHashing {
    /** Batches on their way when there is somebody to hand them to. */
    private static final int BATCHES = 16;

    private static final int FIRST_BLOCKS = 64;

    private final LeafHasher hasher = new LeafHasher();
    private final LeafBatch[] batches = new LeafBatch[BATCHES];
    private HashWorker worker;
    /** How many of the batches are used. */
    private int ring;

    private int filling;
    private int oldest;
    private final HashList row;
    /** For each data block the index of its first hash block. */
    private final ScratchBuffer firsts;

    private int dataBlocks;
    private int hashBlocks;

    TableHashing(final MemoryLedger ledger) {
        row = new HashList(ledger);
        firsts = new ScratchBuffer(ledger);
    }

    /** Begins a table; the one before has been finished, so that no batch is on its way. */
    void begin(final HashWorker hashWorker) {
        worker = hashWorker;
        for (final LeafBatch batch : batches) {
            if (batch != null) {
                batch.shrink();
            }
        }
        ring = worker == HashWorker.NONE ? 1 : BATCHES;
        filling = 0;
        oldest = 0;
        row.clear();
        dataBlocks = 0;
        hashBlocks = 0;
    }

    private LeafBatch filling() {
        if (batches[filling] == null) {
            batches[filling] = new LeafBatch();
        }
        return batches[filling];
    }

    /** Gives back what is off the heap; another table may begin all the same. */
    void free() {
        row.free();
        firsts.free();
    }

    /** The next record; what is passed is valid for the length of the call. */
    void onRecord(
            final DirectBuffer key,
            final int keyOffset,
            final int keyLength,
            final long version,
            final long stamp,
            final DirectBuffer value,
            final int valueOffset,
            final int valueLength) {
        final LeafBatch batch = filling();
        if (!batch.addKnown(worker, stamp)) {
            batch.add(hasher, key, keyOffset, keyLength, version, stamp, value, valueOffset, valueLength);
        }
    }

    /** The records since the last call are a block. */
    void onBlockEnd() {
        final LeafBatch batch = filling();
        final int at = dataBlocks * Integer.BYTES;
        firsts.ensure(Math.max(at + Integer.BYTES, FIRST_BLOCKS * Integer.BYTES), at);
        firsts.buffer().putInt(at, hashBlocks);
        dataBlocks++;
        hashBlocks += HashBlocks.count(batch.count());
        batch.offered();
        if (!worker.offer(batch)) {
            batch.hashIfNobodyHas(hasher);
        }
        filling = (filling + 1) % ring;
        if (filling == oldest) {
            collect();
        }
    }

    /** Takes the hashes of the oldest batch, which is empty then. */
    private void collect() {
        final LeafBatch batch = batches[oldest];
        batch.hashIfNobodyHas(hasher);
        while (!batch.isHashed()) {
            Thread.onSpinWait();
            batch.hashIfNobodyHas(hasher);
        }
        row.add(batch.blocks(), HashBlocks.count(batch.count()));
        batch.clear();
        oldest = (oldest + 1) % ring;
    }

    /** Ends the table; what it has is in the result, until it is freed or another one begins. */
    HashRows finish() {
        while (oldest != filling) {
            collect();
        }
        // It may know the hashes of a whole memtable, which are not to wait here for the next table.
        worker = HashWorker.NONE;
        return new HashRows(hasher, row, firsts.buffer(), dataBlocks);
    }
}
