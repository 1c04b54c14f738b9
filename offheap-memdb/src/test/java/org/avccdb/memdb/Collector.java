package org.avccdb.memdb;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Waits for the garbage collector, which need not come when it is asked. */
final class Collector {
    private static final int MOST_TRIES = 5_000;

    private Collector() {}

    /** Until nothing is out any more; fails where that does not come to pass. */
    static void awaitZero(MemoryLedger ledger) throws InterruptedException {
        for (int tried = 0; ledger.totalBytes() != 0 && tried < MOST_TRIES; tried++) {
            System.gc();
            Thread.sleep(10);
        }
        assertEquals(0, ledger.totalBytes(), ledger::toString);
    }
}
