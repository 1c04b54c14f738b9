package org.avccdb.engine.compaction;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Says whether nothing is being written, as far as those know who ask again and again. Any thread may ask. */
public final class WriteRest implements BooleanSupplier {
    private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(150);

    private final LongSupplier lastSequence;
    private final BooleanSupplier isFlushing;
    private final LongSupplier nanoClock;
    private long seen = -1;
    private long since;

    /**
     * Begins to look.
     *
     * @param lastSequence grows with each write
     * @param isFlushing whether a memtable is on its way to a table, for which writes may wait
     */
    public WriteRest(final LongSupplier lastSequence, final BooleanSupplier isFlushing, final LongSupplier nanoClock) {
        this.lastSequence = lastSequence;
        this.isFlushing = isFlushing;
        this.nanoClock = nanoClock;
    }

    @Override
    public synchronized boolean getAsBoolean() {
        final long now = nanoClock.getAsLong();
        final long sequence = lastSequence.getAsLong();
        if (sequence != seen || isFlushing.getAsBoolean()) {
            seen = sequence;
            since = now;
        }
        return now - since >= REST_NANOS;
    }
}
