package org.avccdb.engine.ingest;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * What a thread does while it waits for the work of another one: nothing, where that has a thread; that work itself, where
 * all is stepped by whoever calls. Any thread may call it.
 */
@FunctionalInterface
public interface Waiting {
    /** Where agents have their own threads. */
    Waiting FOR_THREADS = () -> false;

    /** Before a waiting thread gives up its core. A pause is some tens of nanoseconds. */
    int SPINS = 200;

    /** The same for a thread that waits for a sync, which takes far longer than anybody may spin. */
    int SYNC_SPINS = 2;

    /** Longest sleep between two looks at a condition that nobody announces. */
    long LONGEST_PARK_NANOS = 200_000;

    /** Sleep of a thread that finds no room. */
    long SHORT_PARK_NANOS = 2_000;

    /** Does a step of other agents' work; false where they have threads of their own. */
    boolean help();

    /** Lets others have the core for a moment. */
    default void aMoment() {
        final boolean interrupted = Thread.interrupted();
        LockSupport.parkNanos(this, SHORT_PARK_NANOS);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for a condition that nobody announces; for rare occasions. An interrupt does not end it and is kept. */
    default void until(final BooleanSupplier condition) {
        boolean interrupted = false;
        long nanos = 1_000;
        for (int i = 0; !condition.getAsBoolean(); i++) {
            if (help()) {
                continue;
            }
            if (i < SPINS) {
                Thread.onSpinWait();
                continue;
            }
            // With the flag set a park returns at once.
            interrupted |= Thread.interrupted();
            LockSupport.parkNanos(this, nanos);
            nanos = Math.min(nanos * 2, LONGEST_PARK_NANOS);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
