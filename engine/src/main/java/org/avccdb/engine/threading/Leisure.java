package org.avccdb.engine.threading;

import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * How long background threads may rest between two pieces of work: where there are more busy threads than cores, whoever wants
 * theirs then has it soon, and not when the scheduler takes it from them.
 *
 * <p>They rest for as long as they have worked, two milliseconds at most, while writes come so slowly that half of the time is
 * enough, and nobody is waiting. Whether it is enough is seen from the memtables of late: how long each took to fill, and how
 * long the background worked meanwhile. Any background thread.
 *
 * <ol>
 *   <li>A background that has more to do than half of the time is enough for is seen to work for half of it even if it rests, and
 *       that is more than it may have worked for going on to rest.
 * </ol>
 */
final class Leisure {
    /** So much of the time in which memtables were filled the background may have worked. */
    private static final double MOST_LOAD = 0.4;
    /** So many memtables decide. */
    private static final int MEMTABLES = 8;
    /** Who wants a core waits for a piece of work anyway; longer rests help nobody. */
    private static final long LONGEST_NANOS = 2_000_000;

    private final LongSupplier rotations;
    private final BooleanSupplier isFlushing;
    private final BooleanSupplier isUrgent;
    private final LongSupplier clock;
    private final long[] worked = new long[MEMTABLES];
    private final long[] took = new long[MEMTABLES];

    private int last;
    private long seen;
    private long since;
    private long workedSince;

    /**
     * Knows of no memtable yet.
     *
     * @param rotations how many memtables have been filled
     * @param isFlushing whether there are memtables that are not in tables
     * @param isUrgent whether somebody waits for the background, or soon will
     * @param clock nanoseconds of a clock that never goes back
     */
    Leisure(
            final LongSupplier rotations,
            final BooleanSupplier isFlushing,
            final BooleanSupplier isUrgent,
            final LongSupplier clock) {
        this.rotations = rotations;
        this.isFlushing = isFlushing;
        this.isUrgent = isUrgent;
        this.clock = clock;
        this.seen = rotations.getAsLong();
        this.since = clock.getAsLong();
    }

    /** How long a thread may rest that has worked so long. */
    synchronized long after(final long nanos) {
        workedSince += nanos;
        final long now = clock.getAsLong();
        final long rotated = rotations.getAsLong() - seen;
        if (rotated > 0) {
            last = (last + 1) % MEMTABLES;
            worked[last] = workedSince / rotated;
            took[last] = (now - since) / rotated;
            seen += rotated;
            since = now;
            workedSince = 0;
        }
        return isEnough() && isInTime(now - since) && !isUrgent.getAsBoolean() ? Math.min(nanos, LONGEST_NANOS) : 0;
    }

    private boolean isEnough() {
        long work = 0;
        long time = 0;
        for (int i = 0; i < MEMTABLES; i++) {
            work += worked[i];
            time += took[i];
        }
        return work < MOST_LOAD * time;
    }

    /** A memtable that is in no table when the next is half full is late; where that takes far too long, nobody writes. */
    private boolean isInTime(final long sinceLast) {
        final long usual = took[last];
        return sinceLast < (isFlushing.getAsBoolean() ? usual / 2 : 2 * usual);
    }
}
