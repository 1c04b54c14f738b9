package org.avccdb.engine.journal;

import org.agrona.DirectBuffer;

/** Is handed what a replay finds. */
@FunctionalInterface
public interface GroupHandler {
    /**
     * The entries of one group, each of them sound.
     *
     * @param firstSequence of the first entry that takes one; the others follow without gaps
     * @param payload holds the entries back to back; valid until {@link #end} has returned
     * @param entryCount entries, those that take no sequence number too
     */
    void group(long firstSequence, DirectBuffer payload, int offset, int length, int entryCount);

    /** All groups of a segment have come. */
    default void segmentEnd(final long number) {}

    /** Nothing comes any more. Not called where the replay fails. */
    default void end() {}
}
