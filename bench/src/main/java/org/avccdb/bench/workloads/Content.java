package org.avccdb.bench.workloads;

/** What is in a store between two workloads. */
public enum Content {
    /** Nothing. */
    EMPTY,
    /** Every record once, without versions. */
    PLAIN,
    /** Every key in every version. */
    VERSIONED,
    /** Anything else. */
    OTHER
}
