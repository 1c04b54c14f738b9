package org.avccdb.engine.compaction;

import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.engine.table.TableMeta;

/**
 * Decides before which user keys an output ends. One thread uses it. It ends
 *
 * <ul>
 *   <li>where it is large enough;
 *   <li>where it overlaps so much of the level below the outputs (the grandparents) that moving it on would rewrite too much;
 *   <li>where it is nearly large enough and a grandparent ends: when it is merged with the grandparents one day, there are
 *       fewer that it only touches. With two levels below, this saves a sixth of all that is written.
 * </ul>
 */
public final class OutputCuts {
    /** Parts of the target, in percent, from which on the end of a grandparent is a good place. */
    private static final int LEAST_PERCENT = 50;
    /** The more grandparents end within an output, the sooner comes the next, and the longer it can wait for that. */
    private static final int PERCENT_FOR_EACH = 5;

    private static final int MOST_PERCENT = 90;

    private final long targetBytes;
    private final long overlapLimit;
    private final DirectBuffer[] ends;
    private final long[] bytes;
    private int at;
    private long overlapped;
    private int passed;

    /**
     * Cuts for one merge.
     *
     * @param targetBytes size of a table that is large enough
     * @param overlapLimit bytes of grandparents that are too much
     * @param grandparents by key ascending
     * @param span the keys of the merge
     */
    public OutputCuts(
            final long targetBytes, final long overlapLimit, final List<TableMeta> grandparents, final KeySpan span) {
        this.targetBytes = targetBytes;
        this.overlapLimit = overlapLimit;
        final List<TableMeta> near = new ArrayList<>();
        for (final TableMeta table : grandparents) {
            if (span.overlaps(table)) {
                near.add(table);
            }
        }
        ends = new DirectBuffer[near.size()];
        bytes = new long[near.size()];
        for (int i = 0; i < ends.length; i++) {
            ends[i] = new UnsafeBuffer(near.get(i).largestKey());
            bytes[i] = near.get(i).bytes();
        }
    }

    /** All in one table. */
    public static OutputCuts none() {
        return new OutputCuts(Long.MAX_VALUE, Long.MAX_VALUE, List.of(), null);
    }

    /**
     * Whether an output ends before this key, which is behind all that were asked about.
     *
     * @param writtenBytes of the output so far
     */
    boolean before(final DirectBuffer key, final int offset, final int length, final long writtenBytes) {
        final int passedBefore = passed;
        while (at < ends.length && OlderRuns.compare(key, offset, length, ends[at]) > 0) {
            overlapped += bytes[at];
            at++;
            passed++;
        }
        if (writtenBytes >= targetBytes || overlapped > overlapLimit) {
            return true;
        }
        final int percent = Math.min(MOST_PERCENT, LEAST_PERCENT + PERCENT_FOR_EACH * passedBefore);
        return passed > passedBefore && writtenBytes >= targetBytes / 100 * percent;
    }

    /** A new output begins. */
    void restart() {
        overlapped = 0;
        passed = 0;
    }
}
