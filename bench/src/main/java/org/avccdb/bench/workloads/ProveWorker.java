package org.avccdb.bench.workloads;

import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.Snapshot;
import org.avccdb.bench.engines.AvccStore;
import org.avccdb.bench.load.Worker;

/** Makes proofs of latest values of random keys, against the root of one snapshot. */
final class ProveWorker implements Worker {
    private final Task task;
    private final Snapshot snapshot;
    private final UniformKeys numbers;
    private final byte[] key;
    private long number;
    private long bytes;
    private boolean failed;

    ProveWorker(final Task task, final int thread) {
        this.task = task;
        this.snapshot = ((AvccStore) task.store()).database().snapshot();
        this.numbers = new UniformKeys(task, thread);
        this.key = new byte[task.parameters().keyBytes()];
        snapshot.masterRoot();
    }

    @Override
    public void prepare(final long operation) {
        number = numbers.applyAsLong(operation);
        task.keys().write(number, new UnsafeBuffer(key));
    }

    @Override
    public long perform() {
        final byte[] proof = snapshot.proveLatest(key);
        bytes += proof.length;
        failed |= proof.length == 0;
        return 1;
    }

    @Override
    public String complaint() {
        return failed || bytes == 0 ? "a proof is empty" : null;
    }

    @Override
    public void close() {
        snapshot.close();
    }
}
