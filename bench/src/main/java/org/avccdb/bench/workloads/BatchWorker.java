package org.avccdb.bench.workloads;

import org.avccdb.bench.engines.Session;
import org.avccdb.bench.load.Permutation;
import org.avccdb.bench.load.Worker;

/** Puts records in batches, in random order. Making keys and values is part of what is measured, for all engines alike. */
final class BatchWorker implements Worker {
    private final Task task;
    private final Session session;
    private final Permutation order;
    private long from;
    private long to;

    BatchWorker(final Task task) {
        this.task = task;
        this.session = task.store().session();
        this.order = new Permutation(task.parameters().records(), 1);
    }

    @Override
    public void prepare(final long operation) {
        from = operation * task.parameters().batchRecords();
        to = Math.min(task.parameters().records(), from + task.parameters().batchRecords());
    }

    @Override
    public long perform() {
        for (long place = from; place < to; place++) {
            final long number = order.at(place);
            task.keys().write(number, session.key());
            task.values().write(number, session.value());
            session.addToBatch();
        }
        session.writeBatch();
        return to - from;
    }

    @Override
    public void close() {
        session.close();
    }
}
