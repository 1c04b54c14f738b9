package org.avccdb.engine.ingest;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.memdb.MemoryLedger;
import org.avccdb.memdb.MemoryPurpose;
import org.jctools.queues.varhandle.MpmcVarHandleArrayQueue;

/**
 * Off-heap buffers for writes that do not fit a slot of the ring, by size classes of powers of two.
 *
 * <p>Any thread takes and gives back.
 *
 * <ol>
 *   <li>A buffer is with one owner: the pool, the caller that encodes into it, the ring, or the writer.
 *   <li>What is out may pass the budget by one buffer: a single large write always finds its way, also beside many small ones,
 *       since it is not asked of it that nothing else is out.
 *   <li>Buffers up to {@value #LARGEST_KEPT} bytes are kept, {@value #KEPT_PER_CLASS} of each class.
 * </ol>
 */
public final class SpillPool implements AutoCloseable {
    private static final int SMALLEST = 512;
    private static final int LARGEST_KEPT = 1 << 20;
    private static final int KEPT_PER_CLASS = 8;
    private static final int CLASSES = Integer.numberOfTrailingZeros(LARGEST_KEPT / SMALLEST) + 1;

    private final MemoryLedger ledger;
    private final long budgetBytes;
    private final AtomicLong outBytes = new AtomicLong();
    private final MpmcVarHandleArrayQueue<?>[] kept = new MpmcVarHandleArrayQueue<?>[CLASSES];

    /** A buffer, and the memory behind it. */
    public static final class Spill {
        private final ByteBuffer memory;
        private final UnsafeBuffer buffer;

        private Spill(final int bytes) {
            memory = ByteBuffer.allocateDirect(bytes);
            buffer = new UnsafeBuffer(memory);
        }

        /** Where to write. */
        public UnsafeBuffer buffer() {
            return buffer;
        }
    }

    /** An empty pool. */
    public SpillPool(final MemoryLedger ledger, final long budgetBytes) {
        this.ledger = ledger;
        this.budgetBytes = budgetBytes;
        for (int i = 0; i < CLASSES; i++) {
            kept[i] = new MpmcVarHandleArrayQueue<Spill>(KEPT_PER_CLASS);
        }
    }

    /** Takes a buffer of at least this size; null where too much is out already. */
    public Spill take(final int bytes) {
        final int rounded = Math.max(SMALLEST, roundUp(bytes));
        if (!isAdmitted(rounded)) {
            return null;
        }
        try {
            final Spill spill = rounded <= LARGEST_KEPT ? (Spill) kept[classOf(rounded)].poll() : null;
            return spill != null ? spill : allocate(rounded);
        } catch (final RuntimeException | Error refused) {
            outBytes.addAndGet(-rounded);
            throw refused;
        }
    }

    private boolean isAdmitted(final int bytes) {
        long out = outBytes.get();
        while (out < budgetBytes) {
            if (outBytes.compareAndSet(out, out + bytes)) {
                return true;
            }
            out = outBytes.get();
        }
        return false;
    }

    private Spill allocate(final int bytes) {
        ledger.reserve(bytes, MemoryPurpose.WRITE_QUEUE);
        try {
            return new Spill(bytes);
        } catch (final OutOfMemoryError refused) {
            ledger.release(bytes, MemoryPurpose.WRITE_QUEUE);
            throw refused;
        }
    }

    /** Gives a buffer back. */
    @SuppressWarnings("unchecked")
    public void give(final Spill spill) {
        final int bytes = spill.buffer.capacity();
        outBytes.addAndGet(-bytes);
        if (bytes > LARGEST_KEPT || !((MpmcVarHandleArrayQueue<Spill>) kept[classOf(bytes)]).offer(spill)) {
            free(spill);
        }
    }

    private void free(final Spill spill) {
        ledger.release(spill.buffer.capacity(), MemoryPurpose.WRITE_QUEUE);
        BufferUtil.free(spill.memory);
    }

    /** Frees what is kept. Nothing may be out. */
    @Override
    public void close() {
        for (final MpmcVarHandleArrayQueue<?> queue : kept) {
            for (Spill spill = (Spill) queue.poll(); spill != null; spill = (Spill) queue.poll()) {
                free(spill);
            }
        }
    }

    private static int classOf(final int rounded) {
        return Integer.numberOfTrailingZeros(rounded / SMALLEST);
    }

    private static int roundUp(final int bytes) {
        // Beyond the largest kept class there is nothing to share, so no need to round far.
        final int unit = bytes <= LARGEST_KEPT ? Integer.highestOneBit(Math.max(1, bytes - 1)) << 1 : LARGEST_KEPT;
        return bytes <= LARGEST_KEPT
                ? unit
                : (int) Math.min(Integer.MAX_VALUE - 8L, ((long) bytes + unit - 1) / unit * unit);
    }
}
