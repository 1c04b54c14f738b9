package org.avccdb.engine.writer;

import java.util.function.LongSupplier;
import org.avccdb.Options;
import org.avccdb.ProducerType;
import org.avccdb.engine.ingest.SpillPool;
import org.avccdb.engine.ingest.Tickets;
import org.avccdb.engine.ingest.Waiting;
import org.avccdb.engine.ingest.WriteRing;
import org.avccdb.engine.journal.Journal;
import org.avccdb.engine.memtable.Progress;
import org.avccdb.engine.read.Views;
import org.avccdb.memdb.MemoryLedger;

/**
 * The way of a write, put together.
 *
 * @param front where callers hand writes over
 * @param writer the role of the one writer
 */
public record WriterParts(WriteFront front, Writer writer) {
    /** Spilled writes may take so many write buffers, or this much, whichever is more. */
    private static final int SPILL_BUFFERS = 2;

    private static final long LEAST_SPILL_BYTES = 32L << 20;

    /** Puts it together. */
    public static WriterParts of(
            final Options options,
            final Journal journal,
            final LiveRuns runs,
            final Views views,
            final Supplies supplies,
            final FailureLatch latch,
            final Hindrances hindrances,
            final WriterObserver observer,
            final Waiting waiting,
            final LongSupplier clock,
            final LongSupplier seeds,
            final MemoryLedger ledger,
            final Progress start) {
        final Committer committer = new Committer(
                new Committer.Parts(journal, runs, views, supplies, latch, observer, clock, seeds),
                new BackPressure(options, runs, hindrances, waiting, clock, observer),
                options.maxFrozenMemtables(),
                options.versionOrder(),
                start);
        final boolean single = options.producerType() == ProducerType.SINGLE;
        final WriteRing ring = new WriteRing(options.ringSlots(), single, ledger);
        final SpillPool spills =
                new SpillPool(ledger, Math.max(LEAST_SPILL_BYTES, (long) SPILL_BUFFERS * options.writeBufferBytes()));
        final Tickets tickets = new Tickets();
        final Writer writer = new Writer(ring, spills, tickets, committer);
        return new WriterParts(
                new WriteFront(ring, spills, tickets, writer, latch, waiting, ledger, observer, clock, single), writer);
    }
}
