package org.avccdb.engine.threading;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.agrona.concurrent.Agent;
import org.avccdb.EventListener;
import org.jctools.queues.varhandle.MpscUnboundedVarHandleArrayQueue;

/**
 * Tells a user's listener what happens, on a thread of its own: whatever it does there, and however long that takes, no write,
 * flush or compaction waits for it; it may even use the database.
 *
 * <p>Any thread reports. Without a thread of its own ({@link #start}) it is stepped as an agent.
 */
public final class ListenerQueue implements EventListener, Agent, Runnable {
    private static final int CHUNK = 64;
    private static final long LONGEST_SLEEP_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** A listener that hangs must not keep the database from being closed. */
    private static final long LONGEST_FAREWELL_MILLIS = 2_000;

    private final EventListener listener;
    private final Consumer<Throwable> onError;
    private final MpscUnboundedVarHandleArrayQueue<Consumer<EventListener>> events =
            new MpscUnboundedVarHandleArrayQueue<>(CHUNK);
    private final Wakeup wakeup = new Wakeup();
    private Thread thread;
    private volatile boolean stopped;

    public ListenerQueue(final EventListener listener, final Consumer<Throwable> onError) {
        this.listener = listener;
        this.onError = onError;
    }

    /** Gives it a thread. */
    public void start(final String name) {
        thread = new Thread(this, "avccdb-events " + name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void run() {
        while (!stopped) {
            if (doWork() == 0) {
                if (Thread.interrupted()) {
                    continue;
                }
                wakeup.sleep(LONGEST_SLEEP_NANOS);
            }
        }
        drain();
    }

    private void drain() {
        int told = doWork();
        while (told > 0) {
            told = doWork();
        }
    }

    @Override
    public int doWork() {
        final Consumer<EventListener> event = events.poll();
        if (event == null) {
            return 0;
        }
        try {
            event.accept(listener);
        } catch (final RuntimeException | Error thrown) {
            onError.accept(thrown);
        }
        return 1;
    }

    /** Tells what is left, and ends the thread. */
    public void stop() {
        stopped = true;
        wakeup.call();
        if (thread == null) {
            drain();
            return;
        }
        if (thread != Thread.currentThread()) {
            awaitEnd();
        }
    }

    private void awaitEnd() {
        final long begin = System.nanoTime();
        boolean interrupted = false;
        long left = LONGEST_FAREWELL_MILLIS;
        while (thread.isAlive() && left > 0) {
            try {
                thread.join(left);
            } catch (final InterruptedException hurried) {
                interrupted = true;
            }
            left = LONGEST_FAREWELL_MILLIS - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void report(final Consumer<EventListener> event) {
        events.add(event);
        wakeup.call();
    }

    @Override
    public String roleName() {
        return "events";
    }

    @Override
    public void flushBegun(final FlushBegun event) {
        report(to -> to.flushBegun(event));
    }

    @Override
    public void flushCompleted(final FlushCompleted event) {
        report(to -> to.flushCompleted(event));
    }

    @Override
    public void compactionBegun(final CompactionBegun event) {
        report(to -> to.compactionBegun(event));
    }

    @Override
    public void compactionCompleted(final CompactionCompleted event) {
        report(to -> to.compactionCompleted(event));
    }

    @Override
    public void tableCreated(final TableCreated event) {
        report(to -> to.tableCreated(event));
    }

    @Override
    public void tableDeleted(final TableDeleted event) {
        report(to -> to.tableDeleted(event));
    }

    @Override
    public void writeStallBegun(final WriteStallBegun event) {
        report(to -> to.writeStallBegun(event));
    }

    @Override
    public void writeStallEnded(final WriteStallEnded event) {
        report(to -> to.writeStallEnded(event));
    }

    @Override
    public void rotated(final Rotated event) {
        report(to -> to.rotated(event));
    }

    @Override
    public void backgroundError(final BackgroundError event) {
        report(to -> to.backgroundError(event));
    }

    @Override
    public void writingStopped(final WritingStopped event) {
        report(to -> to.writingStopped(event));
    }
}
