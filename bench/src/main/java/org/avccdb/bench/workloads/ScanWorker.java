package org.avccdb.bench.workloads;

import org.avccdb.bench.engines.Session;
import org.avccdb.bench.load.Worker;

/** Walks over everything; one walk is one operation. */
final class ScanWorker implements Worker {
    private final Task task;
    private final Session session;
    private String complaint;

    ScanWorker(final Task task) {
        this.task = task;
        this.session = task.store().session();
    }

    @Override
    public void prepare(final long operation) {}

    @Override
    public long perform() {
        final long records = session.scanAll();
        if (records != task.parameters().records()) {
            complaint = "a scan found " + records + " records, not "
                    + task.parameters().records();
        }
        return records;
    }

    @Override
    public String complaint() {
        return complaint;
    }

    @Override
    public void close() {
        session.close();
    }
}
