package org.avccdb.bench.load;

/** What one thread does again and again. */
public interface Worker extends AutoCloseable {
    /** Makes ready for an operation; not measured. */
    void prepare(long operation);

    /** Does what was made ready; returns how many records it was about. */
    long perform();

    /** Which of the workload's kinds of operation it was, counted from 0. */
    default int kind() {
        return 0;
    }

    /** Called once behind the last operation, inside the measured time: waits for what is still on its way. */
    default void finish() {}

    /** What was wrong with the answers, or null. */
    default String complaint() {
        return null;
    }

    /** Adds the sizes of proofs that it has made. Called once behind everything else, outside of the measured time. */
    default void addProofSizes(final ProofSizes sizes) {}

    @Override
    void close();
}
