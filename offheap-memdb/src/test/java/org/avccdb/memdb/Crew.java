package org.avccdb.memdb;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Threads that begin together; what one of them throws is thrown by {@link #join}. */
final class Crew {
    /** So long that only a deadlock takes it. */
    private static final long GIVE_UP_SECONDS = 300;

    private final List<Thread> threads = new ArrayList<>();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    /** Something that may throw. */
    @FunctionalInterface
    interface Task {
        void run() throws Exception;
    }

    /** All at once, to their end. */
    static void runAll(List<Task> tasks) {
        Crew crew = new Crew();
        CyclicBarrier start = new CyclicBarrier(tasks.size());
        for (Task task : tasks) {
            crew.start(() -> {
                begin(start);
                task.run();
            });
        }
        crew.join();
    }

    private static void begin(CyclicBarrier start) throws InterruptedException {
        try {
            start.await();
        } catch (BrokenBarrierException e) {
            throw new AssertionError(e);
        }
    }

    Thread start(Task task) {
        Thread thread = new Thread(() -> {
            try {
                task.run();
            } catch (Throwable e) {
                if (!failure.compareAndSet(null, e)) {
                    failure.get().addSuppressed(e);
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
        threads.add(thread);
        return thread;
    }

    boolean hasFailed() {
        return failure.get() != null;
    }

    void join() {
        try {
            for (Thread thread : threads) {
                thread.join(TimeUnit.SECONDS.toMillis(GIVE_UP_SECONDS));
                if (thread.isAlive()) {
                    AssertionError stuck = new AssertionError("does not end: " + thread.getState());
                    stuck.setStackTrace(thread.getStackTrace());
                    throw failure.compareAndSet(null, stuck) ? stuck : new AssertionError(failure.get());
                }
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        if (failure.get() != null) {
            throw new AssertionError(failure.get().toString(), failure.get());
        }
    }

    static void await(CountDownLatch latch) {
        try {
            if (!latch.await(GIVE_UP_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("nobody counts down to zero");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Until the thread waits inside {@link Pause}. */
    static void awaitPause(Thread thread) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(GIVE_UP_SECONDS);
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            if (thread.getState() == Thread.State.TERMINATED || System.nanoTime() > end) {
                throw new AssertionError("does not wait: " + thread.getState());
            }
            Thread.onSpinWait();
        }
    }
}
