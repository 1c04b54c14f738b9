package org.avccdb.engine.table;

import static org.avccdb.proof.HashRules.HASH_LENGTH;

import org.agrona.MutableDirectBuffer;
import org.avccdb.memdb.MemoryLedger;
import org.avccdb.proof.TreeHasher;

/** Hashes in a row, of one table after the other, off the heap. One thread at a time uses it. */
final class HashList {
    private static final int FIRST_HASHES = 1 << 8;

    private final ScratchBuffer hashes;
    private final byte[] one = new byte[HASH_LENGTH];
    private int size;

    HashList(final MemoryLedger ledger) {
        hashes = new ScratchBuffer(ledger);
    }

    void clear() {
        size = 0;
    }

    /** Forgets all and gives the memory back; others may be added all the same. */
    void free() {
        clear();
        hashes.free();
    }

    int size() {
        return size;
    }

    /** Adds so many hashes, which stand at the beginning. */
    void add(final byte[] added, final int count) {
        final int end = size * HASH_LENGTH;
        hashes.ensure(Math.max(size + count, FIRST_HASHES) * HASH_LENGTH, end);
        hashes.buffer().putBytes(end, added, 0, count * HASH_LENGTH);
        size += count;
    }

    /** Adds all to a tree. */
    void addTo(final TreeHasher tree) {
        for (int i = 0; i < size; i++) {
            hashes.buffer().getBytes(i * HASH_LENGTH, one);
            tree.add(one, 0);
        }
    }

    /** Copies all. */
    void copyTo(final MutableDirectBuffer target, final int offset) {
        target.putBytes(offset, hashes.buffer(), 0, size * HASH_LENGTH);
    }
}
