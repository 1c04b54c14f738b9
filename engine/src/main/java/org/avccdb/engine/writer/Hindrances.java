package org.avccdb.engine.writer;

import org.avccdb.AvccDbException;
import org.avccdb.StallCause;

/**
 * Why background work cannot go on at present, so that writes that wait for it are refused instead of waiting for ever. Any
 * thread.
 *
 * <p>Each source has one place: set by a failure, cleared by the next success.
 */
public final class Hindrances {
    private volatile AvccDbException flush;
    private volatile AvccDbException compaction;
    private volatile AvccDbException supplies;
    private volatile AvccDbException latch;

    public void flush(final AvccDbException whyNot) {
        flush = whyNot;
    }

    public void compaction(final AvccDbException whyNot) {
        compaction = whyNot;
    }

    public void supplies(final AvccDbException whyNot) {
        supplies = whyNot;
    }

    /** Nothing goes on any more. */
    public void latched(final AvccDbException whyNot) {
        latch = whyNot;
    }

    /**
     * One of the reasons for which what a write waits for does not come, or null where there is none. Only the end of a pause
     * depends on compaction.
     */
    public AvccDbException against(final StallCause cause) {
        AvccDbException reason = flush;
        if (reason == null && cause == StallCause.LEVEL0_PAUSE) {
            reason = compaction;
        }
        if (reason == null) {
            reason = supplies;
        }
        return reason == null ? latch : reason;
    }

    /** Why memtables do not become tables, or null. */
    public AvccDbException ofFlush() {
        return flush;
    }

    /** Why compaction does not go on, or null. */
    public AvccDbException ofCompaction() {
        return compaction;
    }
}
