package org.avccdb.engine.writer;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.avccdb.engine.ingest.SpillPool;
import org.avccdb.engine.ingest.Tickets;
import org.avccdb.engine.ingest.Waiter;
import org.avccdb.engine.ingest.Waiting;
import org.avccdb.engine.ingest.WriteRing;
import org.avccdb.engine.ingest.WriteSlot;
import org.jctools.queues.varhandle.MpscUnboundedVarHandleArrayQueue;

/**
 * The writer's role: whoever has it is the one writer. A thread of its own takes it when there is work in the ring; so may a
 * caller that waits for its own write, which saves waking that thread.
 *
 * <p>Any thread may ask for the role ({@link #tryEnter}) and give what it must do with it ({@link #execute}). All else is for
 * who has the role.
 *
 * <ol>
 *   <li>At most one thread has the role. Leaving is a volatile store, entering a compare-and-set: each holder sees all that
 *       the one before did.
 *   <li>Who leaves looks at the ring and at the tasks again, after the store. Who publishes tries to enter or wakes the writer's thread, after
 *       the publication. So nothing is left there with nobody to see it, unless a transaction keeps writes back.
 *   <li>A caller's thread may be interrupted at any moment; what is done with the role must not be cut short by that.
 *   <li>While a transaction is open no write is taken from the ring.
 * </ol>
 */
public final class Writer {
    /** A caller does not go on with others' writes for longer than this when its own is done. */
    private static final int CALLER_ROUNDS = 4;

    /** The same where others wait for syncs, each of which takes as long as many writes. */
    private static final int CALLER_SYNCS = 1;

    private static final int TASK_CHUNK = 32;

    /** How long the writer's own thread looks away while another one has the role. */
    private static final long OTHERS_NANOS = 50_000;

    private final AtomicBoolean taken = new AtomicBoolean();
    private final MpscUnboundedVarHandleArrayQueue<Task> tasks = new MpscUnboundedVarHandleArrayQueue<>(TASK_CHUNK);
    private final WriteRing ring;
    private final SpillPool spills;
    private final Tickets tickets;
    private final Committer committer;
    private final MergeGroup group;
    /** With the role: whether the last group from the ring was synced. */
    private boolean lastSynced;

    private volatile Object exclusive;
    private volatile Thread thread;
    private volatile boolean asleep;

    /** Something to be done with the role, between two groups. */
    private static final class Task {
        private final Runnable work;
        private Throwable failure;
        private volatile boolean done;

        Task(final Runnable work) {
            this.work = work;
        }
    }

    Writer(final WriteRing ring, final SpillPool spills, final Tickets tickets, final Committer committer) {
        this.ring = ring;
        this.spills = spills;
        this.tickets = tickets;
        this.committer = committer;
        this.group = new MergeGroup(ring.size());
    }

    /** Takes the role, if nobody has it. */
    boolean tryEnter() {
        return !taken.getPlain() && taken.compareAndSet(false, true);
    }

    /** Gives the role back and sees to what has come meanwhile. */
    void leave() {
        taken.set(false);
        boolean syncs = false;
        for (int round = 0; hasWork(); round++) {
            if (round >= (syncs ? CALLER_SYNCS : CALLER_ROUNDS)) {
                wake();
                return;
            }
            if (!tryEnter()) {
                return;
            }
            syncs |= drainAndGiveBack();
        }
    }

    /**
     * Whatever happens, somebody else must be able to take the role.
     *
     * @return whether the last group was synced
     */
    private boolean drainAndGiveBack() {
        try {
            drain();
            return lastSynced;
        } finally {
            taken.set(false);
        }
    }

    /** Takes the role, if nobody has it, and carries out what there is. */
    boolean tryDrain() {
        if (!tryEnter()) {
            return false;
        }
        try {
            drain();
        } finally {
            leave();
        }
        return true;
    }

    private boolean hasWork() {
        return !tasks.isEmpty() || (exclusive == null && ring.isPublished(ring.consumed() + 1));
    }

    /** Whether a write may be carried out now, ahead of nothing. */
    boolean isIdle() {
        return exclusive == null && ring.isEmpty();
    }

    /** Carries out a write that never was in the ring. */
    void commitAlone(final WriteSlot slot) {
        group.clear();
        group.add(slot);
        committer.commit(group);
        group.clear();
    }

    /** Carries out what has been handed over by now, and the tasks. What comes meanwhile could keep a caller for ever. */
    private void drain() {
        consume();
        for (Task task = tasks.poll(); task != null; task = tasks.poll()) {
            // What its thread handed over before it.
            consume();
            run(task);
            consume();
        }
    }

    private void consume() {
        final long claimed = ring.claimed();
        long next = ring.consumed() + 1;
        while (next <= claimed && exclusive == null && ring.isPublished(next)) {
            final WriteSlot first = ring.slot(next);
            group.clear();
            group.add(first);
            long last = next;
            while (!first.isAlone() && ring.isPublished(last + 1) && group.mayTake(ring.slot(last + 1))) {
                last++;
                group.add(ring.slot(last));
            }
            committer.commit(group);
            settle(next, last);
            next = last + 1;
        }
    }

    private void settle(final long first, final long last) {
        for (int i = 0; i < group.count(); i++) {
            final WriteSlot slot = group.member(i);
            final Waiter waiter = slot.waiter();
            final RuntimeException refusal = slot.refusal();
            if (refusal != null && waiter == null) {
                tickets.refuse(Tickets.of(first + i), refusal);
            }
            final long sequence = slot.lastSequence();
            slot.release(spills);
            if (waiter != null) {
                if (refusal != null) {
                    waiter.failed(refusal);
                } else {
                    waiter.done(sequence);
                }
            }
        }
        lastSynced = group.isSync();
        group.clear();
        tickets.complete(Tickets.of(last));
        if (lastSynced) {
            tickets.durable(Tickets.of(last));
        }
        ring.consume(last);
    }

    /** Does what there is to do; by the writer's own thread. Returns 0 if there was nothing, or somebody else is at it. */
    int work() {
        if (!hasWork() || !tryEnter()) {
            return 0;
        }
        drainAndGiveBack();
        return 1;
    }

    private static void run(final Task task) {
        try {
            task.work.run();
        } catch (final RuntimeException | Error failure) {
            task.failure = failure;
        } finally {
            task.done = true;
        }
    }

    /** Has something done with the role, after what the calling thread handed over before, and waits for it. */
    void execute(final Runnable work, final Waiting waiting) {
        final Task task = new Task(work);
        tasks.add(task);
        if (!tryDrain()) {
            wake();
        }
        waiting.until(() -> task.done);
        if (task.failure instanceof Error error) {
            throw error;
        }
        if (task.failure instanceof RuntimeException failure) {
            throw failure;
        }
    }

    /** Keeps writes in the ring until {@link #admitAll}; with the role. */
    boolean exclude(final Object owner) {
        if (exclusive != null) {
            return false;
        }
        exclusive = owner;
        return true;
    }

    /** Ends what {@link #exclude} began; with the role. */
    void admitAll(final Object owner) {
        if (exclusive == owner) {
            exclusive = null;
        }
    }

    /** Who keeps writes back, or null. */
    Object exclusiveOwner() {
        return exclusive;
    }

    /** The caller's number that the last batch with one carried; any thread. */
    public long appliedPosition() {
        return committer.appliedPosition();
    }

    Committer committer() {
        return committer;
    }

    /** The writer's own thread says that it is there. */
    void attach(final Thread own) {
        thread = own;
    }

    /** Sleeps until woken, unless there is work; by the writer's own thread. */
    void sleep(final long nanos) {
        asleep = true;
        // Volatile store, then volatile loads: who publishes sees us asleep, or we see what was published.
        if (!hasWork()) {
            LockSupport.parkNanos(this, nanos);
        } else if (taken.get()) {
            // Somebody else is at it, and may be for long; who leaves sees to what is left.
            LockSupport.parkNanos(this, OTHERS_NANOS);
        }
        asleep = false;
    }

    /** Wakes the writer's own thread, if it sleeps. */
    void wake() {
        if (asleep) {
            asleep = false;
            LockSupport.unpark(thread);
        }
    }
}
