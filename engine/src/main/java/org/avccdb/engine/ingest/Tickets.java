package org.avccdb.engine.ingest;

import java.lang.invoke.VarHandle;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.LockSupport;
import org.jctools.queues.varhandle.MpmcVarHandleArrayQueue;

/**
 * What became of the writes that were handed over: the number of a write in the merge queue, plus one, is its ticket.
 *
 * <p>Any thread waits. Whoever has the writer's role reports, in the order of the tickets.
 *
 * <ol>
 *   <li>Refusals are recorded before {@code completed} passes their tickets.
 *   <li>A waiting thread enters the queue and then looks at {@code completed}; the writer stores {@code completed}, then looks
 *       at the queue, with a full fence between both on both sides: nobody sleeps for ever. Who finds no room in the queue
 *       looks again after a short while.
 *   <li>Who does not sleep after all leaves its place in the queue to be taken by the next wake-up, which does it no harm.
 *   <li>Adjoining tickets that were refused for the same reason take one entry together.
 * </ol>
 */
public final class Tickets {
    /** A net only: who sleeps is woken. */
    private static final long LONGEST_SLEEP_NANOS = 50_000_000;

    private static final long SHORT_SLEEP_NANOS = 200_000;

    private static final int MAX_SLEEPERS = 256;

    private final MpmcVarHandleArrayQueue<Thread> sleepers = new MpmcVarHandleArrayQueue<>(MAX_SLEEPERS);
    /** By the last ticket of a range. */
    private final ConcurrentSkipListMap<Long, Refused> refused = new ConcurrentSkipListMap<>();

    private volatile long completed;
    private volatile long durable;

    private record Refused(long first, long last, RuntimeException why) {}

    /** The ticket of a slot. */
    public static long of(final long slotNumber) {
        return slotNumber + 1;
    }

    /** A write was refused; reported before its completion. */
    public void refuse(final long ticket, final RuntimeException why) {
        final Map.Entry<Long, Refused> before = refused.lastEntry();
        if (before != null
                && before.getKey() == ticket - 1
                && before.getValue().why().getClass() == why.getClass()) {
            final Refused range = before.getValue();
            refused.put(ticket, new Refused(range.first(), ticket, range.why()));
            refused.remove(before.getKey());
        } else {
            refused.put(ticket, new Refused(ticket, ticket, why));
        }
    }

    /** All writes up to this ticket have come to their end. */
    public void complete(final long ticket) {
        completed = ticket;
        VarHandle.fullFence();
        wake();
    }

    /** All writes up to this ticket that were carried out are on disk. */
    public void durable(final long ticket) {
        durable = ticket;
    }

    /** The last ticket that has come to its end. */
    public long completed() {
        return completed;
    }

    /** The last ticket that is on disk. */
    public long durable() {
        return durable;
    }

    private void wake() {
        // Those who are woken too early come back at once: they are for the next time.
        for (int left = sleepers.size(); left > 0; left--) {
            final Thread sleeper = sleepers.poll();
            if (sleeper != null) {
                LockSupport.unpark(sleeper);
            }
        }
    }

    /** Why a completed write was refused, or null. */
    public RuntimeException refusal(final long ticket) {
        final Map.Entry<Long, Refused> range = refused.isEmpty() ? null : refused.ceilingEntry(ticket);
        return range != null && range.getValue().first() <= ticket
                ? range.getValue().why()
                : null;
    }

    /** Waits until a write has come to its end. An interrupt does not end the waiting, and is kept. */
    public void await(final long ticket, final Waiting waiting) {
        boolean interrupted = false;
        for (int i = 0; completed < ticket; i++) {
            if (waiting.help()) {
                continue;
            }
            if (i < Waiting.SPINS) {
                Thread.onSpinWait();
                continue;
            }
            interrupted |= Thread.interrupted();
            final boolean isToBeWoken = sleepers.offer(Thread.currentThread());
            VarHandle.fullFence();
            if (completed < ticket) {
                LockSupport.parkNanos(this, isToBeWoken ? LONGEST_SLEEP_NANOS : SHORT_SLEEP_NANOS);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
