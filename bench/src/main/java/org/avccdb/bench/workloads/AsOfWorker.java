package org.avccdb.bench.workloads;

import java.util.SplittableRandom;
import org.avccdb.bench.load.Values;

/** Gets random keys as of random versions. */
final class AsOfWorker extends ReadWorker {
    private static final long SEED = 8_000;

    private final long keys;
    private final SplittableRandom random;
    private long number;
    private long version;

    AsOfWorker(final Task task, final int thread) {
        super(task);
        this.keys = task.parameters().versionedKeys();
        this.random = new SplittableRandom(SEED + thread);
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
}
