package org.avccdb.bench.workloads;

/** Gets random keys, all there or all missing. */
final class GetWorker extends ReadWorker {
    private final boolean missing;
    private final UniformKeys numbers;
    private long number;

    GetWorker(final Task task, final int thread, final boolean missing) {
        super(task);
        this.missing = missing;
        this.numbers = new UniformKeys(task, thread);
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
}
