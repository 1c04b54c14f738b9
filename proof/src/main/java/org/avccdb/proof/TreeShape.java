package org.avccdb.proof;

/**
 * The shape of all trees, which is that of RFC 6962: a tree of n > 1 leaves has the largest power of two below n on its
 * left side, and the rest on its right. So the number of leaves says all about the shape, and which hashes a proof needs
 * follows from that number and from the leaves that it shows.
 *
 * <p>Siblings are the largest subtrees that hold none of the leaves shown. Their order is from left to right. Where no leaf
 * is shown, the whole tree is the only sibling; a tree without leaves has none.
 */
public final class TreeShape {
    private TreeShape() {}

    /** Takes subtrees. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * A subtree.
         *
         * @param start index of its first leaf
         * @param end index behind its last leaf
         */
        void subtree(long start, long end);
    }

    /**
     * How many leaves stand on the left side.
     *
     * @param leaves of the tree, at least 2
     * @return the largest power of two below that
     */
    public static long split(final long leaves) {
        return Long.highestOneBit(leaves - 1);
    }

    /**
     * Enumerates the siblings.
     *
     * @param leaves of the tree
     * @param from index of the first leaf shown
     * @param to index behind the last leaf shown
     * @param visitor takes the siblings, from left to right
     */
    public static void siblings(final long leaves, final long from, final long to, final Visitor visitor) {
        checkInterval(leaves, from, to);
        if (leaves > 0) {
            visit(0, leaves, from, to, visitor);
        }
    }

    private static void visit(final long start, final long end, final long from, final long to, final Visitor visitor) {
        if (isOutside(start, end, from, to)) {
            visitor.subtree(start, end);
        } else if (!isInside(start, end, from, to)) {
            final long middle = start + split(end - start);
            visit(start, middle, from, to, visitor);
            visit(middle, end, from, to, visitor);
        }
    }

    /**
     * How many siblings there are.
     *
     * @param leaves of the tree
     * @param from index of the first leaf shown
     * @param to index behind the last leaf shown
     * @return at most 124
     */
    public static int siblingCount(final long leaves, final long from, final long to) {
        checkInterval(leaves, from, to);
        return leaves == 0 ? 0 : count(0, leaves, from, to);
    }

    private static int count(final long start, final long end, final long from, final long to) {
        if (isOutside(start, end, from, to)) {
            return 1;
        }
        if (isInside(start, end, from, to)) {
            return 0;
        }
        final long middle = start + split(end - start);
        return count(start, middle, from, to) + count(middle, end, from, to);
    }

    /** Whether a subtree has none of the leaves shown. */
    static boolean isOutside(final long start, final long end, final long from, final long to) {
        return end <= from || start >= to || from == to;
    }

    private static boolean isInside(final long start, final long end, final long from, final long to) {
        return start >= from && end <= to;
    }

    private static void checkInterval(final long leaves, final long from, final long to) {
        if (from < 0 || from > to || to > leaves) {
            throw new IllegalArgumentException("leaves " + from + " to " + to + " of " + leaves);
        }
    }
}
