package org.avccdb.engine.storage;

import java.util.concurrent.atomic.AtomicReferenceArray;

/** Keeps a few of the arrays in which files collect what they write, for the files that come later. Any thread. */
final class StagingBuffers {
    /** Length of each. */
    static final int BYTES = 64 * 1024;

    /** As many tables as are usually written at a time. */
    private static final int SLOTS = 4;

    private final AtomicReferenceArray<byte[]> slots = new AtomicReferenceArray<>(SLOTS);

    /** For the caller alone; what is in it means nothing. */
    byte[] take() {
        for (int i = 0; i < SLOTS; i++) {
            if (slots.get(i) != null) {
                final byte[] kept = slots.getAndSet(i, null);
                if (kept != null) {
                    return kept;
                }
            }
        }
        return new byte[BYTES];
    }

    /** Ends the use of one. */
    void give(final byte[] buffer) {
        for (int i = 0; i < SLOTS; i++) {
            if (slots.get(i) == null && slots.compareAndSet(i, null, buffer)) {
                return;
            }
        }
    }
}
