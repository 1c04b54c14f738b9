package org.avccdb.engine.roots;

import java.util.ArrayList;
import java.util.List;
import org.avccdb.engine.memtable.Memtable;
import org.avccdb.engine.memtable.MemtableWalk;
import org.avccdb.engine.table.HashWorker;
import org.avccdb.engine.table.LeafHasher;

/**
 * The parts of one memtable, made when a root is asked for: each of the records that came since the part before. Any thread;
 * one at a time makes parts.
 *
 * <ol>
 *   <li>Parts follow each other in sequence numbers without a gap; together they hold the records up to {@code position}.
 *   <li>Parts are merged only when one has been added, so that without a write the same parts are found again.
 *   <li>When {@link #FAN_IN} parts of about one size have come together they become one: a record is merged as many times as
 *       the memtable has powers of {@link #FAN_IN} of parts. Others do that meanwhile, if there is somebody to.
 * </ol>
 */
final class MemtableParts {
    static final int FAN_IN = 16;
    /** Where there are more, merging is not keeping up with those who ask for roots, and they take part in it. */
    private static final int MOST_PARTS = 4 * FAN_IN;

    private final HashWorker worker;

    private final HashedRecords records = new HashedRecords();
    private final List<Part> parts = new ArrayList<>();
    private PartMerge merge;
    private int inParts;
    private int position;
    private long lastSequence;

    /** Of a memtable of which nothing has been asked yet. */
    MemtableParts(final HashWorker worker) {
        this.worker = worker;
    }

    /**
     * The parts with all records up to a sequence number, newest first.
     *
     * @param memtable whose parts these are, always the same; the caller keeps it from being freed
     */
    synchronized List<Part> upTo(final Memtable memtable, final long sequence, final LeafHasher hasher) {
        if (sequence > lastSequence) {
            extend(memtable, sequence, hasher);
        }
        final List<Part> found = new ArrayList<>();
        long covered = 0;
        for (final Part part : parts) {
            if (part.summary().maxSequence() > sequence) {
                if (part.summary().minSequence() <= sequence) {
                    found.add(0, beginningOf(part, sequence, hasher));
                }
                return found;
            }
            found.add(0, part);
            covered = part.summary().maxSequence();
        }
        assert covered <= sequence : covered;
        return found;
    }

    /** The hashes that there are now, and a worker for what is without. */
    synchronized HashWorker knownLeaves(final HashWorker others) {
        return new KnownLeaves(records, records.count(), others);
    }

    private void extend(final Memtable memtable, final long sequence, final LeafHasher hasher) {
        final MemtableWalk walk = new MemtableWalk(memtable, position);
        while (walk.next(sequence)) {
            records.add(walk, hasher);
            position = walk.position();
        }
        lastSequence = sequence;
        if (records.count() > inParts) {
            parts.add(Part.of(records, inParts, records.count(), hasher));
            inParts = records.count();
            mergeEqualOnes(hasher);
        }
    }

    /** Puts what has been merged in its place, and has merged what can be now. */
    private void mergeEqualOnes(final LeafHasher hasher) {
        useMerged();
        while (merge == null && beginMerge()) {
            if (!worker.offer(merge)) {
                merge.hashIfNobodyHas(hasher);
                useMerged();
            }
        }
        if (merge != null && parts.size() > MOST_PARTS) {
            merge.hashIfNobodyHas(hasher);
        }
    }

    private void useMerged() {
        if (merge != null && merge.result() != null) {
            final int first = parts.indexOf(merge.parts().get(0));
            parts.subList(first, first + FAN_IN).clear();
            parts.add(first, merge.result());
            merge = null;
        }
    }

    /** The oldest parts that may become one: none of them is of another size than the newest of them. */
    private boolean beginMerge() {
        for (int from = 0; from + FAN_IN <= parts.size(); from++) {
            final List<Part> some = parts.subList(from, from + FAN_IN);
            final int size = sizeClass(some.get(FAN_IN - 1));
            if (some.stream().allMatch(part -> sizeClass(part) <= size)) {
                merge = new PartMerge(some);
                return true;
            }
        }
        return false;
    }

    /** Parts that differ by less than {@link #FAN_IN} times, about. */
    private static int sizeClass(final Part part) {
        return (Integer.SIZE - Integer.numberOfLeadingZeros(part.count())) / 4;
    }

    /** For a moment before the present parts were made: of a part that has more, what had come by then. */
    private Part beginningOf(final Part part, final long upTo, final LeafHasher hasher) {
        return Part.of(
                records, records.firstBehind(part.summary().minSequence() - 1), records.firstBehind(upTo), hasher);
    }
}
