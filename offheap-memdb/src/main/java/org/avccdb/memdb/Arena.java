package org.avccdb.memdb;

/**
 * One contiguous block of native memory that is handed out by moving a pointer and taken back all at once.
 *
 * <p>One thread allocates and resets, at a time; any thread may read what it has been shown and the counters.
 *
 * <ol>
 *   <li>Every allocation starts at a multiple of 8 and never at offset 0, which stands for "none".
 *   <li>Nothing is cleared when the arena is made or reset: a fresh arena costs no page fault before it is used, and a
 *       reused one keeps its pages. Whoever needs zeroes asks for them, where it needs them.
 *   <li>A reset starts a new generation; offsets of an older one mean nothing.
 * </ol>
 */
public final class Arena {
    /** The offset that no allocation has. */
    static final int NONE = 0;

    private static final int ALIGNMENT = Long.BYTES;
    private static final int FIRST = ALIGNMENT;
    private static final int MAX_CAPACITY = Integer.MAX_VALUE - NativeMemory.SLACK_BYTES - FIRST;

    private final NativeMemory memory;
    private int next = FIRST;
    private int generation;

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
        this.memory = ledger.allocate(FIRST + capacityBytes, MemoryPurpose.MEMTABLE);
    }

    /** An offset, or {@link #NONE} where there is no room; the bytes hold anything. */
    int allocate(final int bytes) {
        final int start = next;
        if (bytes < 0 || bytes > memory.capacity() - start) {
            return NONE;
        }
        next = start + align(bytes);
        return start;
    }

    /** What an allocation of this many bytes takes from the arena. */
    static int align(final int bytes) {
        return (bytes + ALIGNMENT - 1) & -ALIGNMENT;
    }

    /**
     * Bytes that can still be allocated.
     *
     * @return the room behind the last allocation
     */
    public int free() {
        return Math.max(0, memory.capacity() - next);
    }

    /**
     * Bytes that have been allocated.
     *
     * @return the room before the next allocation, with what alignment takes
     */
    public int used() {
        return next - FIRST;
    }

    /**
     * Bytes that can be allocated from an empty arena.
     *
     * @return the capacity that the arena was made with
     */
    public int capacity() {
        return memory.capacity() - FIRST;
    }

    /** Makes the arena empty. No thread may be reading from it. */
    public void reset() {
        assert poisoned();
        next = FIRST;
        generation++;
    }

    /** Gives the memory back. No thread may be reading from it. */
    public void release() {
        memory.free();
    }

    NativeMemory memory() {
        return memory;
    }

    int firstOffset() {
        return FIRST;
    }

    int nextOffset() {
        return next;
    }

    int generation() {
        return generation;
    }

    private boolean poisoned() {
        memory.poison();
        return true;
    }
}
