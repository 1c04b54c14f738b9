package org.avccdb.bench.workloads;

import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.Snapshot;
import org.avccdb.bench.engines.AvccStore;
import org.avccdb.bench.load.ProofSizes;
import org.avccdb.bench.load.Worker;

/**
 * Makes proofs of latest values of random keys, against the root of one snapshot. Proofs that keys are absent are made behind
 * what is measured, for their sizes.
 */
final class ProveWorker implements Worker {
    private static final int MAX_ABSENT = 1_000;

    private final Task task;
    private final Snapshot snapshot;
    private final UniformKeys numbers;
    private final byte[] key;
    private final UnsafeBuffer keyBuffer;
    private final ProofSizes sizes = new ProofSizes();
    private long made;
    private int length;
    private boolean failed;

    ProveWorker(final Task task, final int thread) {
        this.task = task;
        this.snapshot = ((AvccStore) task.store()).database().snapshot();
        this.numbers = new UniformKeys(task, thread);
        this.key = new byte[task.parameters().keyBytes()];
        this.keyBuffer = new UnsafeBuffer(key);
        snapshot.masterRoot();
    }

    @Override
    public void prepare(final long operation) {
        keepSize("latest value");
        task.keys().write(numbers.applyAsLong(operation), keyBuffer);
    }

    /** Of the proof before this one, so that it is not part of what is measured. */
    private void keepSize(final String kind) {
        if (length > 0) {
            sizes.add(kind, length);
            length = 0;
        }
    }

    @Override
    public long perform() {
        length = snapshot.proveLatest(key).length;
        failed |= length == 0;
        made++;
        return 1;
    }

    @Override
    public void addProofSizes(final ProofSizes all) {
        keepSize("latest value");
        final long absent = Math.min(made, MAX_ABSENT);
        for (long operation = 0; operation < absent; operation++) {
            task.keys().writeMissing(numbers.applyAsLong(operation), keyBuffer);
            length = snapshot.proveLatest(key).length;
            keepSize("absence");
        }
        all.addAll(sizes);
    }

    @Override
    public String complaint() {
        return failed || made == 0 ? "a proof is empty" : null;
    }

    @Override
    public void close() {
        snapshot.close();
    }
}
