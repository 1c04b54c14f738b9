package org.avccdb.engine.flush;

import org.avccdb.engine.compaction.InFlight;
import org.avccdb.engine.compaction.KeySpan;
import org.avccdb.engine.compaction.Tables;
import org.avccdb.engine.manifest.Version;

/**
 * Where tables go that are newer than all others: as deep as nothing at or above that level has keys in their span, so that
 * compactions need not carry them there.
 */
public final class FlushLevel {
    /** Deeper would not save much more, and tables that are deep stay long when they are overwritten. */
    static final int DEEPEST = 2;

    private FlushLevel() {}

    /**
     * The level; the caller holds the monitor of what is in flight, and goes on to claim it there, if it is not level 0.
     *
     * @param overlapLimit bytes of the next level that the tables may overlap, if they go below level 0
     */
    public static int choose(
            final Version version, final InFlight inFlight, final KeySpan span, final long overlapLimit) {
        if (isTaken(version, inFlight, 0, span)) {
            return 0;
        }
        // A first table that is put below level 1 would be one more level to look into for all that come after it.
        final int deepest = Math.min(DEEPEST, Math.max(1, Tables.deepestLevel(version)));
        int level = 0;
        while (level < deepest
                && !isTaken(version, inFlight, level + 1, span)
                && Tables.overlappingBytes(version, level + 2, span) <= overlapLimit) {
            level++;
        }
        return level;
    }

    private static boolean isTaken(
            final Version version, final InFlight inFlight, final int level, final KeySpan span) {
        return Tables.overlappingBytes(version, level, span) > 0 || inFlight.conflicts(level, level, span);
    }
}
