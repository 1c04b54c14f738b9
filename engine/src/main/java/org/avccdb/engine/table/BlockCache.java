package org.avccdb.engine.table;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.memdb.MemoryLedger;
import org.avccdb.memdb.MemoryPurpose;
import org.avccdb.memdb.OutOfNativeMemoryException;

/**
 * Decompressed blocks of tables, outside the heap. It is set-associative: a block may be in one of the {@value #WAYS} ways of
 * the set that its tag falls into. A way has a tag, a state word, and, from its first use on, a frame of memory.
 *
 * <pre>
 * set      8 * (tag u64, state u64)                                                                two cache lines
 * tag      number of the reader (32 bits) | number of the block (32 bits); 0: nothing
 * state    length of the content (bits 38-62) | frame, 0: none yet, else its number + 1 (12-37) | LOADING (11) |
 *          REFERENCED (10) | pins (0-9)
 * </pre>
 *
 * <p>Any thread may call any method; {@link #close} when no thread looks blocks up any more. A hit takes no lock and makes no
 * garbage: find the tag, add a pin by compare-and-set, look at the tag again.
 *
 * <ol>
 *   <li>A way gets LOADING by a compare-and-set from a state with neither pins nor LOADING. Who made it so is the only one to
 *       touch tag, frame and content, until it stores a state without LOADING.
 *   <li>Pins are added only to a state without LOADING. So while there is a pin, tag and content stay as they are: if the tag
 *       is right after the pin was taken, the content is.
 *   <li>The same block may be in two ways, if two threads missed it at once; both have the same content.
 *   <li>Memory of frames is given back by {@link #close}, or by the last unpin of its chunk after that; until then it counts as
 *       orphaned.
 * </ol>
 *
 * <p>Which way is given up: CLOCK, where a block counts as referenced from its second use on, so that blocks that are read
 * once go first.
 */
public final class BlockCache implements AutoCloseable {
    static final int NONE = -1;
    /** For readers without a cache: closed, so that it keeps nothing. */
    static final BlockCache OFF = new BlockCache(0, 1, MemoryLedger.process());

    static {
        OFF.close();
    }

    private static final int WAYS = 8;
    private static final int LINE = 64;
    private static final int WAY_BYTES = 2 * Long.BYTES;
    private static final int SET_BYTES = WAYS * WAY_BYTES;

    private static final long PIN = 1;
    private static final long PINS = (1L << 10) - 1;
    private static final long REFERENCED = 1L << 10;
    private static final long LOADING = 1L << 11;
    private static final int FRAME_SHIFT = 12;
    private static final int MAX_FRAMES = (1 << 26) - 1;
    private static final long FRAME = (long) MAX_FRAMES << FRAME_SHIFT;
    private static final int LENGTH_SHIFT = 38;
    private static final int MAX_LENGTH = (1 << 25) - 1;

    private final int sets;
    private final MemoryLedger ledger;
    private final ByteBuffer wayBytes;
    private final UnsafeBuffer ways;
    private final FrameMemory frames;
    private final ScratchPool scratch;
    private final AtomicInteger readers = new AtomicInteger();
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private volatile boolean closed;
    private boolean freed;

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
        final long perSet = (long) WAYS * frameBytes + SET_BYTES;
        this.sets = (int) Math.min(bytes / perSet, Math.min(Integer.MAX_VALUE / SET_BYTES - 1, MAX_FRAMES / WAYS));
        this.frames = new FrameMemory(sets * WAYS, frameBytes, ledger);
        this.scratch = new ScratchPool(ledger, frameBytes);
        this.ledger = ledger;
        this.wayBytes =
                ScratchBuffer.allocate(sets == 0 ? 0 : (sets + 1) * SET_BYTES, ledger, MemoryPurpose.BLOCK_CACHE);
        this.ways = new UnsafeBuffer(wayBytes);
        if (sets > 0) {
            ways.wrap(wayBytes, (int) -ways.addressOffset() & (SET_BYTES - 1), sets * SET_BYTES);
        }
    }

    /** How long frames should be for blocks of this many bytes: those of one record alone may be longer, and do not fit. */
    public static int frameBytes(final int blockBytes) {
        return Math.toIntExact(((long) blockBytes + BlockPlace.SLACK + LINE - 1) / LINE * LINE);
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

    /** A number for the tags of another reader. */
    int newReader() {
        return readers.incrementAndGet();
    }

    static long tag(final int reader, final int block) {
        return ((long) reader << 32) | block;
    }

    /** Whether a block of this many bytes can be kept. */
    boolean fits(final int contentLength) {
        return sets > 0 && contentLength <= Math.min(MAX_LENGTH, frames.frameBytes() - BlockPlace.SLACK);
    }

    /** The way that has a block, pinned; or {@link #NONE}. */
    int pin(final long tag) {
        final int first = firstWay(tag);
        for (int way = first; way < first + WAYS && sets > 0; way++) {
            if (ways.getLongVolatile(tagOf(way)) == tag && tryPin(way)) {
                if (ways.getLongVolatile(tagOf(way)) == tag) {
                    hits.increment();
                    return way;
                }
                unpin(way);
            }
        }
        misses.increment();
        return NONE;
    }

    private boolean tryPin(final int way) {
        while (true) {
            final long state = ways.getLongVolatile(stateOf(way));
            if ((state & LOADING) != 0 || (state & PINS) == PINS) {
                return false;
            }
            if (ways.compareAndSetLong(stateOf(way), state, (state | REFERENCED) + PIN)) {
                return true;
            }
        }
    }

    /** Length of the content of a pinned way. */
    int length(final int way) {
        return (int) (ways.getLongVolatile(stateOf(way)) >>> LENGTH_SHIFT);
    }

    /** Shows the content of a pinned way, and the slack behind it. */
    void show(final int way, final UnsafeBuffer view, final int contentLength) {
        final int frame = frame(way);
        view.wrap(frames.chunk(frame), frames.offset(frame), contentLength + BlockPlace.SLACK);
    }

    /**
     * A way to load a block into, which no other thread touches until {@link #publish} or {@link #giveUp}; or {@link #NONE},
     * where all are in use, another thread loads it too, or there is no memory.
     */
    int claim(final long tag) {
        final int first = firstWay(tag);
        final int start = (int) (tag & (WAYS - 1));
        int empty = NONE;
        for (int way = first; way < first + WAYS; way++) {
            final long held = ways.getLongVolatile(tagOf(way));
            if (held == tag) {
                return NONE;
            }
            empty = held == 0 ? way : empty;
        }
        int chosen = empty == NONE ? NONE : tryClaim(empty, false);
        for (int i = 0; i < 2 * WAYS && chosen == NONE; i++) {
            chosen = tryClaim(first + ((start + i) & (WAYS - 1)), i < WAYS);
        }
        return chosen == NONE ? NONE : withFrame(chosen, tag);
    }

    /** Claims a way that nobody is on, unless it is to be spared this time because it was referenced. */
    private int tryClaim(final int way, final boolean sparing) {
        final long state = ways.getLongVolatile(stateOf(way));
        if ((state & (PINS | LOADING)) != 0) {
            return NONE;
        }
        if (sparing && (state & REFERENCED) != 0) {
            ways.compareAndSetLong(stateOf(way), state, state & ~REFERENCED);
            return NONE;
        }
        return ways.compareAndSetLong(stateOf(way), state, (state & FRAME) | LOADING) ? way : NONE;
    }

    private int withFrame(final int way, final long tag) {
        ways.putLongVolatile(tagOf(way), tag);
        if (frame(way) < 0) {
            try {
                ways.putLongVolatile(stateOf(way), LOADING | ((frames.next() + 1L) << FRAME_SHIFT));
            } catch (final OutOfNativeMemoryException refused) {
                // The block goes to a buffer of the cursor's own instead.
                giveUp(way);
                return NONE;
            }
        }
        return way;
    }

    ByteBuffer bytes(final int way) {
        return frames.bytes(frame(way));
    }

    int offset(final int way) {
        return frames.offset(frame(way));
    }

    /** Ends the loading; the caller has a pin. */
    void publish(final int way, final int contentLength) {
        final long frame = ways.getLong(stateOf(way)) & FRAME;
        ways.putLongVolatile(stateOf(way), ((long) contentLength << LENGTH_SHIFT) | frame | PIN);
    }

    /** Ends a loading that failed. */
    void giveUp(final int way) {
        ways.putLongVolatile(tagOf(way), 0);
        ways.putLongVolatile(stateOf(way), ways.getLong(stateOf(way)) & FRAME);
    }

    void unpin(final int way) {
        ways.getAndAddLong(stateOf(way), -PIN);
        if (closed) {
            freeUnpinned();
        }
    }

    private int firstWay(final long tag) {
        final long hash = tag * 0x9E3779B97F4A7C15L;
        return (int) ((((hash ^ (hash >>> 32)) & 0xFFFF_FFFFL) * sets) >>> 32) * WAYS;
    }

    /** The frame of a way that is pinned or LOADING by the caller; negative where it has none. */
    private int frame(final int way) {
        return (int) ((ways.getLongVolatile(stateOf(way)) & FRAME) >>> FRAME_SHIFT) - 1;
    }

    private static int tagOf(final int way) {
        return way * WAY_BYTES;
    }

    private static int stateOf(final int way) {
        return tagOf(way) + Long.BYTES;
    }

    /** Frees what no cursor is on; the rest goes when those cursors detach. No cursor may move any more. */
    @Override
    public void close() {
        closed = true;
        scratch.close();
        freeUnpinned();
    }

    private void freeUnpinned() {
        synchronized (frames) {
            frames.beginFreeing();
            for (int way = 0; way < ways.capacity() / WAY_BYTES; way++) {
                if ((ways.getLongVolatile(stateOf(way)) & PINS) != 0) {
                    frames.keep(frame(way));
                }
            }
            frames.freeUnkept();
            if (frames.allocatedBytes() == 0 && !freed) {
                freed = true;
                // No pin is left, so nobody will ask for a state again.
                ways.wrap(new byte[0]);
                ScratchBuffer.free(wayBytes, ledger, MemoryPurpose.BLOCK_CACHE);
            }
        }
    }
}
