package org.avccdb.engine.manifest;

/**
 * Where a journal segment that has been replayed ends; what is behind it must never be replayed.
 *
 * @param offset of the first byte that does not count
 * @param lastSequence sequence number of the last record that counts
 */
public record SegmentEnd(long offset, long lastSequence) {
    public SegmentEnd {
        if (offset < 0 || lastSequence < 0) {
            throw new IllegalArgumentException("a segment that ends at " + offset + " with sequence " + lastSequence);
        }
    }
}
