package org.avccdb.engine.journal;

import java.util.List;

/**
 * What a replay found.
 *
 * @param lastSequence the last sequence number in the journal, or the one after which records were asked for, if higher
 * @param ends of the segments that were looked at, in their order, those that count for nothing too
 * @param last the last segment that counts, or null; what {@link Journal} is to go on behind
 * @param clean whether the journal was closed cleanly and is whole
 * @param groups handed over
 * @param entries in them
 * @param bytes of them
 * @param tail where and why the journal ends, for people
 */
public record ReplayResult(
        long lastSequence,
        List<SegmentEnd> ends,
        SegmentEnd last,
        boolean clean,
        long groups,
        long entries,
        long bytes,
        String tail) {}
