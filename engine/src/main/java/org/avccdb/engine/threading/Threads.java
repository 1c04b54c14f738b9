package org.avccdb.engine.threading;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongUnaryOperator;
import org.agrona.concurrent.Agent;
import org.avccdb.ThreadRole;
import org.avccdb.engine.writer.WriterAgent;

/**
 * The threads of a database. Started and stopped once, by whoever opens and closes it.
 *
 * <ol>
 *   <li>They end by flags, after their present step; {@link #stop} returns when all have ended.
 * </ol>
 */
public final class Threads {
    private final String name;
    private final Map<ThreadRole, Integer> pinning;
    private final Consumer<Throwable> onError;
    private final Consumer<String> log;
    private final List<Thread> threads = new ArrayList<>();
    private final List<Runnable> stops = new ArrayList<>();

    public Threads(
            final String name,
            final Map<ThreadRole, Integer> pinning,
            final Consumer<Throwable> onError,
            final Consumer<String> log) {
        this.name = name;
        this.pinning = pinning;
        this.onError = onError;
        this.log = log;
    }

    /** Starts the writer's own thread. */
    public void startWriter(final WriterAgent writer) {
        final WriterLoop loop = new WriterLoop(writer, onError);
        stops.add(loop::stop);
        start("writer", ThreadRole.WRITER, loop);
    }

    /** Starts a thread for agents, the most urgent first. */
    public void start(final String what, final ThreadRole role, final Wakeup wakeup, final Agent... agents) {
        start(what, role, wakeup, worked -> 0, agents);
    }

    /** The same for a thread that rests between two pieces of work, for as long as is said of the nanoseconds that it has worked. */
    void start(
            final String what,
            final ThreadRole role,
            final Wakeup wakeup,
            final LongUnaryOperator rests,
            final Agent... agents) {
        final AgentLoop loop = new AgentLoop(List.of(agents), wakeup, rests, onError);
        stops.add(loop::stop);
        start(what, role, loop);
    }

    private void start(final String what, final ThreadRole role, final Runnable loop) {
        final Integer core = pinning.get(role);
        final Thread thread = new Thread(
                () -> {
                    if (core != null) {
                        final String problem = Pinning.pin(core);
                        log.accept(
                                problem == null
                                        ? "thread " + what + " is pinned to core " + core
                                        : "thread " + what + " is not pinned to core " + core + ": " + problem);
                    }
                    loop.run();
                },
                "avccdb-" + what + " " + name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    /** Ends all threads and waits for that. An interrupt of the caller does not end the waiting, and is kept. */
    public void stop() {
        stops.forEach(Runnable::run);
        boolean interrupted = false;
        for (final Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (final InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        threads.clear();
        stops.clear();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
