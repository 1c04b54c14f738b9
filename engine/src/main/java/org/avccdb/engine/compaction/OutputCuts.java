package org.avccdb.engine.compaction;

import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.engine.table.TableMeta;

/**
 * Decides before which user keys an output ends: where it is large enough, and where it overlaps so much of the level below
 * the outputs (the grandparents) that moving it on one day would rewrite too much. One thread uses it.
 */
public final class OutputCuts {
    private final long targetBytes;
    private final long overlapLimit;
    private final DirectBuffer[] ends;
    private final long[] bytes;
    private int at;
    private long overlapped;

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
        while (at < ends.length && OlderRuns.compare(key, offset, length, ends[at]) > 0) {
            overlapped += bytes[at];
            at++;
        }
        return writtenBytes >= targetBytes || overlapped > overlapLimit;
    }

    /** A new output begins. */
    void restart() {
        overlapped = 0;
    }
}
