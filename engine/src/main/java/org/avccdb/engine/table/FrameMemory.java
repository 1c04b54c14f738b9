package org.avccdb.engine.table;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.memdb.MemoryLedger;
import org.avccdb.memdb.MemoryPurpose;

/**
 * The memory of a block cache: frames of one length, allocated a chunk at a time when they are first needed.
 *
 * <p>{@link #next} may be called by any thread. A frame's chunk may be asked for by whoever got its number, or learnt of it
 * through a safe publication. Freeing is done under this object's lock.
 */
final class FrameMemory {
    private static final int CHUNK_BYTES = 512 << 10;

    private final MemoryLedger ledger;
    private final int count;
    private final int frameBytes;
    /** Frames of a chunk: two to this. */
    private final int chunkBits;

    private final ByteBuffer[] bytes;
    private final UnsafeBuffer[] chunks;
    private final boolean[] kept;
    private int used;
    private long allocated;
    private boolean freeing;

    FrameMemory(final int count, final int frameBytes, final MemoryLedger ledger) {
        this.count = count;
        this.frameBytes = frameBytes;
        this.chunkBits = 31 - Integer.numberOfLeadingZeros(Math.max(1, CHUNK_BYTES / frameBytes));
        this.ledger = ledger;
        final int chunkCount = (count >>> chunkBits) + 1;
        this.bytes = new ByteBuffer[chunkCount];
        this.chunks = new UnsafeBuffer[chunkCount];
        this.kept = new boolean[chunkCount];
    }

    int frameBytes() {
        return frameBytes;
    }

    /** The number of a frame that nobody has. */
    synchronized int next() {
        if (used == count) {
            throw new IllegalStateException("more frames are taken than there are");
        }
        final int chunk = used >>> chunkBits;
        if (chunks[chunk] == null) {
            final int length = Math.min(1 << chunkBits, count - used) * frameBytes;
            bytes[chunk] = ScratchBuffer.allocate(length, ledger, MemoryPurpose.BLOCK_CACHE);
            chunks[chunk] = new UnsafeBuffer(bytes[chunk]);
            allocated += length;
        }
        return used++;
    }

    synchronized long allocatedBytes() {
        return allocated;
    }

    UnsafeBuffer chunk(final int frame) {
        return chunks[frame >>> chunkBits];
    }

    ByteBuffer bytes(final int frame) {
        return bytes[frame >>> chunkBits];
    }

    int offset(final int frame) {
        return (frame & ((1 << chunkBits) - 1)) * frameBytes;
    }

    /** From now on chunks are freed; what is left counts as orphaned. */
    synchronized void beginFreeing() {
        if (!freeing) {
            freeing = true;
            ledger.release(allocated, MemoryPurpose.BLOCK_CACHE);
            ledger.reserve(allocated, MemoryPurpose.ORPHANED);
        }
        Arrays.fill(kept, false);
    }

    /** Spares the chunk of a frame. */
    synchronized void keep(final int frame) {
        kept[frame >>> chunkBits] = true;
    }

    synchronized void freeUnkept() {
        for (int chunk = 0; chunk < chunks.length; chunk++) {
            if (chunks[chunk] != null && !kept[chunk]) {
                allocated -= bytes[chunk].capacity();
                ScratchBuffer.free(bytes[chunk], ledger, MemoryPurpose.ORPHANED);
                bytes[chunk] = null;
                chunks[chunk] = null;
            }
        }
    }
}
