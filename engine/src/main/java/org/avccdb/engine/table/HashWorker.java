package org.avccdb.engine.table;

/** Takes hashing off the threads that write tables. Any thread may call it. */
@FunctionalInterface
public interface HashWorker {
    /** Takes nothing. */
    HashWorker NONE = batch -> false;

    /**
     * Hands a batch over, without waiting.
     *
     * @return false if there is no room: then whoever offers it hashes it
     */
    boolean offer(LeafBatch batch);
}
