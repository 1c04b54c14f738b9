package org.avccdb.engine.threading;

import java.util.concurrent.ConcurrentLinkedQueue;
import org.avccdb.engine.compaction.Compaction;
import org.avccdb.engine.compaction.CompactionPicker;
import org.avccdb.engine.compaction.RangeCompaction;

/**
 * Says what to compact next: what the levels' sizes ask for first, because writers wait for it, then what callers asked for,
 * then what lacks a root.
 */
public final class CompactionQueue {
    private final CompactionPicker picker;
    private final ConcurrentLinkedQueue<RangeCompaction> ranges = new ConcurrentLinkedQueue<>();

    public CompactionQueue(final CompactionPicker picker) {
        this.picker = picker;
    }

    /** Asks for a range; any thread. */
    public void add(final RangeCompaction range) {
        ranges.add(range);
    }

    /** The range is no longer asked for; any thread. */
    public void remove(final RangeCompaction range) {
        ranges.remove(range);
    }

    /** Whether nothing is being written; any thread. */
    boolean isResting() {
        return picker.isResting();
    }

    /** A short compaction that need not wait for the present one, or null; by the agent. */
    Compaction meanwhile() {
        return picker.pickWithinLevel0();
    }

    /** The next compaction, or null; by the agent. */
    Compaction next() {
        final Compaction needed = picker.pick();
        if (needed != null) {
            return needed;
        }
        for (RangeCompaction range = ranges.peek(); range != null; range = ranges.peek()) {
            final Compaction plan = range.next();
            if (plan != null) {
                return plan;
            }
            if (!range.isDone()) {
                return null;
            }
            ranges.remove(range);
        }
        return picker.pickForRoot();
    }
}
