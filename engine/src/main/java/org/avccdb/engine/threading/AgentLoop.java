package org.avccdb.engine.threading;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongUnaryOperator;
import org.agrona.concurrent.Agent;

/**
 * A thread that runs agents in turn, the ones named first before the others, and sleeps when none has work.
 *
 * <ol>
 *   <li>After each piece of work the first agent is asked again: what is urgent stands first and never waits for more than one
 *       step of what is not.
 *   <li>It may rest after some work, but not when it has been called since.
 *   <li>It ends by a flag, at the end of a step; never by an interrupt.
 * </ol>
 */
public final class AgentLoop implements Runnable {
    /** Some work comes without a call, as the end of a delay. */
    private static final long LONGEST_SLEEP_NANOS = 20_000_000;

    /** After less work than this a rest would be too short for anybody. */
    private static final long LEAST_WORK_NANOS = 500_000;

    /** An array: who walks over a list leaves an iterator behind, here for ever and ever. */
    private final Agent[] agents;

    private final Wakeup wakeup;
    private final LongUnaryOperator rests;
    private final Consumer<Throwable> onError;
    private long unrested;
    private volatile boolean stopped;

    /**
     * A loop that runs when it is told to.
     *
     * @param rests how long to rest after so many nanoseconds of work
     */
    public AgentLoop(
            final List<Agent> agents,
            final Wakeup wakeup,
            final LongUnaryOperator rests,
            final Consumer<Throwable> onError) {
        this.agents = agents.toArray(new Agent[0]);
        this.wakeup = wakeup;
        this.rests = rests;
        this.onError = onError;
    }

    @Override
    public void run() {
        while (!stopped) {
            final long begin = System.nanoTime();
            if (workOnce()) {
                restAfter(System.nanoTime() - begin);
            } else {
                // A stray interrupt would keep the thread from sleeping; nobody ends it that way.
                if (Thread.interrupted()) {
                    continue;
                }
                wakeup.sleep(LONGEST_SLEEP_NANOS);
            }
        }
        for (final Agent agent : agents) {
            agent.onClose();
        }
    }

    private void restAfter(final long nanos) {
        unrested += nanos;
        if (unrested >= LEAST_WORK_NANOS) {
            final long rest = rests.applyAsLong(unrested);
            unrested = 0;
            if (rest > 0) {
                wakeup.sleep(rest);
            }
        }
    }

    private boolean workOnce() {
        for (final Agent agent : agents) {
            try {
                if (agent.doWork() > 0) {
                    return true;
                }
            } catch (final Exception | Error unexpected) {
                onError.accept(unexpected);
            }
        }
        return false;
    }

    /** Ends the loop after its present step. */
    public void stop() {
        stopped = true;
        wakeup.call();
    }
}
