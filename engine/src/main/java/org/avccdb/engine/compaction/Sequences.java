package org.avccdb.engine.compaction;

import java.util.List;
import org.avccdb.engine.table.TableFile;

/** Sequence numbers from the lowest to the highest, both included. */
record Sequences(long lowest, long highest) {
    static final Sequences ALL = new Sequences(0, Long.MAX_VALUE);

    /** From the lowest to the highest of some tables. */
    static Sequences of(final List<TableFile> tables) {
        long lowest = Long.MAX_VALUE;
        long highest = 0;
        for (final TableFile table : tables) {
            lowest = Math.min(lowest, table.meta().minSequence());
            highest = Math.max(highest, table.meta().maxSequence());
        }
        return new Sequences(lowest, highest);
    }

    boolean overlap(final Sequences other) {
        return lowest <= other.highest && other.lowest <= highest;
    }
}
