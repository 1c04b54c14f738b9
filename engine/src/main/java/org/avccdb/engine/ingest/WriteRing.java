package org.avccdb.engine.ingest;

import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.WaitStrategy;
import com.lmax.disruptor.dsl.ProducerType;
import java.nio.ByteBuffer;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.memdb.MemoryLedger;
import org.avccdb.memdb.MemoryPurpose;

/**
 * The merge queue: a Disruptor ring of {@link WriteSlot}s whose content is off-heap.
 *
 * <p>Any thread claims, fills and publishes a slot (one thread only, where the ring was made for a single producer). Whoever
 * has the writer's role takes them in order and says how far it has come.
 */
public final class WriteRing implements AutoCloseable {
    /** What {@link #tryClaim} returns where the ring is full. */
    public static final long FULL = -1;

    /** Content that a slot holds itself: a record of 16 + 100 bytes with its header and then some, in whole cache lines. */
    public static final int INLINE_BYTES = 256;

    private final MemoryLedger ledger;
    private final ByteBuffer memory;
    private final RingBuffer<WriteSlot> ring;
    private final Sequence consumed = new Sequence(RingBuffer.INITIAL_CURSOR_VALUE);
    private long nextPrepared;

    /** A ring of this many slots, a power of two. */
    public WriteRing(final int slots, final boolean singleProducer, final MemoryLedger ledger) {
        this.ledger = ledger;
        ledger.reserve((long) slots * INLINE_BYTES, MemoryPurpose.WRITE_QUEUE);
        this.memory = ByteBuffer.allocateDirect(slots * INLINE_BYTES);
        final UnsafeBuffer content = new UnsafeBuffer(memory);
        this.ring = RingBuffer.create(
                singleProducer ? ProducerType.SINGLE : ProducerType.MULTI,
                () -> new WriteSlot(content, (int) nextPrepared++ * INLINE_BYTES, INLINE_BYTES),
                slots,
                new NobodyWaits());
        ring.addGatingSequences(consumed);
    }

    /** Whoever waits for the ring does so in its own way. */
    private static final class NobodyWaits implements WaitStrategy {
        @Override
        public long waitFor(
                final long sequence,
                final Sequence cursor,
                final Sequence dependentSequence,
                final SequenceBarrier barrier) {
            return dependentSequence.get();
        }

        @Override
        public void signalAllWhenBlocking() {}
    }

    /** Claims the next slot, or returns {@link #FULL}. What is claimed must be published. */
    public long tryClaim() {
        try {
            return ring.tryNext();
        } catch (final InsufficientCapacityException full) {
            return FULL;
        }
    }

    /** The slot of a number. */
    public WriteSlot slot(final long number) {
        return ring.get(number);
    }

    /** Hands a claimed slot to the writer. */
    public void publish(final long number) {
        ring.publish(number);
    }

    /** Whether a slot has been published; asked by the writer's role about the ones that it has not consumed. */
    public boolean isPublished(final long number) {
        return ring.isAvailable(number);
    }

    /** The highest number that has been claimed. */
    public long claimed() {
        return ring.getCursor();
    }

    /** The highest number that has been consumed. */
    public long consumed() {
        return consumed.get();
    }

    /** Slots up to this one may be used anew; by the writer's role. */
    public void consume(final long number) {
        consumed.set(number);
    }

    /** Whether everything that was claimed has been consumed. */
    public boolean isEmpty() {
        return ring.getCursor() == consumed.get();
    }

    /** How many slots there are. */
    public int size() {
        return ring.getBufferSize();
    }

    /** Frees the memory. No thread may be inside, and none may come. */
    @Override
    public void close() {
        ledger.release((long) ring.getBufferSize() * INLINE_BYTES, MemoryPurpose.WRITE_QUEUE);
        BufferUtil.free(memory);
    }
}
