package org.avccdb.engine.compaction;

/**
 * The tables that one merge writes, slice by slice: they belong together, and one of them, the last to be finished, says how
 * many there are. Any thread may call it.
 *
 * <ol>
 *   <li>Of the slices that have ended, at most one has a table that is not finished: the last one of that slice.
 *   <li>When the last slice ends, that table is finished with the number of all that were begun.
 * </ol>
 */
final class TableGroup {
    private int slices;
    private long number;
    private int begun;
    private RunWriter waiting;

    /** A group that is written in as many slices. */
    TableGroup(final int slices) {
        this.slices = slices;
    }

    /** A table begins; the group has the number of the first. */
    synchronized void begins(final long table) {
        if (begun == 0) {
            number = table;
        }
        begun++;
    }

    synchronized long number() {
        return number;
    }

    /** A slice has no more records. Its last table, if it has one, is finished now or when a later slice ends. */
    void sliceEnds(final RunWriter output) {
        final RunWriter inner;
        final RunWriter last;
        final int size;
        synchronized (this) {
            slices--;
            inner = output.isOpen() ? waiting : null;
            waiting = output.isOpen() ? output : waiting;
            last = slices == 0 ? waiting : null;
            size = begun;
        }
        // Outside of the lock: it takes syncs.
        if (inner != null) {
            inner.finishTable();
        }
        if (last != null) {
            last.finishLastTable(size);
        }
    }
}
