package org.avccdb.bench.workloads;

/** Seeks a random key and walks on for some records. */
final class ShortScanWorker extends ReadWorker {
    private final int length;
    private final UniformKeys numbers;
    private long number;

    ShortScanWorker(final Task task, final int thread) {
        super(task);
        this.length = task.parameters().scanRecords();
        this.numbers = new UniformKeys(task, thread);
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
}
