package org.avccdb.bench.workloads;

import org.avccdb.bench.engines.Session;
import org.avccdb.bench.load.Permutation;
import org.avccdb.bench.load.Values;
import org.avccdb.bench.load.Worker;

/** Puts all keys in version 1, then all in version 2, and so on, each time in another random order. */
final class VersionedPutWorker implements Worker {
    private final Task task;
    private final long keys;
    private final Session session;
    private final Permutation[] orders;
    private long version;

    VersionedPutWorker(final Task task, final int thread) {
        this.task = task;
        this.keys = task.parameters().versionedKeys();
        this.session = task.store().session();
        this.orders = new Permutation[task.parameters().versions()];
        for (int i = 0; i < orders.length; i++) {
            orders[i] = new Permutation(keys, i + 1);
        }
    }

    @Override
    public void prepare(final long operation) {
        version = operation / keys + 1;
        final long number = orders[(int) (version - 1)].at(operation % keys);
        task.keys().write(number, session.key());
        task.values().write(Values.numberOf(number, version), session.value());
    }

    @Override
    public long perform() {
        session.put(version);
        return 1;
    }

    @Override
    public void close() {
        session.close();
    }
}
