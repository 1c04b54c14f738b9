package org.avccdb.engine.metrics;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Sums that any thread may add to and any thread may read; neither waits for the other, nor makes garbage. */
public final class Counters {
    private final Map<Counter, LongAdder> sums = new EnumMap<>(Counter.class);

    public Counters() {
        for (final Counter counter : Counter.values()) {
            sums.put(counter, new LongAdder());
        }
    }

    public void add(final Counter counter, final long amount) {
        sums.get(counter).add(amount);
    }

    public void increment(final Counter counter) {
        add(counter, 1);
    }

    /** The sum; additions that are under way may or may not be in it. */
    public long get(final Counter counter) {
        return sums.get(counter).sum();
    }
}
