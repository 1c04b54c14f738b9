package org.avccdb.engine.threading;

import java.util.function.Consumer;
import org.avccdb.engine.writer.WriterAgent;

/** The writer's own thread: looks for work without sleeping for a short while after the last one, then sleeps. */
public final class WriterLoop implements Runnable {
    /** About a hundred microseconds: longer than a sync takes, so that a caller who writes again is not kept waiting. */
    private static final int SPINS = 2_000;

    private static final long LONGEST_SLEEP_NANOS = 1_000_000_000;

    private final WriterAgent agent;
    private final Consumer<Throwable> onError;
    private volatile boolean stopped;

    public WriterLoop(final WriterAgent agent, final Consumer<Throwable> onError) {
        this.agent = agent;
        this.onError = onError;
    }

    @Override
    public void run() {
        agent.onStart();
        int idle = 0;
        while (!stopped) {
            try {
                if (agent.doWork() > 0) {
                    idle = 0;
                    continue;
                }
            } catch (final RuntimeException | Error unexpected) {
                onError.accept(unexpected);
            }
            if (idle < SPINS) {
                idle++;
                Thread.onSpinWait();
            } else if (!Thread.interrupted()) {
                agent.sleep(LONGEST_SLEEP_NANOS);
                idle = 0;
            }
        }
    }

    /** Ends the loop after its present step. */
    public void stop() {
        stopped = true;
        agent.wake();
    }
}
