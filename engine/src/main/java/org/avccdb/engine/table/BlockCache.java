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
 * set      tags: 8 * u64 | states: 8 * u64 | frames: 8 * u64 (0: none yet, else number + 1)        three cache lines
 * tag      number of the reader (32 bits) | number of the block (32 bits); 0: nothing
 * state    length of the content (bits 32-62) | LOADING (25) | REFERENCED (24) | pins (0-23)
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
    private static final int SET_BYTES = 3 * LINE;

    private static final long PIN = 1;
    private static final long PINS = (1L << 24) - 1;
    private static final long REFERENCED = 1L << 24;
    private static final long LOADING = 1L << 25;
    private static final int LENGTH_SHIFT = 32;

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
        this.sets = (int) Math.min(bytes / perSet, (Integer.MAX_VALUE - LINE) / SET_BYTES);
        this.frames = new FrameMemory(sets * WAYS, frameBytes, ledger);
        this.scratch = new ScratchPool(ledger, frameBytes);
        this.ledger = ledger;
        this.wayBytes =
                ScratchBuffer.allocate(sets == 0 ? 0 : sets * SET_BYTES + LINE, ledger, MemoryPurpose.BLOCK_CACHE);
        this.ways = new UnsafeBuffer(wayBytes);
        if (sets > 0) {
            ways.wrap(wayBytes, (int) -ways.addressOffset() & (LINE - 1), sets * SET_BYTES);
        }
    }

    /** How long frames should be for blocks of this many bytes: somewhat longer blocks fit too. */
    public static int frameBytes(final int blockBytes) {
        return Math.toIntExact((blockBytes + blockBytes / 4L + BlockPlace.SLACK + LINE - 1) / LINE * LINE);
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
        return sets > 0 && contentLength <= frames.frameBytes() - BlockPlace.SLACK;
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
        return ways.compareAndSetLong(stateOf(way), state, LOADING) ? way : NONE;
    }

    private int withFrame(final int way, final long tag) {
        ways.putLongVolatile(tagOf(way), tag);
        if (frame(way) < 0) {
            try {
                ways.putLong(frameOf(way), frames.next() + 1L);
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
        ways.putLongVolatile(stateOf(way), ((long) contentLength << LENGTH_SHIFT) | PIN);
    }

    /** Ends a loading that failed. */
    void giveUp(final int way) {
        ways.putLongVolatile(tagOf(way), 0);
        ways.putLongVolatile(stateOf(way), 0);
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

    private int frame(final int way) {
        return (int) ways.getLong(frameOf(way)) - 1;
    }

    private static int tagOf(final int way) {
        return way / WAYS * SET_BYTES + way % WAYS * Long.BYTES;
    }

    private static int stateOf(final int way) {
        return tagOf(way) + LINE;
    }

    private static int frameOf(final int way) {
        return tagOf(way) + 2 * LINE;
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
            for (int way = 0; way < ways.capacity() / SET_BYTES * WAYS; way++) {
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
