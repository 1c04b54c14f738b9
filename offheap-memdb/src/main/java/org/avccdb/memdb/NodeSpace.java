package org.avccdb.memdb;

/** Where the writer of a list gets nodes and their leaves: from the back of the arena, nodes in pages of their own. */
final class NodeSpace {
    private final Arena arena;
    private final NativeMemory memory;

    private int page;
    private int pageEnd;

    NodeSpace(final Arena arena) {
        this.arena = arena;
        this.memory = arena.memory();
    }

    /** Whether there is room for a node, its leaf, and so many bytes at the front of the arena. */
    boolean hasRoomFor(final int height, final long otherBytes) {
        final int needed = LeafDescriptor.LENGTH + (fitsPage(height) ? 0 : LeafDescriptor.NODE_PAGE_LENGTH);
        return otherBytes <= (long) arena.free() - needed;
    }

    /** A node without links, with an empty leaf; there must be room. */
    int newNode(final int height) {
        if (!fitsPage(height)) {
            page = arena.allocateFromBack(LeafDescriptor.NODE_PAGE_LENGTH);
            pageEnd = page + LeafDescriptor.NODE_PAGE_LENGTH;
        }
        final int leaf = arena.allocateFromBack(LeafDescriptor.LENGTH);
        memory.zero(leaf, LeafDescriptor.LENGTH);
        final int node = page;
        page += LeafDescriptor.nodeLength(height);
        memory.zero(node, LeafDescriptor.nodeLength(height));
        memory.putLong(node, LeafDescriptor.nodeWord(leaf, height));
        return node;
    }

    private boolean fitsPage(final int height) {
        return LeafDescriptor.nodeLength(height) <= pageEnd - page;
    }
}
