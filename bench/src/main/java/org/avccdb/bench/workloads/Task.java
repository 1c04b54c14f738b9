package org.avccdb.bench.workloads;

import java.util.concurrent.atomic.AtomicLong;
import org.avccdb.bench.engines.Store;
import org.avccdb.bench.load.Keys;
import org.avccdb.bench.load.Values;

/**
 * What the workers of one run of a workload share.
 *
 * @param store the store they work on
 * @param parameters what they were asked for
 * @param keys the keys
 * @param values the values
 * @param nextInsert number of the next record that is not there yet
 */
public record Task(Store store, Parameters parameters, Keys keys, Values values, AtomicLong nextInsert) {
    /** Of a store that has the records of the parameters, or will have. */
    public static Task of(final Store store, final Parameters parameters, final boolean versioned) {
        final long count = versioned ? parameters.versionedKeys() : parameters.records();
        return new Task(
                store,
                parameters,
                new Keys(count, parameters.keyBytes()),
                new Values(parameters.valueBytes(), parameters.compressible()),
                new AtomicLong(count));
    }
}
