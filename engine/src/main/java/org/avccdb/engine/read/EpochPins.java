package org.avccdb.engine.read;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Keeps what readers may be looking at from being freed under them, without a counter that they all write and without a lock.
 *
 * <p>Any thread may call any method. A reader enters by claiming a {@link Place}, usually one that only its thread uses, with
 * one compare-and-set, and leaves it with a release store. Whoever replaces something that readers find through a volatile
 * field first stores the replacement and then {@link #retire retires} what was there; it is freed by a later
 * {@link #reclaim}.
 *
 * <pre>
 *  place    FREE --- enter: compare-and-set to the epoch ---> epoch in which the reader entered
 *           FREE &lt;--- exit: release store ------------------- "
 *  object   in use --- retire: takes the epoch, which then advances ---> retired in an epoch
 *           retired --- reclaim: all places are free or were entered in a later epoch ---> freed
 * </pre>
 *
 * <ol>
 *   <li>A reader reads the epoch, claims its place, and only then looks for what it reads. The claim is a full fence, as is the
 *       advance of the epoch, and places are scanned with volatile loads. So for each object that was retired in epoch
 *       {@code t}, either the scan sees the claim, or the reader, coming later, finds the replacement.
 *   <li>A reader that entered in an epoch behind {@code t} has seen the advance, so the replacement too. One that entered in an
 *       older epoch than it might have only holds back more than it must.
 *   <li>Epochs only grow, and objects are queued in the order of theirs.
 *   <li>Nobody ever waits for a place: where all are taken there will be twice as many, and they stay. So a thread that is
 *       inside may enter again, as often as it likes, and readers may wait for each other while they are inside.
 *   <li>What a retirement frees is run by the thread that reclaims, outside the lock, and once.
 * </ol>
 */
public final class EpochPins {
    private static final int FIRST_PLACES = 64;
    private static final long FIRST_EPOCH = 1;
    private static final long HASH = 0x9E37_79B9_7F4A_7C15L;

    private final Object growth = new Object();
    private final ArrayDeque<Retired> retired = new ArrayDeque<>();
    private final PaddedLong epoch = new PaddedLong(FIRST_EPOCH);

    private volatile Place[] places;
    /** From now on a reader that leaves frees what it held back; also seen without a fence by the thread that set it. */
    private volatile boolean shut;

    private record Retired(long epoch, Runnable free) {}

    /** With nobody inside. */
    public EpochPins() {
        this(FIRST_PLACES);
    }

    /** With so many places at first, a power of two. */
    EpochPins(final int firstPlaces) {
        places = newPlaces(new Place[0], firstPlaces);
    }

    /** Claims a place for the calling thread, to be given to {@link #exit}. */
    public Place enter() {
        final long mark = callerMark();
        final Place[] all = places;
        final long now = epoch.getAcquire();
        final int mask = all.length - 1;
        int at = (int) ((mark * HASH) >>> (Integer.SIZE + Integer.numberOfLeadingZeros(mask)));
        for (int tried = 0; tried <= mask; tried++) {
            final Place place = all[at & mask];
            if (place.tryClaim(now, mark)) {
                return place;
            }
            at++;
        }
        return enterNewPlace(all, now, mark);
    }

    private Place enterNewPlace(final Place[] full, final long now, final long mark) {
        synchronized (growth) {
            final Place[] present = places;
            if (present == full) {
                final Place[] more = newPlaces(present, 2 * present.length);
                final Place mine = more[present.length];
                mine.tryClaim(now, mark);
                // A scan that does not see the new places was before this store, so before what is read from here on.
                places = more;
                return mine;
            }
        }
        return enter();
    }

    private static Place[] newPlaces(final Place[] present, final int count) {
        final Place[] more = Arrays.copyOf(present, count);
        for (int i = present.length; i < count; i++) {
            more[i] = new Place();
        }
        return more;
    }

    /** Leaves a place; only by the thread that entered it. */
    public void exit(final Place place) {
        place.free();
        if (shut) {
            reclaim();
        }
    }

    /** Frees this once nobody who is inside now is so any more. Nobody who enters after this call may find it. */
    public void retire(final Runnable free) {
        synchronized (retired) {
            retired.addLast(new Retired(epoch.getAndIncrement(), free));
        }
    }

    /**
     * Frees what no reader can see any longer.
     *
     * @return how many retired objects were freed
     */
    public int reclaim() {
        final List<Retired> ripe;
        synchronized (retired) {
            final long oldest = retired.isEmpty() ? 0 : oldestInside();
            if (retired.isEmpty() || retired.peekFirst().epoch >= oldest) {
                return 0;
            }
            ripe = new ArrayList<>();
            while (!retired.isEmpty() && retired.peekFirst().epoch < oldest) {
                ripe.add(retired.pollFirst());
            }
        }
        RuntimeException failure = null;
        for (final Retired object : ripe) {
            try {
                object.free.run();
            } catch (final RuntimeException failed) {
                if (failure == null) {
                    failure = failed;
                } else {
                    failure.addSuppressed(failed);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
        return ripe.size();
    }

    /** How many objects wait to be freed. */
    public int pending() {
        synchronized (retired) {
            return retired.size();
        }
    }

    private long oldestInside() {
        long oldest = Long.MAX_VALUE;
        for (final Place place : places) {
            final long entered = place.entered();
            if (entered != Place.FREE) {
                oldest = Math.min(oldest, entered);
            }
        }
        return oldest;
    }

    /** Lets readers that leave from now on free what they held back, because no background thread will. */
    void shut() {
        shut = true;
    }

    /** Whether the calling thread is inside. */
    boolean isInside() {
        final long mark = callerMark();
        for (final Place place : places) {
            if (place.isOf(mark)) {
                return true;
            }
        }
        return false;
    }

    /** Waits until every place is free, or taken by the calling thread. */
    void awaitOthers() {
        final long mark = callerMark();
        for (final Place place : places) {
            Waiting.until(() -> place.entered() == Place.FREE || place.isOf(mark));
        }
    }

    /** Whether every place is free, or taken by the calling thread. */
    public boolean isEmptyButForCaller() {
        final long mark = callerMark();
        for (final Place place : places) {
            if (place.entered() != Place.FREE && !place.isOf(mark)) {
                return false;
            }
        }
        return true;
    }

    int places() {
        return places.length;
    }

    private static long callerMark() {
        return Marks.ofCaller();
    }
}
