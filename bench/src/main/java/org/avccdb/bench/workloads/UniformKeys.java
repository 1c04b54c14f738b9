package org.avccdb.bench.workloads;

import java.util.SplittableRandom;
import java.util.function.LongUnaryOperator;

/** Numbers of keys that are there, each as likely as the other. */
final class UniformKeys implements LongUnaryOperator {
    private static final long SEED = 7_000;

    private final SplittableRandom random;
    private final long count;

    UniformKeys(final Task task, final int thread) {
        this.random = new SplittableRandom(SEED + thread);
        this.count = task.parameters().records();
    }

    @Override
    public long applyAsLong(final long operation) {
        return random.nextLong(count);
    }
}
