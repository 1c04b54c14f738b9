package org.avccdb.engine.read;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** A number that many threads read and few write, alone on its cache lines. Any thread may call any method. */
final class PaddedLong {
    private static final VarHandle WORDS = MethodHandles.arrayElementVarHandle(long[].class);
    /** Two cache lines, because lines are fetched in pairs. */
    private static final int PADDING = 16;

    private final long[] words = new long[2 * PADDING + 1];

    PaddedLong(final long initial) {
        words[PADDING] = initial;
    }

    long getAcquire() {
        return (long) WORDS.getAcquire(words, PADDING);
    }

    void setRelease(final long value) {
        WORDS.setRelease(words, PADDING, value);
    }

    long getAndIncrement() {
        return (long) WORDS.getAndAdd(words, PADDING, 1L);
    }
}
