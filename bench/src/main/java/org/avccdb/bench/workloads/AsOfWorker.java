package org.avccdb.bench.workloads;

import java.util.SplittableRandom;
import org.avccdb.bench.engines.Session;
import org.avccdb.bench.load.Values;
import org.avccdb.bench.load.Worker;

/** Gets random keys as of random versions. */
final class AsOfWorker implements Worker {
    private static final long SEED = 8_000;

    private final Task task;
    private final long keys;
    private final SplittableRandom random;
    private final Session session;
    private final Answers answers;
    private long number;
    private long version;

    AsOfWorker(final Task task, final int thread) {
        this.task = task;
        this.keys = task.parameters().versionedKeys();
        this.random = new SplittableRandom(SEED + thread);
        this.session = task.store().session();
        this.answers = new Answers(task);
    }

    @Override
    public void prepare(final long operation) {
        answers.compare(session.answer());
        number = random.nextLong(keys);
        version = 1L + random.nextInt(task.parameters().versions());
        task.keys().write(number, session.key());
    }

    @Override
    public long perform() {
        answers.expectValue(session.getAsOf(version), Values.numberOf(number, version));
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
