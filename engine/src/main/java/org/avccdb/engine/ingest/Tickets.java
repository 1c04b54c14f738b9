package org.avccdb.engine.ingest;

import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * What became of the writes that were handed over: the number of a write in the merge queue, plus one, is its ticket.
 *
 * <p>Any thread waits. Whoever has the writer's role reports, in the order of the tickets.
 *
 * <ol>
 *   <li>Refusals are recorded before {@code completed} passes their tickets.
 *   <li>A waiting thread enters the queue and then looks at {@code completed}; the writer stores {@code completed}, then looks
 *       at the queue, with a full fence between both on both sides: nobody sleeps for ever.
 *   <li>Adjoining tickets that were refused for the same reason take one entry together.
 * </ol>
 */
public final class Tickets {
    /** A net only: who sleeps is woken. */
    private static final long LONGEST_SLEEP_NANOS = 50_000_000;

    private final ConcurrentLinkedQueue<Thread> sleepers = new ConcurrentLinkedQueue<>();
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
        wake();
    }

    /** All writes up to this ticket that were carried out are on disk. */
    public void durable(final long ticket) {
        durable = ticket;
        wake();
    }

    /** The last ticket that has come to its end. */
    public long completed() {
        return completed;
    }

    /** The last ticket that is on disk. */
    public long durable() {
        return durable;
    }

    /** Wakes all who wait, to look again. */
    public void wake() {
        for (Thread sleeper = sleepers.poll(); sleeper != null; sleeper = sleepers.poll()) {
            LockSupport.unpark(sleeper);
        }
    }

    /** Why a completed write was refused, or null. */
    public RuntimeException refusal(final long ticket) {
        final Map.Entry<Long, Refused> range = refused.isEmpty() ? null : refused.ceilingEntry(ticket);
        return range != null && range.getValue().first() <= ticket
                ? range.getValue().why()
                : null;
    }

    /** Waits until a counter of this object has reached a ticket. An interrupt does not end it, and is kept. */
    public void await(final long ticket, final LongSupplier counter, final Waiting waiting) {
        boolean interrupted = false;
        for (int i = 0; counter.getAsLong() < ticket; i++) {
            if (waiting.help()) {
                continue;
            }
            if (i < Waiting.SPINS) {
                Thread.onSpinWait();
                continue;
            }
            interrupted |= Thread.interrupted();
            final Thread me = Thread.currentThread();
            sleepers.add(me);
            if (counter.getAsLong() < ticket) {
                LockSupport.parkNanos(this, LONGEST_SLEEP_NANOS);
            }
            sleepers.remove(me);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
