package org.avccdb.engine.compaction;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.avccdb.engine.table.TableMeta;

/**
 * Merges slices of keys, each for itself, by several threads. Its owner works on the first slice that is not done, a helper, who
 * may come and go at any time, on the last one. Any thread may call {@link #help}, all else is for the owner.
 *
 * <ol>
 *   <li>A slice is stepped by who holds its lock. A helper who finds it taken does nothing, so at the end one thread is left.
 *   <li>Who holds more than one lock is the owner, and takes them in the order of the slices.
 *   <li>What a helper or the owner meets is thrown at the owner, in its next step; nobody steps a slice any more then.
 * </ol>
 */
final class SlicedMerge {
    private final Pacer pacer;
    private final List<Slice> slices = new ArrayList<>();
    /** Slices before this one are done. */
    private int firstOpen;

    private volatile Throwable failure;
    private volatile boolean abandoned;

    private static final class Slice {
        final ReentrantLock lock = new ReentrantLock();
        final RunMerge merge;
        /** Behind all that the merge has written for it. */
        volatile boolean done;

        Slice(final RunMerge merge) {
            this.merge = merge;
        }
    }

    /** A merge of these slices, by key ascending. */
    SlicedMerge(final Pacer pacer, final List<KeySlice> keys, final Function<KeySlice, RunMerge> merges) {
        this.pacer = pacer;
        keys.forEach(slice -> slices.add(new Slice(merges.apply(slice))));
    }

    /** Does a piece of the work; true if all is done. */
    boolean step() {
        while (firstOpen < slices.size() && slices.get(firstOpen).done) {
            firstOpen++;
        }
        if (firstOpen < slices.size()) {
            final Slice slice = slices.get(firstOpen);
            slice.lock.lock();
            stepAndUnlock(slice);
            throwFailure();
            return false;
        }
        slices.forEach(slice -> slice.merge.checkNothingIsLost());
        return true;
    }

    private void throwFailure() {
        final Throwable failed = failure;
        if (failed instanceof Error error) {
            throw error;
        }
        if (failed instanceof RuntimeException exception) {
            throw exception;
        }
    }

    /** Does a piece of the work, if there is one that nobody is at. */
    boolean help() {
        for (int i = slices.size() - 1; i >= 0 && !abandoned && failure == null; i--) {
            final Slice slice = slices.get(i);
            if (!slice.done) {
                if (!slice.lock.tryLock()) {
                    return false;
                }
                stepAndUnlock(slice);
                return true;
            }
        }
        return false;
    }

    private void stepAndUnlock(final Slice slice) {
        try {
            step(slice);
        } catch (final RuntimeException | Error thrown) {
            failure = thrown;
        } finally {
            slice.lock.unlock();
        }
    }

    private void step(final Slice slice) {
        if (slice.done || abandoned || failure != null) {
            return;
        }
        final RunMerge merge = slice.merge;
        final long before = merge.bytesWritten();
        merge.step();
        pacer.spend(Math.max(0, merge.bytesWritten() - before));
        slice.done = merge.isDone();
    }

    /** Gives up, and deletes what has been written. Never throws. */
    void abandon() {
        abandoned = true;
        // All at once: who ends a slice may finish the table of another one.
        slices.forEach(slice -> slice.lock.lock());
        try {
            slices.forEach(slice -> slice.merge.abandon());
        } finally {
            slices.forEach(slice -> slice.lock.unlock());
        }
    }

    /** The tables that are finished, by key ascending; all, once {@link #step} has said true. */
    List<TableMeta> tables() {
        final List<TableMeta> tables = new ArrayList<>();
        slices.forEach(slice -> tables.addAll(slice.merge.tables()));
        return tables;
    }

    long bytesWritten() {
        return slices.stream().mapToLong(slice -> slice.merge.bytesWritten()).sum();
    }

    long recordsRead() {
        return slices.stream().mapToLong(slice -> slice.merge.recordsRead()).sum();
    }

    long recordsDropped() {
        return slices.stream().mapToLong(slice -> slice.merge.recordsDropped()).sum();
    }
}
