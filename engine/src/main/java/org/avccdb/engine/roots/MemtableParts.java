package org.avccdb.engine.roots;

import java.util.ArrayList;
import java.util.List;
import org.avccdb.engine.memtable.Memtable;
import org.avccdb.engine.memtable.MemtableWalk;
import org.avccdb.engine.table.LeafHasher;
import org.avccdb.memdb.RecordDescriptor;

/**
 * The parts of one memtable, made when a root is asked for: each of the records that came since the part before. Any thread;
 * one at a time makes parts.
 *
 * <ol>
 *   <li>Parts follow each other in sequence numbers without a gap; together they hold the records up to {@code position}.
 *   <li>Parts are merged only when one has been added, so that without a write the same parts are found again.
 *   <li>When {@link #FAN_IN} parts of about one size have come together they become one: a record is merged as many times as
 *       the memtable has powers of {@link #FAN_IN} of parts, and there are at most so many parts of each size.
 * </ol>
 */
final class MemtableParts {
    static final int FAN_IN = 8;

    private final List<Part> parts = new ArrayList<>();
    private int position;
    private long lastSequence;

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
                addEarlierMoment(memtable, part.summary().minSequence(), sequence, hasher, found);
                return found;
            }
            found.add(0, part);
            covered = part.summary().maxSequence();
        }
        assert covered <= sequence : covered;
        return found;
    }

    private void extend(final Memtable memtable, final long sequence, final LeafHasher hasher) {
        final PartRecords records = new PartRecords();
        final MemtableWalk walk = new MemtableWalk(memtable, position);
        while (walk.next(sequence)) {
            records.add(walk, hasher);
        }
        position = walk.position();
        lastSequence = sequence;
        if (records.count() > 0) {
            parts.add(Part.of(records, hasher));
            mergeEqualOnes(hasher);
        }
    }

    private void mergeEqualOnes(final LeafHasher hasher) {
        while (parts.size() >= FAN_IN) {
            final List<Part> last = parts.subList(parts.size() - FAN_IN, parts.size());
            final int size = sizeClass(last.get(FAN_IN - 1));
            for (final Part part : last) {
                if (sizeClass(part) > size) {
                    return;
                }
            }
            final Part merged = Part.merged(List.copyOf(last), hasher);
            last.clear();
            parts.add(merged);
        }
    }

    /** Parts that differ by less than {@link #FAN_IN} times, about. */
    private static int sizeClass(final Part part) {
        return (Integer.SIZE - Integer.numberOfLeadingZeros(part.count())) / 3;
    }

    /** For a moment before the present parts were made: what a part of now has too much is left out in one of its own. */
    private static void addEarlierMoment(
            final Memtable memtable, final long from, final long to, final LeafHasher hasher, final List<Part> found) {
        final PartRecords records = new PartRecords();
        final MemtableWalk walk = new MemtableWalk(memtable, 0);
        while (walk.next(to)) {
            if (sequenceOf(walk) >= from) {
                records.add(walk, hasher);
            }
        }
        if (records.count() > 0) {
            found.add(0, Part.of(records, hasher));
        }
    }

    private static long sequenceOf(final MemtableWalk walk) {
        return RecordDescriptor.sequence(walk.stamp());
    }
}
