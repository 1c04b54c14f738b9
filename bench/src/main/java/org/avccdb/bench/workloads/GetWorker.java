package org.avccdb.bench.workloads;

import org.avccdb.bench.engines.Session;
import org.avccdb.bench.load.Worker;

/** Gets random keys, all there or all missing. */
final class GetWorker implements Worker {
    private final Task task;
    private final boolean missing;
    private final Session session;
    private final UniformKeys numbers;
    private final Answers answers;
    private long number;

    GetWorker(final Task task, final int thread, final boolean missing) {
        this.task = task;
        this.missing = missing;
        this.session = task.store().session();
        this.numbers = new UniformKeys(task, thread);
        this.answers = new Answers(task);
    }

    @Override
    public void prepare(final long operation) {
        answers.compare(session.answer());
        number = numbers.applyAsLong(operation);
        if (missing) {
            task.keys().writeMissing(number, session.key());
        } else {
            task.keys().write(number, session.key());
        }
    }

    @Override
    public long perform() {
        final int length = session.get();
        if (missing) {
            answers.expect(length < 0);
        } else {
            answers.expectValue(length, number);
        }
        return 1;
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
