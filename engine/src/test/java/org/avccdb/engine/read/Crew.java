package org.avccdb.engine.read;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Threads of a test; what one of them throws fails the test. */
final class Crew {
    private final List<Thread> threads = new ArrayList<>();
    private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();

    interface Job {
        void run() throws Exception;
    }

    Thread add(Job job) {
        Thread thread = new Thread(() -> {
            try {
                job.run();
            } catch (Throwable failure) {
                failures.add(failure);
            }
        });
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
        return thread;
    }

    boolean hasFailed() {
        return !failures.isEmpty();
    }

    void join() throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
        threads.clear();
        if (!failures.isEmpty()) {
            AssertionError failure = new AssertionError("a thread has failed");
            failures.forEach(failure::addSuppressed);
            throw failure;
        }
    }
}
