package org.avccdb;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;

/** Threads that each do one thing again and again, until it throws. */
final class Crowd {
    private final List<Thread> threads = new ArrayList<>();
    private final Queue<Throwable> unexpected = new ConcurrentLinkedQueue<>();
    private final Queue<String> ended = new ConcurrentLinkedQueue<>();

    /** What is done again and again. */
    interface Step {
        void run() throws Exception;
    }

    void add(String name, Step step) {
        threads.add(new Thread(() -> repeat(name, step), "crowd " + name));
    }

    private void repeat(String name, Step step) {
        try {
            while (true) {
                step.run();
            }
        } catch (ClosedException
                | SnapshotReleasedException
                | CursorReleasedException
                | TransactionClosedException closed) {
            ended.add(name);
        } catch (Throwable thrown) {
            unexpected.add(new AssertionError(name + ": " + thrown, thrown));
        }
    }

    void start() {
        threads.forEach(Thread::start);
    }

    List<Thread> threads() {
        return threads;
    }

    /** Lets them go on for so long, and until they have come to something, if none has failed. */
    void goOn(long millis, BooleanSupplier comeToSomething) throws InterruptedException {
        Thread.sleep(millis);
        while (!comeToSomething.getAsBoolean() && unexpected.isEmpty()) {
            Thread.sleep(10);
        }
    }

    /** Returns when all have ended; those who hang are named by the timeout of the test. */
    void join() throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
    }

    void assertAllEndedByTheClose() {
        AssertionError failure = null;
        for (Throwable thrown : unexpected) {
            if (failure == null) {
                failure = new AssertionError(thrown.getMessage(), thrown);
            } else {
                failure.addSuppressed(thrown);
            }
        }
        if (failure != null) {
            throw failure;
        }
        assertEquals(threads.size(), ended.size());
    }
}
