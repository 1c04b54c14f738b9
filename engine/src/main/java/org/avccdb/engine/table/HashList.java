package org.avccdb.engine.table;

import static org.avccdb.proof.HashRules.HASH_LENGTH;

import java.util.ArrayList;
import java.util.List;
import org.agrona.MutableDirectBuffer;
import org.avccdb.proof.TreeHasher;

/** Hashes in a row, of one table after the other, in pieces that never move. One thread at a time uses it. */
final class HashList {
    private static final int PIECE = 1 << 10;

    /** Those behind the last that is used are of an earlier table. */
    private final List<byte[]> pieces = new ArrayList<>();

    private int size;

    void clear() {
        size = 0;
    }

    int size() {
        return size;
    }

    /** Adds so many hashes, which stand at the beginning. */
    void add(final byte[] hashes, final int count) {
        int done = 0;
        while (done < count) {
            final int within = size % PIECE;
            if (size / PIECE == pieces.size()) {
                pieces.add(new byte[PIECE * HASH_LENGTH]);
            }
            final int part = Math.min(count - done, PIECE - within);
            System.arraycopy(
                    hashes, done * HASH_LENGTH, pieces.get(size / PIECE), within * HASH_LENGTH, part * HASH_LENGTH);
            size += part;
            done += part;
        }
    }

    /** Adds all to a tree. */
    void addTo(final TreeHasher tree) {
        for (int i = 0; i < size; i++) {
            tree.add(pieces.get(i / PIECE), i % PIECE * HASH_LENGTH);
        }
    }

    /** Copies all. */
    void copyTo(final MutableDirectBuffer target, final int offset) {
        for (int i = 0; i < size; i += PIECE) {
            target.putBytes(
                    offset + i * HASH_LENGTH, pieces.get(i / PIECE), 0, Math.min(PIECE, size - i) * HASH_LENGTH);
        }
    }

    /** How much memory it has. */
    long keptBytes() {
        return (long) pieces.size() * PIECE * HASH_LENGTH;
    }
}
