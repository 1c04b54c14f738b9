package org.avccdb.memdb;

/**
 * One contiguous block of native memory that is handed out by moving a pointer and taken back all at once.
 *
 * <p>One thread allocates and resets, at a time; any thread may read what it has been shown and the counters.
 *
 * <p>What is allocated from the front stands in the order of allocation, without gaps; what is read together can be kept
 * together by allocating it from the back.
 *
 * <ol>
 *   <li>Every allocation from the front starts at a multiple of 8, from the back at a multiple of 64 (a cache line), and
 *       none at offset 0, which stands for "none".
 *   <li>Nothing is cleared when the arena is made or reset: a fresh arena costs no page fault before it is used, and a
 *       reused one keeps its pages. Whoever needs zeroes asks for them, where it needs them.
 *   <li>A reset starts a new generation; offsets of an older one mean nothing.
 * </ol>
 */
public final class Arena {
    /** The offset that no allocation has. */
    static final int NONE = 0;

    /** Most bytes that an arena can have. */
    static final int MAX_CAPACITY = Integer.MAX_VALUE - (1 << 16);

    private static final int ALIGNMENT = Long.BYTES;
    private static final int LINE = 64;
    private static final int FIRST = LINE;

    private final NativeMemory memory;
    /** What the memory has beyond the capacity, so that its end is aligned; never handed out. */
    private final int rounding;

    private int next = FIRST;
    private int end;
    private int generation;
    private boolean counted = true;

    /**
     * Takes the memory for an arena.
     *
     * @param capacityBytes how much can be allocated from it
     * @param ledger where the memory comes from
     */
    public Arena(final int capacityBytes, final MemoryLedger ledger) {
        if (capacityBytes < 0 || capacityBytes > MAX_CAPACITY) {
            throw new IllegalArgumentException("capacity must be 0 to " + MAX_CAPACITY + " bytes: " + capacityBytes);
        }
        this.memory = ledger.allocate(FIRST + alignToLine(capacityBytes), MemoryPurpose.MEMTABLE);
        this.rounding = alignToLine(capacityBytes) - capacityBytes;
        this.end = memory.capacity();
    }

    /** An offset, or {@link #NONE} where there is no room; the bytes hold anything. */
    int allocate(final int bytes) {
        final int start = next;
        if (bytes < 0 || bytes > end - rounding - start) {
            return NONE;
        }
        next = start + align(bytes);
        return start;
    }

    /** The same from the back; only for a multiple of 64. */
    int allocateFromBack(final int bytes) {
        assert bytes > 0 && bytes % LINE == 0;
        if (bytes > end - rounding - next) {
            return NONE;
        }
        end -= bytes;
        return end;
    }

    /** What an allocation of this many bytes takes from the arena. */
    static int align(final int bytes) {
        return (bytes + ALIGNMENT - 1) & -ALIGNMENT;
    }

    private static int alignToLine(final int bytes) {
        return (bytes + LINE - 1) & -LINE;
    }

    /**
     * Bytes that can still be allocated.
     *
     * @return the room between the allocations from the front and those from the back
     */
    public int free() {
        return Math.max(0, end - rounding - next);
    }

    /**
     * Bytes that have been allocated.
     *
     * @return the rest of the capacity, with what alignment takes
     */
    public int used() {
        return capacity() - free();
    }

    /**
     * Bytes that can be allocated from an empty arena.
     *
     * @return the capacity that the arena was made with
     */
    public int capacity() {
        return memory.capacity() - rounding - FIRST;
    }

    /** Makes the arena empty. No thread may be reading from it. */
    public void reset() {
        assert poisoned();
        next = FIRST;
        end = memory.capacity();
        generation++;
    }

    /** Gives the memory back. No thread may be reading from it. */
    public void release() {
        memory.free();
    }

    NativeMemory memory() {
        return memory;
    }

    /** Whether it counts against the budget of its pool, which alone may call this. */
    boolean isCounted() {
        return counted;
    }

    /** Counts its memory as that of readers who have outlived the owner; of no effect once it is released. */
    public void orphan() {
        memory.assign(MemoryPurpose.ORPHANED);
    }

    void countNoLonger() {
        counted = false;
        memory.assign(MemoryPurpose.PINNED);
    }

    int firstOffset() {
        return FIRST;
    }

    int nextOffset() {
        return next;
    }

    /**
     * Whether it has had a use before this one: then its pages take memory though nothing may be in them.
     *
     * @return true from the first {@link #reset()} on
     */
    public boolean isTouched() {
        return generation > 0;
    }

    int generation() {
        return generation;
    }

    private boolean poisoned() {
        memory.poison();
        return true;
    }
}
