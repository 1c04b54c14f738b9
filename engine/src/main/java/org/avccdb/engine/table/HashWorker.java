package org.avccdb.engine.table;

/** Takes hashing off other threads. Any thread may call it. */
@FunctionalInterface
public interface HashWorker {
    /** Takes nothing. */
    HashWorker NONE = work -> false;

    /**
     * Hands work over, without waiting.
     *
     * @return false if there is no room: then whoever offers it does it
     */
    boolean offer(HashWork work);

    /**
     * Copies the hash of the record with a sequence number, where that has been made before, for a root.
     *
     * @return whether it has
     */
    default boolean copyLeaf(final long sequence, final byte[] out, final int outOffset) {
        return false;
    }
}
