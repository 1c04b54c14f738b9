package org.avccdb.memdb;

import static org.avccdb.proof.HashRules.HASH_LENGTH;

import java.util.ArrayList;
import java.util.List;

/**
 * Hashes of leaves, found by the sequence numbers of their records, which never change place as others are inserted. Not
 * thread-safe.
 */
final class LeafHashes {
    private static final int CHUNK_SHIFT = 10;
    private static final int CHUNK_HASHES = 1 << CHUNK_SHIFT;

    private final List<byte[]> chunks = new ArrayList<>();

    /** Makes room for the records up to a sequence number. */
    void growTo(final long sequence) {
        while ((long) chunks.size() * CHUNK_HASHES <= sequence) {
            chunks.add(new byte[CHUNK_HASHES * HASH_LENGTH]);
        }
    }

    /** The array that holds a record's hash, at {@link #offset}. */
    byte[] array(final long sequence) {
        return chunks.get((int) (sequence >>> CHUNK_SHIFT));
    }

    int offset(final long sequence) {
        return (int) (sequence & (CHUNK_HASHES - 1)) * HASH_LENGTH;
    }
}
