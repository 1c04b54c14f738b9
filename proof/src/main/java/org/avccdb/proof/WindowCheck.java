package org.avccdb.proof;

import java.util.List;

/**
 * Whether a run shows all of its records within an interval, and no more: exactly one record before them, or the edge of
 * the run, and exactly one behind them, or the edge. Relies on the run being free of gaps and in order
 * ({@link StructureCheck}).
 *
 * <p>A table that holds no record of the interval, but only one of the two neighbours, is shown by its header, which
 * binds its first and last record.
 */
final class WindowCheck {
    private final OpenedRun run;
    private final Interval interval;
    private int before;
    private int behind;

    private WindowCheck(final OpenedRun run, final Interval interval) {
        this.run = run;
        this.interval = interval;
    }

    static void check(final OpenedRun run, final Interval interval) {
        new WindowCheck(run, interval).check();
    }

    private void check() {
        final List<OpenedTable> tables = run.tables();
        final int last = tables.size() - 1;
        if (last == 0 && tables.get(0).isHeaderOnly()) {
            checkSingleHeader(tables.get(0).summary());
            return;
        }
        for (int i = 0; i <= last; i++) {
            final OpenedTable table = tables.get(i);
            if (!table.isHeaderOnly()) {
                countLeaves(table);
            } else if (i == 0 && sideOfLast(table.summary()) < 0) {
                before++;
            } else if (i == last && sideOfFirst(table.summary()) > 0) {
                behind++;
            } else {
                throw new ProofRejectedException("records asked for may be in a table shown by its header only");
            }
        }
        if (before != 1 && !(before == 0 && startsAtEdge(tables.get(0)))) {
            throw new ProofRejectedException("there must be one record before those asked for, not " + before);
        }
        if (behind != 1 && !(behind == 0 && endsAtEdge(tables.get(last)))) {
            throw new ProofRejectedException("there must be one record behind those asked for, not " + behind);
        }
    }

    /** All records asked for would be before the run, or behind it. */
    private void checkSingleHeader(final TableSummary table) {
        final boolean isFirst = run.firstTable() == 0;
        final boolean isLast = run.firstTable() == run.summary().tables() - 1;
        if (!(isFirst && sideOfFirst(table) > 0) && !(isLast && sideOfLast(table) < 0)) {
            throw new ProofRejectedException("records asked for may be in or beside the only table shown");
        }
    }

    private void countLeaves(final OpenedTable table) {
        int within = 0;
        int leaves = 0;
        for (final OpenedBlock block : table.blocks()) {
            for (final OpenedLeaf leaf : block.leaves()) {
                final int side = interval.side(leaf.key(), leaf.version());
                before += side < 0 ? 1 : 0;
                behind += side > 0 ? 1 : 0;
                within += side == 0 ? 1 : 0;
                leaves++;
            }
        }
        if (within == 0 && leaves == 1) {
            throw new ProofRejectedException("a table that holds but one neighbour is not shown by its header only");
        }
    }

    private boolean startsAtEdge(final OpenedTable table) {
        return run.firstTable() == 0 && !table.isHeaderOnly() && StructureCheck.startsAtFirstRecord(table);
    }

    private boolean endsAtEdge(final OpenedTable table) {
        return run.firstTable() + run.tables().size() == run.summary().tables()
                && !table.isHeaderOnly()
                && StructureCheck.endsAtLastRecord(table);
    }

    private int sideOfFirst(final TableSummary table) {
        return interval.side(table.firstKey(), table.firstVersion());
    }

    private int sideOfLast(final TableSummary table) {
        return interval.side(table.lastKey(), table.lastVersion());
    }
}
