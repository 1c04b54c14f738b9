package org.avccdb.engine.threading;

import java.util.concurrent.locks.LockSupport;

/**
 * Lets a thread sleep until there is something for it to do.
 *
 * <p>One thread sleeps; any thread wakes it.
 *
 * <ol>
 *   <li>A call is remembered until the sleeper has seen it: it is stored before {@code asleep} is read, and the sleeper stores
 *       {@code asleep} before it reads it, all volatile.
 * </ol>
 */
public final class Wakeup {
    private volatile boolean called;
    private volatile boolean asleep;
    private volatile Thread sleeper;

    /** There is something to do. */
    public void call() {
        called = true;
        if (asleep) {
            LockSupport.unpark(sleeper);
        }
    }

    /** Sleeps until called, for some time at most. */
    void sleep(final long nanos) {
        sleeper = Thread.currentThread();
        asleep = true;
        if (!called) {
            LockSupport.parkNanos(this, nanos);
        }
        asleep = false;
        called = false;
    }
}
