package org.avccdb.engine.read;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waiting, where it is rare, and where whoever is waited for may need the core. */
final class Waiting {
    private static final long SHORTEST_NANOS = 20_000;
    private static final long LONGEST_NANOS = 1_000_000;

    private Waiting() {}

    /** Returns when this holds; an interrupt does not cut it short, and is kept. */
    static void until(final BooleanSupplier holds) {
        boolean interrupted = false;
        long nanos = SHORTEST_NANOS;
        while (!holds.getAsBoolean()) {
            LockSupport.parkNanos(nanos);
            nanos = Math.min(2 * nanos, LONGEST_NANOS);
            // A set flag would turn parking into spinning.
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
