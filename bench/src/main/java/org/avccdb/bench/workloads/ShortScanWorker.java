package org.avccdb.bench.workloads;

import org.avccdb.bench.engines.Session;
import org.avccdb.bench.load.Worker;

/** Seeks a random key and walks on for some records. */
final class ShortScanWorker implements Worker {
    private final Task task;
    private final int length;
    private final Session session;
    private final UniformKeys numbers;
    private final Answers answers;
    private long number;

    ShortScanWorker(final Task task, final int thread) {
        this.task = task;
        this.length = task.parameters().scanRecords();
        this.session = task.store().session();
        this.numbers = new UniformKeys(task, thread);
        this.answers = new Answers(task);
    }

    @Override
    public void prepare(final long operation) {
        number = numbers.applyAsLong(operation);
        task.keys().write(number, session.key());
    }

    @Override
    public long perform() {
        final int records = session.scan(length);
        answers.expect(records == Math.min(length, task.parameters().records() - number));
        return records;
    }

    @Override
    public String complaint() {
        return answers.complaint();
    }

    @Override
    public void close() {
        session.close();
    }
}
