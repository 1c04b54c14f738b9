package org.avccdb.engine.threading;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.avccdb.engine.compaction.KeySpan;
import org.avccdb.engine.flush.FlushTask;
import org.avccdb.engine.memtable.FrozenMemtable;
import org.avccdb.engine.writer.LiveRuns;

/**
 * In which order frozen memtables become tables, where more than one agent is at it, each on a thread of its own.
 *
 * <ol>
 *   <li>The oldest that nobody has begun is the next to be begun, and is told the keys of all that have been.
 *   <li>A memtable's turn to be installed comes when it is the oldest: as if there were one agent.
 *   <li>One that was given up is begun again before any that is younger is installed.
 * </ol>
 */
@SuppressWarnings("ReferenceEquality") // the very memtable, not one like it
final class FlushOrder {
    /**
     * A memtable that is being made a table.
     *
     * @param task how; null for a memtable without records
     */
    record Flush(FrozenMemtable memtable, FlushTask task) {}

    private final LiveRuns runs;
    private final BiFunction<FrozenMemtable, List<KeySpan>, FlushTask> planner;
    private final List<Flush> begun = new ArrayList<>();

    /**
     * An order in which nothing has begun.
     *
     * @param planner begins with a memtable that has records; is told the keys of others which may be older and in no table yet
     */
    FlushOrder(final LiveRuns runs, final BiFunction<FrozenMemtable, List<KeySpan>, FlushTask> planner) {
        this.runs = runs;
        this.planner = planner;
    }

    /** Begins with the next memtable; null if there is none. */
    synchronized Flush begin() {
        if (runs.frozenCount() <= begun.size()) {
            return null;
        }
        for (final FrozenMemtable waiting : runs.frozenOldestFirst()) {
            if (!isBegun(waiting)) {
                final Flush flush = new Flush(waiting, waiting.memtable().records() == 0 ? null : plan(waiting));
                begun.add(flush);
                return flush;
            }
        }
        return null;
    }

    /** What is older is in the version that the planner takes next, or still here: so nothing is overlooked. */
    private FlushTask plan(final FrozenMemtable waiting) {
        final List<KeySpan> older = new ArrayList<>();
        for (final Flush flush : begun) {
            if (flush.task != null) {
                older.add(flush.task.span());
            }
        }
        return planner.apply(waiting, older);
    }

    private boolean isBegun(final FrozenMemtable memtable) {
        for (int i = 0; i < begun.size(); i++) {
            if (begun.get(i).memtable == memtable) {
                return true;
            }
        }
        return false;
    }

    /** Whether all that is older is in tables. */
    boolean isNext(final Flush flush) {
        return runs.oldestFrozen() == flush.memtable;
    }

    /** Whether something older is in nobody's hands. */
    synchronized boolean isBehindAnother(final Flush flush) {
        final FrozenMemtable oldest = runs.oldestFrozen();
        return oldest != flush.memtable && oldest != null && !isBegun(oldest);
    }

    /** It has been installed, or given up. */
    synchronized void end(final Flush flush) {
        begun.remove(flush);
    }
}
