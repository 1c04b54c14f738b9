package org.avccdb.bench.job;

import java.util.function.LongConsumer;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.bench.load.Permutation;
import org.avccdb.bench.workloads.Task;

/** Keys that are looked at: so many of all, each once, in an order of chance. */
final class Samples {
    private static final long SEED = 99;

    private final Task task;
    private final long keys;
    private final Permutation order;

    Samples(final Task task) {
        this.task = task;
        this.keys = task.parameters().versionedKeys();
        this.order = new Permutation(keys, SEED);
    }

    /** Gives the numbers of so many keys, after having left out some. */
    void forEach(final long skipped, final long count, final LongConsumer consumer) {
        for (long place = skipped; place < Math.min(keys, skipped + count); place++) {
            consumer.accept(order.at(place));
        }
    }

    byte[] key(final long number) {
        final byte[] key = new byte[task.parameters().keyBytes()];
        task.keys().write(number, new UnsafeBuffer(key));
        return key;
    }

    byte[] missingKey(final long number) {
        final byte[] key = new byte[task.parameters().keyBytes()];
        task.keys().writeMissing(number, new UnsafeBuffer(key));
        return key;
    }

    /** Whether it is the value that a key has in a version. */
    boolean isValue(final byte[] value, final long number, final long version) {
        return value != null
                && value.length == task.parameters().valueBytes()
                && task.values()
                        .matches(org.avccdb.bench.load.Values.numberOf(number, version), new UnsafeBuffer(value));
    }
}
