package org.avccdb.engine.threading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongUnaryOperator;
import org.agrona.concurrent.Agent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A thread that works, rests and sleeps. */
@Timeout(20)
class AgentLoopTest {
    private static final long HOURS = TimeUnit.HOURS.toNanos(10);
    private static final long LONG_WORK = TimeUnit.MILLISECONDS.toNanos(2);

    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    private final AtomicInteger left = new AtomicInteger();
    private final AtomicLong longest = new AtomicLong();
    private final Wakeup wakeup = new Wakeup();
    private AgentLoop loop;
    private Thread thread;

    /** Works for so long, as often as there is something left. */
    private final class Worker implements Agent {
        private final long nanos;

        Worker(final long nanos) {
            this.nanos = nanos;
        }

        @Override
        public int doWork() {
            if (left.get() == 0) {
                return 0;
            }
            left.decrementAndGet();
            final long end = System.nanoTime() + nanos;
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            seen.add("work");
            return 1;
        }

        @Override
        public String roleName() {
            return "worker";
        }
    }

    private void start(final long work, final int times, final LongUnaryOperator rests) {
        left.set(times);
        loop = new AgentLoop(List.of(new Worker(work)), wakeup, rests, failure -> seen.add(failure.toString()));
        thread = new Thread(loop, "worked by agents");
        thread.setDaemon(true);
        thread.start();
    }

    @AfterEach
    @Timeout(20)
    void stop() throws InterruptedException {
        loop.stop();
        thread.join();
    }

    @Test
    void itRestsUntilItIsCalled() throws InterruptedException {
        start(LONG_WORK, 3, worked -> {
            longest.accumulateAndGet(worked, Math::max);
            seen.add("rest");
            return HOURS;
        });
        for (int i = 0; i < 3; i++) {
            assertEquals("work", seen.take());
            assertEquals("rest", seen.take());
            assertEquals(2 - i, left.get());
            wakeup.call();
        }
        assertTrue(longest.get() >= LONG_WORK, longest::toString);
    }

    @Test
    void shortWorkIsSummedUp() throws InterruptedException {
        final AtomicLong rested = new AtomicLong();
        start(LONG_WORK / 100, 200, worked -> {
            rested.addAndGet(worked);
            seen.add("rest");
            return 0;
        });
        int rests = 0;
        for (int works = 0; works < 200; ) {
            if (seen.take().equals("work")) {
                works++;
            } else {
                rests++;
            }
        }
        assertTrue(rests < 20, rests + " rests");
        assertTrue(rested.get() > 0, "never rested");
    }

    @Test
    void itEndsInARest() throws InterruptedException {
        start(LONG_WORK, 2, worked -> {
            seen.add("rest");
            return HOURS;
        });
        assertEquals("work", seen.take());
        assertEquals("rest", seen.take());
        loop.stop();
        thread.join();
        assertEquals(1, left.get());
    }
}
