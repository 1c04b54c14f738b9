package org.avccdb.bench.run;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.avccdb.bench.load.Clock;
import org.avccdb.bench.load.Loop;
import org.avccdb.bench.load.Schedule;
import org.avccdb.bench.load.Sink;
import org.avccdb.bench.load.Worker;
import org.avccdb.bench.measure.ResourceMeter;

/** The threads that make load: workers that share operations, and perhaps one beside them that works as long as they do. */
final class LoadThreads {
    private static final long START_DELAY_NANOS = 2_000_000;

    private final List<Thread> threads = new ArrayList<>();
    private final CountDownLatch ready;
    private final CountDownLatch go = new CountDownLatch(1);
    private final CountDownLatch done;
    private final CountDownLatch dismissed = new CountDownLatch(1);
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final long[] ends;
    private volatile long startNanos;

    LoadThreads(
            final List<Worker> workers,
            final List<Sink> sinks,
            final Worker background,
            final Sink backgroundSink,
            final Schedule schedule,
            final long operations) {
        ready = new CountDownLatch(workers.size() + (background == null ? 0 : 1));
        done = new CountDownLatch(workers.size());
        ends = new long[workers.size()];
        for (int i = 0; i < workers.size(); i++) {
            final int index = i;
            final Loop loop = new Loop(workers.get(i), schedule, Clock.SYSTEM, sinks.get(i));
            threads.add(new Thread(
                    () -> {
                        live(() -> loop.run(startNanos, index, workers.size(), operations, stopped::get));
                        ends[index] = System.nanoTime();
                        done.countDown();
                        awaitQuietly(dismissed);
                    },
                    ResourceMeter.LOAD_THREADS + i));
        }
        if (background != null) {
            final Loop loop = new Loop(background, Schedule.closedLoop(), Clock.SYSTEM, backgroundSink);
            threads.add(new Thread(
                    () -> {
                        live(() -> loop.run(startNanos, 0, 1, Long.MAX_VALUE, stopped::get));
                        awaitQuietly(dismissed);
                    },
                    ResourceMeter.LOAD_THREADS + "background"));
        }
        threads.forEach(Thread::start);
        awaitQuietly(ready);
    }

    private void live(final Runnable work) {
        ready.countDown();
        awaitQuietly(go);
        try {
            Clock.SYSTEM.waitUntil(startNanos);
            work.run();
        } catch (final RuntimeException | Error e) {
            failure.compareAndSet(null, e);
            stopped.set(true);
        }
    }

    /** All begin now; returns when, as {@link System#nanoTime}. */
    long start() {
        startNanos = System.nanoTime() + START_DELAY_NANOS;
        go.countDown();
        return startNanos;
    }

    /** Waits for that long at most; true when all operations are done. */
    boolean awaitDone(final long nanos) {
        try {
            return done.await(nanos, TimeUnit.NANOSECONDS);
        } catch (final InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** When the last operation was done. */
    long endNanos() {
        long end = ends[0];
        for (final long other : ends) {
            end = other - end > 0 ? other : end;
        }
        return end;
    }

    /** Ends the thread that works beside the others; threads stay until they are dismissed. */
    void stopBackground() {
        stopped.set(true);
    }

    /** Lets the threads go, and throws what went wrong in them. */
    void dismiss() {
        stopped.set(true);
        go.countDown();
        dismissed.countDown();
        for (final Thread thread : threads) {
            try {
                thread.join();
            } catch (final InterruptedException e) {
                throw interrupted(e);
            }
        }
        if (failure.get() != null) {
            throw new IllegalStateException("an operation failed: " + failure.get(), failure.get());
        }
    }

    private static void awaitQuietly(final CountDownLatch latch) {
        try {
            latch.await();
        } catch (final InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IllegalStateException interrupted(final InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted", e);
    }
}
