package org.avccdb.bench.load;

import java.util.concurrent.locks.LockSupport;

/** Time, in nanoseconds from an arbitrary point. */
public interface Clock {
    /** The machine's. Sleeps while there is time, and spins through the last moments. */
    Clock SYSTEM = new Clock() {
        private static final long SPIN_NANOS = 100_000;

        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public void waitUntil(final long deadline) {
            for (long left = deadline - nanos(); left > 0; left = deadline - nanos()) {
                if (left > SPIN_NANOS) {
                    LockSupport.parkNanos(left - SPIN_NANOS);
                } else {
                    Thread.onSpinWait();
                }
            }
        }
    };

    /** Now. */
    long nanos();

    /** Returns when it is that time, at once if it is later. */
    void waitUntil(long deadline);
}
