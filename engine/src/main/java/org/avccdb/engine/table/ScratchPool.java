package org.avccdb.engine.table;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.avccdb.memdb.MemoryLedger;

/** Keeps a few buffers for their next use, so that cursors that come and go do not ask the system for memory. Any thread. */
final class ScratchPool {
    private static final int SLOTS = 16;
    private static final int LONGEST_KEPT = 64 << 10;

    private final MemoryLedger ledger;
    private final int longestKept;
    private final AtomicReferenceArray<ScratchBuffer> slots = new AtomicReferenceArray<>(SLOTS);
    private volatile boolean closed;

    ScratchPool(final MemoryLedger ledger, final int usualLength) {
        this.ledger = ledger;
        this.longestKept = (int) Math.max(LONGEST_KEPT, Math.min(4L * usualLength, Integer.MAX_VALUE));
    }

    /** A buffer for the caller alone, of any capacity. */
    ScratchBuffer take() {
        for (int i = 0; i < SLOTS; i++) {
            if (slots.get(i) != null) {
                final ScratchBuffer kept = slots.getAndSet(i, null);
                if (kept != null) {
                    return kept;
                }
            }
        }
        return new ScratchBuffer(ledger);
    }

    void give(final ScratchBuffer buffer) {
        if (buffer.capacity() <= longestKept && !closed) {
            for (int i = 0; i < SLOTS; i++) {
                if (slots.get(i) == null && slots.compareAndSet(i, null, buffer)) {
                    if (closed) {
                        freeAll();
                    }
                    return;
                }
            }
        }
        buffer.free();
    }

    /** Frees what is here, and from now on what is given. */
    void close() {
        closed = true;
        freeAll();
    }

    private void freeAll() {
        for (int i = 0; i < SLOTS; i++) {
            final ScratchBuffer kept = slots.getAndSet(i, null);
            if (kept != null) {
                kept.free();
            }
        }
    }
}
