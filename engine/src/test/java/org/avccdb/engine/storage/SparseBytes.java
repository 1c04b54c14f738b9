package org.avccdb.engine.storage;

import java.util.Arrays;

/**
 * The bytes of a simulated file. What was never written is zero and takes no room; a copy shares everything with its
 * original until one of them is written. Two levels: leaves of chunks; leaves and chunks never change once they are in
 * place, the array of leaves only while it is not shared.
 */
final class SparseBytes {
    static final int CHUNK = 512;

    private static final int CHUNKS_IN_LEAF = 128;
    private static final int LEAF = CHUNK * CHUNKS_IN_LEAF;
    private static final byte[][] NO_CHUNKS = new byte[CHUNKS_IN_LEAF][];

    private byte[][][] leaves;
    private long length;
    private boolean shared;

    SparseBytes() {
        this(new byte[0][][], 0, false);
    }

    private SparseBytes(final byte[][][] leaves, final long length, final boolean shared) {
        this.leaves = leaves;
        this.length = length;
        this.shared = shared;
    }

    SparseBytes copy() {
        shared = true;
        return new SparseBytes(leaves, length, true);
    }

    long length() {
        return length;
    }

    /** Shorter: the rest is gone. Longer: zeros follow. */
    void setLength(final long newLength) {
        if (newLength < length) {
            final long end = Math.min(length, roundUp(newLength, CHUNK));
            if (end > newLength) {
                write(newLength, new byte[(int) (end - newLength)], 0, (int) (end - newLength));
            }
            dropChunksFrom(roundUp(newLength, CHUNK));
        }
        length = newLength;
    }

    private void dropChunksFrom(final long position) {
        own(leaves.length);
        final int first = (int) (position / LEAF);
        if (first < leaves.length && leaves[first] != null) {
            final byte[][] leaf = leaves[first].clone();
            Arrays.fill(leaf, (int) (position % LEAF / CHUNK), CHUNKS_IN_LEAF, null);
            leaves[first] = leaf;
        }
        for (int i = first + 1; i < leaves.length; i++) {
            leaves[i] = null;
        }
    }

    void write(final long position, final byte[] source, final int offset, final int count) {
        own((int) (roundUp(position + count, LEAF) / LEAF));
        int done = 0;
        while (done < count) {
            final long at = position + done;
            final int inChunk = (int) (at % CHUNK);
            final int part = Math.min(count - done, CHUNK - inChunk);
            final int leafIndex = (int) (at / LEAF);
            final int chunkIndex = (int) (at % LEAF / CHUNK);
            final byte[][] leaf = (leaves[leafIndex] == null ? NO_CHUNKS : leaves[leafIndex]).clone();
            final byte[] chunk = leaf[chunkIndex] == null ? new byte[CHUNK] : leaf[chunkIndex].clone();
            System.arraycopy(source, offset + done, chunk, inChunk, part);
            leaf[chunkIndex] = chunk;
            leaves[leafIndex] = leaf;
            done += part;
        }
        length = Math.max(length, position + count);
    }

    /** What is beyond the end reads as zeros. */
    byte[] read(final long position, final int count) {
        final byte[] target = new byte[count];
        int done = 0;
        while (done < count) {
            final long at = position + done;
            final int inChunk = (int) (at % CHUNK);
            final int part = Math.min(count - done, CHUNK - inChunk);
            final int leafIndex = (int) (at / LEAF);
            final byte[][] leaf = leafIndex < leaves.length ? leaves[leafIndex] : null;
            final byte[] chunk = leaf == null ? null : leaf[(int) (at % LEAF / CHUNK)];
            if (chunk != null) {
                System.arraycopy(chunk, inChunk, target, done, part);
            }
            done += part;
        }
        return target;
    }

    /** Makes the array of leaves this one's alone, with room for so many. */
    private void own(final int count) {
        if (shared || count > leaves.length) {
            // Twice as many as now, so that appending stays cheap.
            leaves = Arrays.copyOf(leaves, count <= leaves.length ? leaves.length : Math.max(count, 2 * leaves.length));
            shared = false;
        }
    }

    private static long roundUp(final long value, final int unit) {
        return (value + unit - 1) / unit * unit;
    }
}
