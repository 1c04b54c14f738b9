package org.avccdb.bench.engines;

/** What a write survives once it has returned. */
public enum Durability {
    /** As {@link #DEFAULT}, and the engine is told never to sync at all, where it can be told. */
    NONE,
    /** The death of the process, not the loss of power. */
    DEFAULT,
    /** The loss of power. */
    SYNC
}
