package org.avccdb.engine.table;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.memdb.MemoryLedger;
import org.avccdb.memdb.OutOfNativeMemoryException;

/**
 * Decompressed blocks of tables, outside the heap, in frames of one length. Which frame a block was last put into its reader
 * remembers ({@link CachedBlocks}); the frame itself says whether the block is still there, in the cache line that its content
 * begins in. So a hit costs no memory access but those to the block.
 *
 * <pre>
 * frame    tag u64 | state u64 | content, and {@link BlockPlace#SLACK}
 * tag      number of the reader (32 bits) | number of the block (32 bits); 0: nothing
 * state    length of the content (bits 12-36) | LOADING (11) | REFERENCED (10) | pins (0-9)
 * </pre>
 *
 * <p>Any thread may call any method; {@link #close} when no thread looks blocks up any more. A hit takes no lock and makes no
 * garbage: look at the tag, add a pin by compare-and-set, look at the tag again.
 *
 * <ol>
 *   <li>A frame gets LOADING by a compare-and-set from a state with neither pins nor LOADING. Who made it so is the only one
 *       to touch tag and content, until it stores a state without LOADING.
 *   <li>Pins are added only to a state without LOADING. So while there is a pin, tag and content stay as they are: if the tag
 *       is right after the pin was taken, the content is.
 *   <li>The same block may be in two frames, if two threads missed it at once; both have the same content.
 *   <li>A frame that no table's block is in is either one that was never used or has LOADING and is listed by {@link FrameMemory},
 *       once; who takes it from the list goes on as who made it LOADING.
 *   <li>Memory of frames is given back by {@link #close}, or by the last unpin of its chunk after that; until then it counts as
 *       orphaned.
 * </ol>
 *
 * <p>Which frame is given up: CLOCK, where a block counts as referenced from its second use on, so that blocks that are read
 * once go first.
 */
public final class BlockCache implements AutoCloseable {
    static final int NONE = -1;
    /** For readers without a cache: closed, so that it keeps nothing. */
    static final BlockCache OFF = new BlockCache(0, 1, MemoryLedger.process());

    static {
        OFF.close();
    }

    private static final int LINE = 64;
    private static final int STATE_OFFSET = Long.BYTES;
    private static final int CONTENT_OFFSET = 2 * Long.BYTES;
    /** Frames that are looked at for one that was not used lately, and again that many for any. */
    private static final int LOOKS = 16;

    private static final long PIN = 1;
    private static final long PINS = (1L << 10) - 1;
    private static final long REFERENCED = 1L << 10;
    private static final long LOADING = 1L << 11;
    private static final int LENGTH_SHIFT = 12;
    private static final int MAX_LENGTH = (1 << 25) - 1;

    private final int count;
    private final MemoryLedger ledger;
    private final FrameMemory frames;
    private final ScratchPool scratch;
    private final AtomicInteger readers = new AtomicInteger();
    /** Of tables that have been written and nobody has opened yet, by number. */
    private final Map<Long, CachedBlocks> expected = new ConcurrentHashMap<>();

    private final AtomicInteger hand = new AtomicInteger();
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private volatile boolean closed;

    /**
     * An empty cache.
     *
     * @param bytes most memory that it takes, 0 for none
     * @param frameBytes longest block that it keeps, see {@link #frameBytes(int)}
     * @param ledger accounts for the memory
     */
    public BlockCache(final long bytes, final int frameBytes, final MemoryLedger ledger) {
        if (bytes < 0 || frameBytes < 1) {
            throw new IllegalArgumentException("no block cache of " + bytes + " bytes with frames of " + frameBytes);
        }
        final int aligned = align(frameBytes);
        this.ledger = ledger;
        this.count = (int) Math.min(Integer.MAX_VALUE - 1, bytes / aligned);
        this.frames = new FrameMemory(count, aligned, ledger);
        this.scratch = new ScratchPool(ledger, aligned);
    }

    /** How long frames should be for blocks of this many bytes: those of one record alone may be longer, and do not fit. */
    public static int frameBytes(final int blockBytes) {
        return align((long) CONTENT_OFFSET + blockBytes + BlockPlace.SLACK);
    }

    private static int align(final long bytes) {
        return Math.toIntExact((bytes + LINE - 1) / LINE * LINE);
    }

    /** How many blocks were found here. */
    public long hits() {
        return hits.sum();
    }

    /** How many blocks had to be read and decompressed. */
    public long misses() {
        return misses.sum();
    }

    /** Bytes of the frames that have been used so far. */
    public long allocatedBytes() {
        return frames.allocatedBytes();
    }

    /** Buffers for blocks that are not kept here. */
    ScratchPool scratch() {
        return scratch;
    }

    MemoryLedger ledger() {
        return ledger;
    }

    /** How many blocks were looked for. */
    long lookups() {
        return hits.sum() + misses.sum();
    }

    /** Rises when a frame is searched whose block is to be given up. */
    int searches() {
        return hand.get();
    }

    /** A number for the tags of a table's blocks. */
    int newReader() {
        return readers.incrementAndGet();
    }

    /** The blocks of a table that is opened; to be {@link CachedBlocks#free}d. */
    CachedBlocks blocks(final long table, final int blocks) {
        final CachedBlocks written = expected.remove(table);
        if (written != null) {
            if (written.blocks() == blocks) {
                return written;
            }
            written.free();
        }
        return CachedBlocks.none(this, newReader(), count == 0 ? 0 : blocks);
    }

    /** Keeps the blocks of a table until it is opened. */
    void expect(final long table, final CachedBlocks written) {
        expected.put(table, written);
    }

    /** A table will not be opened any more. */
    void forget(final long table) {
        final CachedBlocks written = expected.remove(table);
        if (written != null) {
            written.free();
        }
    }

    /** Whether a block of this many bytes can be kept. */
    boolean fits(final int contentLength) {
        return count > 0
                && contentLength <= Math.min(MAX_LENGTH, frames.frameBytes() - CONTENT_OFFSET - BlockPlace.SLACK);
    }

    /** Whether the frame, if it is one, has what the tag says; then it is pinned. */
    boolean pin(final int frame, final long tag, final boolean counted) {
        if (frame != NONE && tag(frame) == tag && tryPin(frame)) {
            if (tag(frame) == tag) {
                if (counted) {
                    hits.increment();
                }
                return true;
            }
            unpin(frame);
        }
        if (counted) {
            misses.increment();
        }
        return false;
    }

    private boolean tryPin(final int frame) {
        final UnsafeBuffer chunk = frames.chunk(frame);
        final int at = stateOf(frame);
        while (true) {
            final long state = chunk.getLongVolatile(at);
            if ((state & LOADING) != 0 || (state & PINS) == PINS) {
                return false;
            }
            if (chunk.compareAndSetLong(at, state, (state | REFERENCED) + PIN)) {
                return true;
            }
        }
    }

    /** Length of the content of a pinned frame. */
    int length(final int frame) {
        return (int) (state(frame) >>> LENGTH_SHIFT);
    }

    /** Shows the content of a pinned frame, and the slack behind it. */
    void show(final int frame, final UnsafeBuffer view, final int contentLength) {
        view.wrap(frames.chunk(frame), offset(frame), contentLength + BlockPlace.SLACK);
    }

    /**
     * A frame to load a block into, which no other thread touches until {@link #publish} or {@link #giveUp}; or {@link #NONE},
     * where all are in use, another thread loads it too, or there is no memory.
     *
     * @param last the frame that the block was last put into, or {@link #NONE}
     */
    int claim(final int last, final long tag) {
        if (last != NONE && tag(last) == tag) {
            return NONE;
        }
        final int frame = freeFrame();
        if (frame != NONE) {
            frames.chunk(frame).putLongVolatile(frames.offset(frame), tag);
        }
        return frame;
    }

    /**
     * Puts a block, which fits, into a frame that no table's block is in, and does not pin it.
     *
     * @return the frame, or {@link #NONE} if there is none
     */
    int put(final long tag, final DirectBuffer content, final int length) {
        final int frame = nobodysFrame();
        if (frame != NONE) {
            final UnsafeBuffer chunk = frames.chunk(frame);
            chunk.putLongVolatile(frames.offset(frame), tag);
            chunk.putBytes(offset(frame), content, 0, length);
            chunk.putLongVolatile(stateOf(frame), (long) length << LENGTH_SHIFT);
        }
        return frame;
    }

    /** Takes a block out, if it is there and nobody has it pinned: its frame is the next to be used. */
    void takeOut(final int frame, final long tag) {
        synchronized (frames) {
            if (closed || tag(frame) != tag) {
                return;
            }
            final UnsafeBuffer chunk = frames.chunk(frame);
            final long state = state(frame);
            if ((state & (PINS | LOADING)) != 0 || !chunk.compareAndSetLong(stateOf(frame), state, LOADING)) {
                return;
            }
            if (tag(frame) == tag) {
                chunk.putLongVolatile(frames.offset(frame), 0);
                frames.list(frame);
            } else {
                // Another block of the same length came in between.
                chunk.putLongVolatile(stateOf(frame), state);
            }
        }
    }

    private int nobodysFrame() {
        final int listed = frames.takeListed();
        if (listed != NONE) {
            return listed;
        }
        final int unused = unusedFrame();
        // Who looks for a frame to take may find this one from the moment that it is there.
        return unused != NONE && tryClaim(unused, false) ? unused : NONE;
    }

    private int freeFrame() {
        final int nobodys = nobodysFrame();
        if (nobodys != NONE) {
            return nobodys;
        }
        final int present = frames.used();
        for (int look = 0; look < 2 * LOOKS && present > 0; look++) {
            final int frame = Integer.remainderUnsigned(hand.getAndIncrement(), present);
            if (tryClaim(frame, look < LOOKS)) {
                return frame;
            }
        }
        return NONE;
    }

    private int unusedFrame() {
        try {
            return frames.next();
        } catch (final OutOfNativeMemoryException refused) {
            // Then those that there are have to do.
            return NONE;
        }
    }

    /** Claims a frame that nobody is on, unless it is to be spared this time because it was referenced. */
    private boolean tryClaim(final int frame, final boolean sparing) {
        final UnsafeBuffer chunk = frames.chunk(frame);
        final long state = state(frame);
        if ((state & (PINS | LOADING)) != 0) {
            return false;
        }
        if (sparing && (state & REFERENCED) != 0) {
            chunk.compareAndSetLong(stateOf(frame), state, state & ~REFERENCED);
            return false;
        }
        return chunk.compareAndSetLong(stateOf(frame), state, LOADING);
    }

    ByteBuffer bytes(final int frame) {
        return frames.bytes(frame);
    }

    /** Where the content begins. */
    int offset(final int frame) {
        return frames.offset(frame) + CONTENT_OFFSET;
    }

    /** Ends the loading; the caller has a pin. */
    void publish(final int frame, final int contentLength) {
        frames.chunk(frame).putLongVolatile(stateOf(frame), ((long) contentLength << LENGTH_SHIFT) | PIN);
    }

    /** Ends a loading that failed. */
    void giveUp(final int frame) {
        frames.chunk(frame).putLongVolatile(frames.offset(frame), 0);
        frames.chunk(frame).putLongVolatile(stateOf(frame), 0);
    }

    void unpin(final int frame) {
        frames.chunk(frame).getAndAddLong(stateOf(frame), -PIN);
        if (closed) {
            freeUnpinned();
        }
    }

    private long tag(final int frame) {
        return frames.chunk(frame).getLongVolatile(frames.offset(frame));
    }

    private long state(final int frame) {
        return frames.chunk(frame).getLongVolatile(stateOf(frame));
    }

    private int stateOf(final int frame) {
        return frames.offset(frame) + STATE_OFFSET;
    }

    /** Frees what no cursor is on; the rest goes when those cursors detach. No cursor may move any more. */
    @Override
    public void close() {
        expected.keySet().forEach(this::forget);
        closed = true;
        scratch.close();
        freeUnpinned();
    }

    private void freeUnpinned() {
        synchronized (frames) {
            frames.beginFreeing();
            for (int frame = 0; frame < frames.used(); frame++) {
                if (frames.chunk(frame) != null && (state(frame) & PINS) != 0) {
                    frames.keep(frame);
                }
            }
            frames.freeUnkept();
        }
    }
}
