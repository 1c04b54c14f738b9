package org.avccdb.bench.trace;

/** How fast a recording is replayed. */
public enum Speed {
    /** Each operation is due when it was begun in the recording. */
    ORIGINAL,
    /** Each operation follows as soon as the one before has returned. */
    FULL
}
