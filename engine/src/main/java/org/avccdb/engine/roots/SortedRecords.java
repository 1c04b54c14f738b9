package org.avccdb.engine.roots;

import java.util.ArrayList;
import java.util.List;

/**
 * Numbers of records in the order of the records, each with the beginning of its key beside it, so that most comparisons
 * touch memory in a row only. Immutable.
 */
final class SortedRecords {
    private final HashedRecords records;
    private final long[] prefixes;
    private final int[] order;

    private SortedRecords(final HashedRecords records, final long[] prefixes, final int[] order) {
        this.records = records;
        this.prefixes = prefixes;
        this.order = order;
    }

    /** Sorts the records from one number to another. */
    static SortedRecords of(final HashedRecords records, final int from, final int to) {
        SortedRecords sorted = new SortedRecords(records, new long[to - from], new int[to - from]);
        for (int i = 0; i < sorted.count(); i++) {
            sorted.prefixes[i] = records.prefix(from + i);
            sorted.order[i] = from + i;
        }
        SortedRecords other = new SortedRecords(records, new long[to - from], new int[to - from]);
        for (int width = 1; width < sorted.count(); width *= 2) {
            for (int start = 0; start < sorted.count(); start += 2 * width) {
                final int middle = Math.min(start + width, sorted.count());
                other.merge(start, sorted, start, middle, sorted, middle, Math.min(middle + width, sorted.count()));
            }
            final SortedRecords swapped = sorted;
            sorted = other;
            other = swapped;
        }
        return sorted;
    }

    /** Merges what is sorted already, all of the same records. */
    static SortedRecords merged(final List<SortedRecords> parts) {
        List<SortedRecords> left = parts;
        while (left.size() > 1) {
            final List<SortedRecords> merged = new ArrayList<>();
            for (int i = 0; i + 1 < left.size(); i += 2) {
                merged.add(merged(left.get(i), left.get(i + 1)));
            }
            if (left.size() % 2 != 0) {
                merged.add(left.get(left.size() - 1));
            }
            left = merged;
        }
        return left.get(0);
    }

    private static SortedRecords merged(final SortedRecords a, final SortedRecords b) {
        final int count = a.count() + b.count();
        final SortedRecords merged = new SortedRecords(a.records, new long[count], new int[count]);
        merged.merge(0, a, 0, a.count(), b, 0, b.count());
        return merged;
    }

    private void merge(
            final int start,
            final SortedRecords a,
            final int fromA,
            final int toA,
            final SortedRecords b,
            final int fromB,
            final int toB) {
        int i = fromA;
        int j = fromB;
        int out = start;
        while (i < toA && j < toB) {
            final long prefixOfA = a.prefixes[i];
            final long prefixOfB = b.prefixes[j];
            final int orderOfA = a.order[i];
            final int orderOfB = b.order[j];
            // Random keys make this choice at random, so it is written to be compiled to moves, not to jumps.
            final boolean isA = prefixOfA == prefixOfB
                    ? records.compare(orderOfA, orderOfB) < 0
                    : prefixOfA + Long.MIN_VALUE < prefixOfB + Long.MIN_VALUE;
            prefixes[out] = isA ? prefixOfA : prefixOfB;
            order[out++] = isA ? orderOfA : orderOfB;
            i += isA ? 1 : 0;
            j += isA ? 0 : 1;
        }
        System.arraycopy(a.prefixes, i, prefixes, out, toA - i);
        System.arraycopy(a.order, i, order, out, toA - i);
        out += toA - i;
        System.arraycopy(b.prefixes, j, prefixes, out, toB - j);
        System.arraycopy(b.order, j, order, out, toB - j);
    }

    int count() {
        return order.length;
    }

    /** Which record stands at a place. */
    int record(final int place) {
        return order[place];
    }

    HashedRecords records() {
        return records;
    }

    /** The place of the first record at or behind the head of a user key; the number of records where there is none. */
    int firstNotBefore(final byte[] key) {
        int low = 0;
        int high = count();
        while (low < high) {
            final int middle = (low + high) >>> 1;
            if (records.compareKey(order[middle], key, 0, key.length) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
