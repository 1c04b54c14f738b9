package org.avccdb.engine.threading;

import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.agrona.concurrent.Agent;
import org.avccdb.engine.ingest.Waiting;

/**
 * Runs all agents without threads of their own: whoever waits for the database steps them, in an order that a seed decides,
 * and time is what the steps take. So a run with one caller can be repeated exactly.
 *
 * <p>Any thread may call; a lock lets one step at a time.
 */
public final class Invoker implements Waiting, LongSupplier {
    private static final long STEP_NANOS = 1_000;
    private static final long IDLE_NANOS = 1_000_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Random random;
    private final Consumer<Throwable> onError;
    private volatile List<Agent> agents = List.of();
    private volatile long nanos;

    public Invoker(final long seed, final Consumer<Throwable> onError) {
        this.random = new Random(seed);
        this.onError = onError;
    }

    /** The agents to be stepped, from now on. */
    public void run(final List<Agent> all) {
        agents = List.copyOf(all);
    }

    /** The present time. */
    @Override
    public long getAsLong() {
        return nanos;
    }

    /** A step of one agent, and time passes; from inside such a step only time passes. */
    @Override
    public boolean help() {
        if (!lock.tryLock()) {
            Thread.onSpinWait();
            return true;
        }
        try {
            step();
        } finally {
            lock.unlock();
        }
        return true;
    }

    /** Some steps, as many as the seed says: what would go on in the background next to a call. */
    public void background() {
        if (lock.tryLock()) {
            try {
                for (int steps = random.nextInt(4); steps > 0; steps--) {
                    step();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // only who holds the lock writes it
    private void step() {
        final List<Agent> present = agents;
        nanos += STEP_NANOS;
        if (present.isEmpty()) {
            return;
        }
        final Agent chosen = present.get(random.nextInt(present.size()));
        try {
            if (chosen.doWork() == 0) {
                nanos += IDLE_NANOS;
            }
        } catch (final Exception | Error unexpected) {
            onError.accept(unexpected);
        }
    }
}
