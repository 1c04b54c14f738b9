package org.avccdb.memdb;

/**
 * Walks the ways of several keys through a list at the same time, so that their cache misses overlap, and the insertions
 * that follow find everything in the cache. A hint: it decides nothing and writes nothing.
 *
 * <p>One search waits for memory at each step, because a step tells where the next one goes. Eight searches side by side
 * wait for eight places at once.
 *
 * <p>Of the writer's thread.
 */
final class PathWarmer {
    /** Searches side by side: as many as a core has misses in flight, less a few for what else it does. */
    static final int LANES = 8;

    private final int[] leaves = new int[LANES];
    private final int[] levels = new int[LANES];
    private final int[] digests = new int[LANES];

    /** Takes what the last step loads, so that the loads are not optimised away. */
    @SuppressWarnings({"unused", "UnusedVariable"})
    private long touched;

    void warm(final SkipList list, final RecordGroup group, final int from, final int to) {
        final NativeMemory memory = list.memory();
        final int lanes = to - from;
        for (int lane = 0; lane < lanes; lane++) {
            leaves[lane] = list.head();
            levels[lane] = list.height() - 1;
            digests[lane] = list.digest(group.base(), group.keyAddress(from + lane), group.keyLength(from + lane));
        }
        for (int walking = lanes; walking > 0; ) {
            for (int lane = 0; lane < lanes; lane++) {
                final int level = levels[lane];
                if (level < 0) {
                    continue;
                }
                final long link = memory.getLongAcquire(LeafDescriptor.linkOffset(leaves[lane], level));
                if (link != LeafDescriptor.EMPTY
                        && Integer.compareUnsigned(LeafDescriptor.digest(link), digests[lane]) < 0) {
                    leaves[lane] = LeafDescriptor.offset(link);
                } else {
                    levels[lane] = level - 1;
                    if (level == 0) {
                        walking--;
                    }
                }
            }
        }
        long seen = 0;
        for (int lane = 0; lane < lanes; lane++) {
            seen += memory.touch(leaves[lane], NativeMemory.SLACK_BYTES);
        }
        touched += seen;
    }
}
