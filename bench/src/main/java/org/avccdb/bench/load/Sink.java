package org.avccdb.bench.load;

/** Takes what was measured of one thread's operations. */
@FunctionalInterface
public interface Sink {
    /**
     * One operation.
     *
     * @param kind which kind
     * @param serviceNanos from when it was begun until it was done
     * @param responseNanos from when it was due until it was done
     * @param records how many records it was about
     */
    void record(int kind, long serviceNanos, long responseNanos, long records);
}
