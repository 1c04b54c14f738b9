package org.avccdb.engine.read;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.agrona.concurrent.UnsafeBuffer;

/** Keeps what is behind it in memory away from the words below. */
@SuppressWarnings("unused")
abstract class PlacePaddingBefore {
    private long b0, b1, b2, b3, b4, b5, b6, b7, b8, b9, b10, b11, b12, b13, b14, b15;
}

/** The words that other threads look at. */
abstract class PlaceWords extends PlacePaddingBefore {
    /** {@link Place#FREE}, or the epoch in which the reader entered. */
    @SuppressWarnings("unused")
    private volatile long entered;

    /** Marks the thread that is inside; 0 where the place is free. */
    @SuppressWarnings("unused")
    private long thread;

    static final VarHandle ENTERED;
    static final VarHandle THREAD;

    static {
        try {
            final MethodHandles.Lookup lookup = MethodHandles.lookup();
            ENTERED = lookup.findVarHandle(PlaceWords.class, "entered", long.class);
            THREAD = lookup.findVarHandle(PlaceWords.class, "thread", long.class);
        } catch (final ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }
}

/** Two cache lines, because lines are fetched in pairs. */
@SuppressWarnings("unused")
abstract class PlacePaddingBehind extends PlaceWords {
    private long a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15;
}

/**
 * Where one reader is while it is inside ({@link EpochPins}), and what it works with there, so that a read makes no garbage.
 *
 * <p>All but the two words above belongs to the thread that is inside; the claim and the release of the place hand it on.
 */
public final class Place extends PlacePaddingBehind {
    static final long FREE = 0;

    private static final int LOOKUPS_PER_TIME = 16;

    private final Lookup lookup = new Lookup();
    private final UnsafeBuffer key = new UnsafeBuffer(0, 0);
    private final ShownBuffer value = new ShownBuffer(this);
    private long sequence;
    private int lookups;

    Place() {}

    boolean tryClaim(final long epoch, final long threadMark) {
        if ((long) ENTERED.getOpaque(this) != FREE || !ENTERED.compareAndSet(this, FREE, epoch)) {
            return false;
        }
        THREAD.setOpaque(this, threadMark);
        return true;
    }

    void free() {
        // First the mark: a thread must never find its own in a place that is another's by now.
        THREAD.setOpaque(this, 0L);
        ENTERED.setRelease(this, FREE);
    }

    long entered() {
        return (long) ENTERED.getVolatile(this);
    }

    boolean isOf(final long threadMark) {
        return (long) THREAD.getOpaque(this) == threadMark;
    }

    Lookup lookup() {
        return lookup;
    }

    /** The caller's key; wrapped around it for the length of a read. */
    UnsafeBuffer key(final byte[] bytes) {
        key.wrap(bytes);
        return key;
    }

    /** Whether the next lookup is one of those that are timed: taking the time of each would cost more than some lookups. */
    boolean isTimed() {
        return (lookups++ & (LOOKUPS_PER_TIME - 1)) == 0;
    }

    ShownBuffer value() {
        return value;
    }

    /** The highest sequence number that the read sees. */
    public long sequence() {
        return sequence;
    }

    /** Says the highest sequence number to read; by a {@link ReadSource}. */
    public void sees(final long highestSequence) {
        sequence = highestSequence;
    }
}
