package org.avccdb.bench.load;

/**
 * When operations are due. In an open loop each operation has its time, whatever became of those before it; in a closed one
 * it is due as soon as the one before has returned.
 */
public final class Schedule {
    private static final double NANOS_A_SECOND = 1e9;
    /** A run that reached less of its rate than this did not hold it. */
    private static final double HELD = 0.98;

    private final double rate;
    private final double interval;

    private Schedule(final double rate) {
        this.rate = rate;
        this.interval = rate > 0 ? NANOS_A_SECOND / rate : 0;
    }

    /** As fast as it goes. */
    public static Schedule closedLoop() {
        return new Schedule(0);
    }

    /** So many operations a second, all threads together. */
    public static Schedule openLoop(final double operationsPerSecond) {
        if (!(operationsPerSecond > 0)) {
            throw new IllegalArgumentException("rate " + operationsPerSecond);
        }
        return new Schedule(operationsPerSecond);
    }

    /** Whether operations have times. */
    public boolean isOpen() {
        return rate > 0;
    }

    /** The rate asked for, 0 in a closed loop. */
    public double rate() {
        return rate;
    }

    /** When an operation is due, in nanoseconds after the first one. */
    public long dueNanos(final long operation) {
        return (long) (operation * interval);
    }

    /** Whether so many operations in that time hold the rate; true in a closed loop. */
    public boolean isHeld(final long operations, final long nanos) {
        return !isOpen() || operations / (nanos / NANOS_A_SECOND) >= rate * HELD;
    }
}
