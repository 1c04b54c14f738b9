package org.avccdb.engine.threading;

import org.agrona.concurrent.Agent;
import org.avccdb.engine.table.HashWork;
import org.avccdb.engine.table.HashWorker;
import org.avccdb.engine.table.LeafHasher;
import org.jctools.queues.varhandle.MpscVarHandleArrayQueue;

/**
 * Hashes for other threads: records that they put into tables, and parts of memtables. Any thread offers work; one thread at a
 * time steps it.
 *
 * <ol>
 *   <li>Nobody depends on it: what it has not begun may be done by the thread that offered it, and what is found done in the
 *       queue is passed over. So it may be late, or end, at any time.
 * </ol>
 */
public final class HashingAgent implements Agent, HashWorker {
    private static final int CAPACITY = 64;

    /** Tens of microseconds: about what the next block of a table takes to be filled. */
    private static final int SPINS = 1_000;

    private final MpscVarHandleArrayQueue<HashWork> queue = new MpscVarHandleArrayQueue<>(CAPACITY);
    private final LeafHasher hasher = new LeafHasher();
    private final Wakeup wakeup = new Wakeup();
    private final int spins;

    /**
     * An agent without work.
     *
     * @param spinning whether to look for the next piece of work for a while, as on a core that nobody else needs
     */
    public HashingAgent(final boolean spinning) {
        this.spins = spinning ? SPINS : 0;
    }

    /** Of the thread that steps it. */
    Wakeup wakeup() {
        return wakeup;
    }

    @Override
    public boolean offer(final HashWork work) {
        if (!queue.offer(work)) {
            return false;
        }
        wakeup.call();
        return true;
    }

    @Override
    public int doWork() {
        HashWork work = queue.poll();
        for (int i = 0; work == null && i < spins; i++) {
            Thread.onSpinWait();
            work = queue.poll();
        }
        if (work == null) {
            return 0;
        }
        work.hashIfNobodyHas(hasher);
        return 1;
    }

    @Override
    public String roleName() {
        return "hashing";
    }
}
