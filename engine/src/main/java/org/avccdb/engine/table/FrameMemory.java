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
    static final int NONE = BlockCache.NONE;
    private static final int FIRST_LISTED = 1 << 10;
    /** Large enough for the JVM to see that chunks are rarely added, and to leave that out of what it compiles for a lookup. */
    private static final int CHUNK_BYTES = 2 << 20;
    /** Frames begin at cache lines. */
    private static final int ALIGNMENT = 64;

    private final MemoryLedger ledger;
    private final int count;
    private final int frameBytes;
    /** Frames of a chunk: two to this. */
    private final int chunkBits;

    private final ByteBuffer[] memory;
    private final ByteBuffer[] bytes;
    private final UnsafeBuffer[] chunks;
    private final boolean[] kept;
    private volatile int used;
    /** Frames that were used and are no more. */
    private int[] listed = new int[0];

    private volatile int listedCount;
    private long allocated;
    private boolean freeing;

    FrameMemory(final int count, final int frameBytes, final MemoryLedger ledger) {
        this.count = count;
        this.frameBytes = frameBytes;
        this.chunkBits = 31 - Integer.numberOfLeadingZeros(Math.max(1, CHUNK_BYTES / frameBytes));
        this.ledger = ledger;
        final int chunkCount = (count >>> chunkBits) + 1;
        this.memory = new ByteBuffer[chunkCount];
        this.bytes = new ByteBuffer[chunkCount];
        this.chunks = new UnsafeBuffer[chunkCount];
        this.kept = new boolean[chunkCount];
    }

    int frameBytes() {
        return frameBytes;
    }

    /** The number of a frame that nobody has had, {@link #NONE} if there is none left. */
    int next() {
        return used == count ? NONE : nextOfThem();
    }

    private synchronized int nextOfThem() {
        if (used == count) {
            return NONE;
        }
        final int chunk = used >>> chunkBits;
        if (chunks[chunk] == null) {
            add(chunk);
        }
        final int taken = used;
        used = taken + 1;
        return taken;
    }

    private void add(final int chunk) {
        final int length = Math.min(1 << chunkBits, count - used) * frameBytes;
        memory[chunk] = ScratchBuffer.allocate(length + ALIGNMENT, ledger, MemoryPurpose.BLOCK_CACHE);
        bytes[chunk] = memory[chunk].alignedSlice(ALIGNMENT);
        chunks[chunk] = new UnsafeBuffer(bytes[chunk]);
        allocated += memory[chunk].capacity();
    }

    /** Lists a frame that is not used any more; the caller has this object's lock. */
    void list(final int frame) {
        final int before = listedCount;
        if (before == listed.length) {
            listed = Arrays.copyOf(listed, Math.max(FIRST_LISTED, 2 * before));
        }
        listed[before] = frame;
        listedCount = before + 1;
    }

    /** Takes a frame from the list, {@link #NONE} if there is none. */
    int takeListed() {
        return listedCount == 0 ? NONE : takeLast();
    }

    private synchronized int takeLast() {
        final int before = listedCount;
        if (before == 0) {
            return NONE;
        }
        listedCount = before - 1;
        return listed[before - 1];
    }

    /** How many frames have been asked for. */
    int used() {
        return used;
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
                allocated -= memory[chunk].capacity();
                ScratchBuffer.free(memory[chunk], ledger, MemoryPurpose.ORPHANED);
                memory[chunk] = null;
                bytes[chunk] = null;
                chunks[chunk] = null;
            }
        }
    }
}
