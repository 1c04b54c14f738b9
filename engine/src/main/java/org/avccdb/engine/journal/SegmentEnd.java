package org.avccdb.engine.journal;

/**
 * Where a segment ends for good: what lies behind counts for nothing, whatever it looks like.
 *
 * @param number the segment's
 * @param end where its last group ends, or 0 where nothing in the segment counts, not even its header
 * @param lastSequence the last sequence number up to there, in this segment or an earlier one
 */
public record SegmentEnd(long number, int end, long lastSequence) {}
