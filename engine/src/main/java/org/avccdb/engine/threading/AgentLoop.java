package org.avccdb.engine.threading;

import java.util.List;
import java.util.function.Consumer;
import org.agrona.concurrent.Agent;

/**
 * A thread that runs agents in turn, the ones named first before the others, and sleeps when none has work.
 *
 * <ol>
 *   <li>After each piece of work the first agent is asked again: what is urgent stands first and never waits for more than one
 *       step of what is not.
 *   <li>It ends by a flag, at the end of a step; never by an interrupt.
 * </ol>
 */
public final class AgentLoop implements Runnable {
    /** Some work comes without a call, as the end of a delay. */
    private static final long LONGEST_SLEEP_NANOS = 20_000_000;

    /** An array: who walks over a list leaves an iterator behind, here for ever and ever. */
    private final Agent[] agents;

    private final Wakeup wakeup;
    private final Consumer<Throwable> onError;
    private volatile boolean stopped;

    public AgentLoop(final List<Agent> agents, final Wakeup wakeup, final Consumer<Throwable> onError) {
        this.agents = agents.toArray(new Agent[0]);
        this.wakeup = wakeup;
        this.onError = onError;
    }

    @Override
    public void run() {
        while (!stopped) {
            if (!workOnce()) {
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
