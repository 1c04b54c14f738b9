package org.avccdb.bench.load;

import java.util.function.LongUnaryOperator;

/**
 * When operations are due. In an open loop each operation has its time, whatever became of those before it; in a closed one
 * it is due as soon as the one before has returned.
 */
public final class Schedule {
    private static final double NANOS_A_SECOND = 1e9;
    /** A run that reached less of its rate than this did not hold it. */
    private static final double HELD = 0.98;

    private final double rate;
    private final LongUnaryOperator due;

    private Schedule(final double rate, final LongUnaryOperator due) {
        this.rate = rate;
        this.due = due;
    }

    /** As fast as it goes. */
    public static Schedule closedLoop() {
        return new Schedule(0, null);
    }

    /** So many operations a second, all threads together. */
    public static Schedule openLoop(final double operationsPerSecond) {
        if (!(operationsPerSecond > 0)) {
            throw new IllegalArgumentException("rate " + operationsPerSecond);
        }
        final double interval = NANOS_A_SECOND / operationsPerSecond;
        return new Schedule(operationsPerSecond, operation -> (long) (operation * interval));
    }

    /** Operations at any times, in nanoseconds after the first one. Each is asked for when it was made ready. */
    public static Schedule timed(final LongUnaryOperator due) {
        return new Schedule(0, due);
    }

    /** Whether operations have times. */
    public boolean isOpen() {
        return due != null;
    }

    /** The rate asked for, 0 where there is none. */
    public double rate() {
        return rate;
    }

    /** When an operation is due, in nanoseconds after the first one. */
    public long dueNanos(final long operation) {
        return due.applyAsLong(operation);
    }

    /** Whether so many operations in that time hold the rate; true where there is none. */
    public boolean isHeld(final long operations, final long nanos) {
        return rate == 0 || operations / (nanos / NANOS_A_SECOND) >= rate * HELD;
    }
}
