package org.avccdb.engine.compaction;

import org.avccdb.engine.keys.ShownRecord;

/** A run of records, or a part of one, that is read once from its beginning to its end. One thread uses it. */
public interface MergeInput {
    /** Goes to the next record, at first to the first one; false behind the last. */
    boolean next();

    /** Always the same one; to be read only where {@link #next} has said true last. */
    ShownRecord record();

    /** The {@link org.avccdb.engine.table.RecordDigest} of that record, which is asked for at most once. */
    long digest();

    /** What it is, for messages: a file, or what comes nearest. */
    String name();

    /** Lets go of what it holds. Never throws; a second call does nothing. */
    void close();
}
