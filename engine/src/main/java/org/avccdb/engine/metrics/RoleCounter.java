package org.avccdb.engine.metrics;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A sum that only the writer's role adds to, and any thread reads: an addition costs a load and a store.
 *
 * <ol>
 *   <li>The role passes from thread to thread with a happens-before edge, so no addition is lost.
 *   <li>Readers see the sum whole, maybe a little late, and never lower than before.
 * </ol>
 */
final class RoleCounter {
    private final AtomicLong sum = new AtomicLong();

    void add(final long amount) {
        sum.setOpaque(sum.getPlain() + amount);
    }

    long get() {
        return sum.getOpaque();
    }
}
