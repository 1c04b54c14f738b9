package org.avccdb.engine.roots;

/** Sorts indices by what they stand for; stable, without boxing. One thread uses it. */
final class RecordSorter {
    private RecordSorter() {}

    /** Says which of two comes first. */
    @FunctionalInterface
    interface Order {
        int compare(int a, int b);
    }

    /** The numbers below a count in order. */
    static int[] sort(final int count, final Order order) {
        int[] from = new int[count];
        int[] to = new int[count];
        for (int i = 0; i < count; i++) {
            from[i] = i;
        }
        for (int width = 1; width < count; width *= 2) {
            for (int start = 0; start < count; start += 2 * width) {
                merge(from, to, start, Math.min(start + width, count), Math.min(start + 2 * width, count), order);
            }
            final int[] swapped = from;
            from = to;
            to = swapped;
        }
        return from;
    }

    private static void merge(
            final int[] from, final int[] to, final int start, final int middle, final int end, final Order order) {
        int left = start;
        int right = middle;
        for (int i = start; i < end; i++) {
            if (left < middle && (right >= end || order.compare(from[left], from[right]) <= 0)) {
                to[i] = from[left++];
            } else {
                to[i] = from[right++];
            }
        }
    }
}
