package org.avccdb.memdb;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Keeps something in place while threads read it, without a counter that they all write.
 *
 * <p>Any thread may call any method. A reader enters by claiming a place of an array, usually one that only its thread uses,
 * with a single compare-and-set, and leaves it with a plain release store. Whoever wants to change or free what is guarded
 * shuts the gate and waits until all places are free.
 *
 * <ol>
 *   <li>A claim is a full fence: either the reader sees the gate shut, or who shut it sees the claim.
 *   <li>A place holds the claiming thread's id, so that a thread that would wait for itself is refused instead.
 *   <li>Nothing is allocated, and a reader waits only where more threads are inside than there are places. A thread that is
 *       inside already is never made to wait, neither for a place nor for the gate: who shut it waits for that thread.
 * </ol>
 */
public final class ReaderGate {
    private static final VarHandle PLACES = MethodHandles.arrayElementVarHandle(long[].class);

    /** The place of a thread that is inside already and for which no other is free. */
    static final int NESTED = 64;

    private static final int COUNT = 64;
    /** Places are two cache lines apart, because lines are fetched in pairs. */
    private static final int SPACING = 16;

    private static final long FREE = 0L;
    private static final long HASH = 0x9E37_79B9_7F4A_7C15L;
    private static final int HASH_SHIFT = 58;

    private final long[] places = new long[(COUNT + 1) * SPACING];
    private volatile boolean shut;

    /** Makes an open gate. */
    public ReaderGate() {}

    /**
     * Claims a place, unless the gate is shut.
     *
     * @return the place, to be given to {@link #exit}; negative where the gate is shut
     */
    public int enter() {
        final long thread = callerMark();
        int place = (int) ((thread * HASH) >>> HASH_SHIFT);
        for (int tried = 1; !PLACES.compareAndSet(places, at(place), FREE, thread); tried++) {
            place = (place + 1) & (COUNT - 1);
            if (tried % COUNT == 0) {
                if (isInside()) {
                    return NESTED;
                }
                Pause.aMoment();
            }
        }
        // Who is inside already is waited for, so it would wait for itself here.
        if (shut && placesOf(thread) == 1) {
            exit(place);
            return -1;
        }
        return place;
    }

    /**
     * Leaves a place.
     *
     * @param place what {@link #enter} returned
     */
    public void exit(final int place) {
        if (place != NESTED) {
            PLACES.setRelease(places, at(place), FREE);
        }
    }

    /** Lets nobody in any more. Readers that are inside stay. */
    public void shut() {
        shut = true;
        VarHandle.fullFence();
    }

    /** Lets readers in again. */
    public void open() {
        shut = false;
    }

    /**
     * Whether nobody is inside. Of use only where the gate is shut.
     *
     * @return true where all places are free
     */
    public boolean isEmpty() {
        for (int place = 0; place < COUNT; place++) {
            if ((long) PLACES.getAcquire(places, at(place)) != FREE) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether the calling thread is inside.
     *
     * @return true between its {@link #enter} and {@link #exit}
     */
    public boolean isInside() {
        return placesOf(callerMark()) > 0;
    }

    private int placesOf(final long thread) {
        int claimed = 0;
        for (int place = 0; place < COUNT; place++) {
            if ((long) PLACES.getAcquire(places, at(place)) == thread) {
                claimed++;
            }
        }
        return claimed;
    }

    /** Waits until nobody is inside; the gate must be shut and the caller outside. */
    public void awaitEmpty() {
        while (!isEmpty()) {
            Pause.aMoment();
        }
    }

    /** Never {@link #FREE}, whatever id a subclass of Thread makes up. */
    private static long callerMark() {
        return Thread.currentThread().getId() | Long.MIN_VALUE;
    }

    static int count() {
        return COUNT;
    }

    private static int at(final int place) {
        return (place + 1) * SPACING;
    }
}
