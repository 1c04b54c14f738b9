package org.avccdb.engine.writer;

import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.engine.ingest.SpillPool;
import org.avccdb.engine.ingest.Tickets;
import org.avccdb.engine.ingest.Waiter;
import org.avccdb.engine.ingest.Waiting;
import org.avccdb.engine.ingest.WriteRing;
import org.avccdb.engine.ingest.WriteSlot;
import org.avccdb.engine.keys.EntryDescriptor;
import org.avccdb.engine.memtable.Progress;
import org.avccdb.memdb.MemoryLedger;
import org.avccdb.memdb.MemoryPurpose;

/**
 * Where callers' threads hand their writes over, and wait for them. Arguments have been checked.
 *
 * <p>Any thread, or a single one where the database was opened for a single producer.
 *
 * <ol>
 *   <li>A caller that finds nothing queued and nobody writing writes itself, in place, without passing the ring. Otherwise the
 *       ring is what puts writes in order, so a thread's writes keep theirs.
 *   <li>A claimed slot is always published, if need be empty.
 *   <li>Between the publication of a slot and the look at whether somebody will see it stands a full fence.
 *   <li>The slot of the role is touched with the role only.
 * </ol>
 */
public final class WriteFront implements AutoCloseable {
    private static final int OWN_BYTES = 64 << 10;

    /** Reading the clock twice takes a twentieth of the time of a write, so one write in sixteen is measured. */
    private static final int MEASURED_MASK = 15;

    private final WriteRing ring;
    private final SpillPool spills;
    private final Tickets tickets;
    private final Writer writer;
    private final FailureLatch latch;
    private final Waiting waiting;
    private final MemoryLedger ledger;
    private final boolean singleProducer;
    private final WriterObserver observer;
    private final LongSupplier clock;
    private final AtomicReference<Thread> producer = new AtomicReference<>();
    private final ByteBuffer ownMemory;
    /** Of whoever has the role, for writes that do not pass the ring. */
    private final WriteSlot own;

    /** A race: it decides only which writes are measured. */
    private int calls;

    WriteFront(
            final WriteRing ring,
            final SpillPool spills,
            final Tickets tickets,
            final Writer writer,
            final FailureLatch latch,
            final Waiting waiting,
            final MemoryLedger ledger,
            final WriterObserver observer,
            final LongSupplier clock,
            final boolean singleProducer) {
        this.observer = observer;
        this.clock = clock;
        this.ring = ring;
        this.spills = spills;
        this.tickets = tickets;
        this.writer = writer;
        this.latch = latch;
        this.waiting = waiting;
        this.ledger = ledger;
        this.singleProducer = singleProducer;
        ledger.reserve(OWN_BYTES, MemoryPurpose.WRITE_QUEUE);
        this.ownMemory = ByteBuffer.allocateDirect(OWN_BYTES);
        this.own = new WriteSlot(new UnsafeBuffer(ownMemory), 0, OWN_BYTES);
    }

    /** Writes one record and returns its sequence number. */
    public long write(
            final int type,
            final DirectBuffer key,
            final int keyOffset,
            final int keyLength,
            final long version,
            final DirectBuffer value,
            final int valueOffset,
            final int valueLength,
            final boolean sync,
            final boolean alone) {
        requireProducer();
        final boolean measured = sync || isMeasured();
        final long begin = measured ? clock.getAsLong() : 0;
        final long sequence =
                writeNow(type, key, keyOffset, keyLength, version, value, valueOffset, valueLength, sync, alone);
        if (measured) {
            report(clock.getAsLong() - begin, sync);
        }
        return sequence;
    }

    /** One in some writes; threads that count at the same time measure a little more or less often. */
    private boolean isMeasured() {
        return (++calls & MEASURED_MASK) == 0;
    }

    private void report(final long nanos, final boolean sync) {
        if (sync) {
            observer.syncWait(nanos);
        } else {
            observer.put(nanos);
        }
    }

    private long writeNow(
            final int type,
            final DirectBuffer key,
            final int keyOffset,
            final int keyLength,
            final long version,
            final DirectBuffer value,
            final int valueOffset,
            final int valueLength,
            final boolean sync,
            final boolean alone) {
        final long bytes = EntryDescriptor.length(keyLength, valueLength);
        if (own.fitsInline(bytes) && writer.tryEnter()) {
            try {
                if (writer.isIdle()) {
                    own.encode(null, type, key, keyOffset, keyLength, version, value, valueOffset, valueLength);
                    return commitOwn(sync);
                }
            } finally {
                writer.leave();
            }
        }
        final Waiter waiter = Waiter.ofThread();
        enqueue(type, key, keyOffset, keyLength, version, value, valueOffset, valueLength, sync, alone, waiter);
        return await(waiter, sync);
    }

    /** Writes several entries, which stay as they are until this returns. */
    public long write(
            final DirectBuffer content,
            final int bytes,
            final int entries,
            final int records,
            final boolean sync,
            final boolean alone) {
        requireProducer();
        final long begin = clock.getAsLong();
        final long sequence = writeNow(content, bytes, entries, records, sync, alone);
        report(clock.getAsLong() - begin, sync);
        return sequence;
    }

    private long writeNow(
            final DirectBuffer content,
            final int bytes,
            final int entries,
            final int records,
            final boolean sync,
            final boolean alone) {
        if (writer.tryEnter()) {
            try {
                if (writer.isIdle()) {
                    own.refer(content, bytes, entries, records);
                    return commitOwn(sync);
                }
            } finally {
                writer.leave();
            }
        }
        final Waiter waiter = Waiter.ofThread();
        final long number = claim();
        final WriteSlot slot = ring.slot(number);
        waiter.begin();
        slot.refer(content, bytes, entries, records);
        slot.ask(sync, alone, waiter);
        publish(number, sync);
        return await(waiter, sync);
    }

    private long commitOwn(final boolean sync) {
        own.ask(sync, false, null);
        writer.commitAlone(own);
        final RuntimeException refusal = own.refusal();
        final long sequence = own.lastSequence();
        own.release(spills);
        if (refusal != null) {
            throw refusal;
        }
        return sequence;
    }

    /** Hands one record over and returns its ticket. */
    public long submit(
            final int type,
            final DirectBuffer key,
            final int keyOffset,
            final int keyLength,
            final long version,
            final DirectBuffer value,
            final int valueOffset,
            final int valueLength,
            final boolean sync,
            final boolean alone) {
        requireProducer();
        return Tickets.of(
                enqueue(type, key, keyOffset, keyLength, version, value, valueOffset, valueLength, sync, alone, null));
    }

    /** Hands a copy of several entries over and returns their ticket. */
    public long submit(
            final DirectBuffer content,
            final int bytes,
            final int entries,
            final int records,
            final boolean sync,
            final boolean alone) {
        requireProducer();
        final SpillPool.Spill spill = inline(bytes) ? null : takeSpill(bytes);
        final long number = claim();
        final WriteSlot slot = ring.slot(number);
        boolean encoded = false;
        try {
            slot.encode(spill, content, bytes, entries, records);
            slot.ask(sync, alone, null);
            encoded = true;
        } finally {
            finish(number, slot, spill, encoded, true);
        }
        return Tickets.of(number);
    }

    private long enqueue(
            final int type,
            final DirectBuffer key,
            final int keyOffset,
            final int keyLength,
            final long version,
            final DirectBuffer value,
            final int valueOffset,
            final int valueLength,
            final boolean sync,
            final boolean alone,
            final Waiter waiter) {
        final long bytes = EntryDescriptor.length(keyLength, valueLength);
        final SpillPool.Spill spill = inline(bytes) ? null : takeSpill((int) bytes);
        final long number = claim();
        final WriteSlot slot = ring.slot(number);
        boolean encoded = false;
        try {
            slot.encode(spill, type, key, keyOffset, keyLength, version, value, valueOffset, valueLength);
            if (waiter != null) {
                waiter.begin();
            }
            slot.ask(sync, alone, waiter);
            encoded = true;
        } finally {
            finish(number, slot, spill, encoded, sync || waiter == null);
        }
        return number;
    }

    private void finish(
            final long number,
            final WriteSlot slot,
            final SpillPool.Spill spill,
            final boolean encoded,
            final boolean waking) {
        if (!encoded) {
            slot.clear();
            if (spill != null) {
                spills.give(spill);
            }
        }
        // Who could not fill a slot does not wait for it either.
        publish(number, waking || !encoded);
    }

    private boolean inline(final long bytes) {
        return bytes <= WriteRing.INLINE_BYTES;
    }

    /**
     * Publishes a slot. Who waits for a write that is not synced carries it out, or finds that somebody has the role, who looks
     * at the ring before leaving: no thread need be woken for that. For a sync that thread is woken too: who comes first makes it.
     */
    private void publish(final long number, final boolean waking) {
        ring.publish(number);
        // Before a look at who has the role, or sleeps.
        VarHandle.fullFence();
        if (waking) {
            writer.wake();
        }
    }

    private long claim() {
        long number = ring.tryClaim();
        if (number != WriteRing.FULL) {
            return number;
        }
        while (number == WriteRing.FULL) {
            makeProgress();
            number = ring.tryClaim();
        }
        return number;
    }

    private SpillPool.Spill takeSpill(final int bytes) {
        SpillPool.Spill spill = spills.take(bytes);
        while (spill == null) {
            makeProgress();
            spill = spills.take(bytes);
        }
        return spill;
    }

    /** Where there is no room: writes what is queued, or waits a moment for who does. */
    private void makeProgress() {
        writer.tryDrain();
        if (!waiting.help()) {
            writer.wake();
            waiting.aMoment();
        }
    }

    private long await(final Waiter waiter, final boolean sync) {
        // A sync takes far longer than a thread may spin.
        final int spins = sync ? Waiting.SYNC_SPINS : Waiting.SPINS;
        boolean interrupted = false;
        for (int i = 0; !waiter.isSettled(); i++) {
            writer.tryDrain();
            if (waiting.help() || waiter.isSettled()) {
                continue;
            }
            if (i < spins) {
                Thread.onSpinWait();
                continue;
            }
            interrupted |= Thread.interrupted();
            waiter.park();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return waiter.outcome();
    }

    /** Waits until a submitted write has come to its end; throws why it was not carried out. */
    public void await(final long ticket) {
        requireHandedOut(ticket);
        tickets.await(ticket, waiting);
        final RuntimeException refusal = tickets.refusal(ticket);
        if (refusal != null) {
            throw refusal;
        }
    }

    /** Waits until a submitted write is on disk. */
    public void awaitDurable(final long ticket) {
        await(ticket);
        if (tickets.durable() < ticket) {
            writer.execute(() -> syncFor(ticket), waiting);
        }
    }

    private void syncFor(final long ticket) {
        if (tickets.durable() >= ticket) {
            return;
        }
        latch.check();
        try {
            writer.committer().sync();
        } catch (final RuntimeException | Error failure) {
            writer.committer().latch(failure);
            throw latch.refusal();
        }
        tickets.durable(tickets.completed());
    }

    /** Whether a submitted write has not come to its end. */
    public boolean isPending(final long ticket) {
        requireHandedOut(ticket);
        return tickets.completed() < ticket;
    }

    private void requireHandedOut(final long ticket) {
        if (ticket < 1 || ticket > Tickets.of(ring.claimed())) {
            throw new IllegalArgumentException("no write has the ticket " + ticket);
        }
    }

    private void requireProducer() {
        if (singleProducer) {
            final Thread me = Thread.currentThread();
            if (producer.get() != me && !producer.compareAndSet(null, me)) {
                throw new IllegalStateException("the database was opened with producerType SINGLE, and "
                        + producer.get().getName() + " is the thread that writes, not " + me.getName());
            }
        }
    }

    /** Returns when everything that was handed over before has been carried out, as far as no transaction keeps it back. */
    public void drain() {
        final long last = ring.claimed();
        waiting.until(() -> isCarriedOut(last));
    }

    /** A slot that another thread has claimed and not filled yet holds up those behind it, which have been handed over. */
    private boolean isCarriedOut(final long last) {
        execute(() -> {});
        return ring.consumed() >= last || writer.exclusiveOwner() != null;
    }

    /** The last write that has been handed over by now, or is about to be. */
    public long lastHandedOver() {
        return ring.claimed();
    }

    /** Has something done between two groups, by whoever has the role, and waits for it. */
    public void execute(final Runnable work) {
        writer.execute(work, waiting);
    }

    /** Freezes the active memtable, if there is anything in it; returns how many were frozen so far. */
    public long rotate() {
        drain();
        final long[] rotations = new long[1];
        execute(() -> rotations[0] = writer.committer().rotateIfUsed());
        return rotations[0];
    }

    /**
     * Keeps all other writes back for a transaction; false if there is one already, or if what goes before it has not been
     * carried out.
     *
     * @param after {@link #lastHandedOver} when the transaction was asked for: a thread's writes keep their order
     */
    public boolean exclude(final Object owner, final long after) {
        requireProducer();
        if (writer.exclusiveOwner() != null) {
            return false;
        }
        final boolean[] excluded = new boolean[1];
        execute(() -> excluded[0] = ring.consumed() >= after && writer.exclude(owner));
        return excluded[0];
    }

    /** Lets other writes go on. */
    public void admitAll(final Object owner) {
        execute(() -> writer.admitAll(owner));
    }

    /** Carries out what a transaction has written, as one group; synced. */
    public long commit(
            final Object owner, final DirectBuffer content, final int bytes, final int entries, final int records) {
        final WriteSlot slot = new WriteSlot(new UnsafeBuffer(0, 0), 0, 0);
        slot.refer(content, bytes, entries, records);
        slot.ask(true, true, null);
        execute(() -> {
            writer.commitAlone(slot);
            writer.admitAll(owner);
        });
        if (slot.refusal() != null) {
            throw slot.refusal();
        }
        return slot.lastSequence();
    }

    /** Goes on behind what a transaction has put into tables, which the installation makes part of the database. */
    public void commit(final Object owner, final Progress reached, final Runnable installation) {
        execute(() -> {
            try {
                installation.run();
                writer.committer().advance(reached);
            } finally {
                writer.admitAll(owner);
            }
        });
    }

    /** Where the writes have come to; only while a transaction keeps others back. */
    public Progress progress() {
        final Progress[] reached = new Progress[1];
        execute(() -> reached[0] = writer.committer().progress());
        return reached[0];
    }

    /** How many writes are queued. */
    public int queued() {
        return (int) (ring.claimed() - ring.consumed());
    }

    /** Frees the memory. No thread may be inside, and none may come. */
    @Override
    public void close() {
        ledger.release(OWN_BYTES, MemoryPurpose.WRITE_QUEUE);
        BufferUtil.free(ownMemory);
        spills.close();
        ring.close();
    }
}
