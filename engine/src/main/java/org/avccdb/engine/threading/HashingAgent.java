package org.avccdb.engine.threading;

import org.agrona.concurrent.Agent;
import org.avccdb.engine.table.HashWorker;
import org.avccdb.engine.table.LeafBatch;
import org.avccdb.engine.table.LeafHasher;
import org.jctools.queues.varhandle.MpscVarHandleArrayQueue;

/**
 * Hashes records that other threads put into tables. Any thread offers batches; one thread at a time steps it.
 *
 * <ol>
 *   <li>Nobody depends on it: a batch that it has not begun may be hashed by the thread that offered it, and what is found in the
 *       queue after that is passed over. So it may be late, or end, at any time.
 * </ol>
 */
public final class HashingAgent implements Agent, HashWorker {
    private static final int CAPACITY = 64;

    /** Tens of microseconds: about what the next block takes to be filled. */
    private static final int SPINS = 1_000;

    private final MpscVarHandleArrayQueue<LeafBatch> batches = new MpscVarHandleArrayQueue<>(CAPACITY);
    private final LeafHasher hasher = new LeafHasher();
    private final Wakeup wakeup = new Wakeup();
    private final int spins;

    /**
     * @param ownThread whether the thread that steps it has nothing else to do, and may look for the next batch for a while
     */
    public HashingAgent(final boolean ownThread) {
        this.spins = ownThread ? SPINS : 0;
    }

    Wakeup wakeup() {
        return wakeup;
    }

    @Override
    public boolean offer(final LeafBatch batch) {
        if (!batches.offer(batch)) {
            return false;
        }
        wakeup.call();
        return true;
    }

    @Override
    public int doWork() {
        LeafBatch batch = batches.poll();
        for (int i = 0; batch == null && i < spins; i++) {
            Thread.onSpinWait();
            batch = batches.poll();
        }
        if (batch == null) {
            return 0;
        }
        batch.hashIfNobodyHas(hasher);
        return 1;
    }

    @Override
    public String roleName() {
        return "hashing";
    }
}
