package org.avccdb.memdb;

import java.util.concurrent.locks.LockSupport;

/** Waiting, where it is rare and short, and where whoever is waited for may need the core. */
final class Pause {
    private static final long NANOS = 20_000;

    private Pause() {}

    /** Keeps the interrupt flag, and returns at once where it is set. */
    static void aMoment() {
        LockSupport.parkNanos(NANOS);
    }
}
