package org.avccdb.engine.table;

/** Something to be hashed by whoever comes first. */
public interface HashWork {
    /** Hashes it, unless somebody else has begun to; any thread, with a hasher of its own. */
    void hashIfNobodyHas(LeafHasher hasher);
}
