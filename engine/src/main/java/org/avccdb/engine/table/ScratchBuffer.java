package org.avccdb.engine.table;

import java.nio.ByteBuffer;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.memdb.MemoryLedger;
import org.avccdb.memdb.MemoryPurpose;
import org.avccdb.memdb.OutOfNativeMemoryException;

/** Native memory to work with, that codecs can reach too. One thread at a time changes it. */
final class ScratchBuffer {
    private static final ByteBuffer NOTHING = ByteBuffer.allocateDirect(0);

    private final MemoryLedger ledger;
    private final MemoryPurpose purpose;
    private final UnsafeBuffer buffer = new UnsafeBuffer(NOTHING);
    private ByteBuffer bytes = NOTHING;

    ScratchBuffer(final MemoryLedger ledger) {
        this(ledger, MemoryPurpose.SCRATCH);
    }

    ScratchBuffer(final MemoryLedger ledger, final MemoryPurpose purpose) {
        this.ledger = ledger;
        this.purpose = purpose;
    }

    UnsafeBuffer buffer() {
        return buffer;
    }

    ByteBuffer bytes() {
        return bytes;
    }

    int capacity() {
        return bytes.capacity();
    }

    /** Makes it this long at least; its content is lost where it must grow. */
    void ensure(final int capacity) {
        if (capacity > bytes.capacity()) {
            free();
            show(allocate(grown(capacity), ledger, purpose));
        }
    }

    /** Makes it this long at least and keeps the first bytes of its content. */
    void ensure(final int capacity, final int kept) {
        if (capacity > bytes.capacity()) {
            final ByteBuffer old = bytes;
            final ByteBuffer next = allocate(grown(capacity), ledger, purpose);
            next.put(0, old, 0, kept);
            show(next);
            free(old, ledger, purpose);
        }
    }

    private int grown(final int capacity) {
        return (int) Math.max(capacity, Math.min(bytes.capacity() * 2L, BlockDescriptor.MAX_STORED_LENGTH));
    }

    private void show(final ByteBuffer next) {
        bytes = next;
        buffer.wrap(next);
    }

    /** Gives the memory back; it can be used again after another {@link #ensure}. */
    void free() {
        final ByteBuffer old = bytes;
        show(NOTHING);
        free(old, ledger, purpose);
    }

    /** A direct buffer that a ledger knows of. */
    static ByteBuffer allocate(final int capacity, final MemoryLedger ledger, final MemoryPurpose purpose) {
        ledger.reserve(capacity, purpose);
        try {
            return ByteBuffer.allocateDirect(capacity);
        } catch (final OutOfMemoryError refused) {
            ledger.release(capacity, purpose);
            throw new OutOfNativeMemoryException("no room for " + capacity + " bytes of direct memory for " + purpose
                    + "; raise -XX:MaxDirectMemorySize; " + ledger);
        }
    }

    static void free(final ByteBuffer bytes, final MemoryLedger ledger, final MemoryPurpose purpose) {
        if (bytes.capacity() > 0) {
            ledger.release(bytes.capacity(), purpose);
            BufferUtil.free(bytes);
        }
    }
}
