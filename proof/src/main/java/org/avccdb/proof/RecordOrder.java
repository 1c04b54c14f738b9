package org.avccdb.proof;

import java.util.Arrays;
import java.util.Comparator;

/** The order of records: keys ascend as unsigned bytes, within a key versions descend, then sequence numbers. */
final class RecordOrder {
    static final Comparator<OpenedLeaf> LEAVES = RecordOrder::compare;

    private RecordOrder() {}

    static int compareKeys(final byte[] a, final byte[] b) {
        return a == b ? 0 : Arrays.compareUnsigned(a, b);
    }

    static int compare(
            final byte[] keyA,
            final long versionA,
            final long sequenceA,
            final byte[] keyB,
            final long versionB,
            final long sequenceB) {
        final int keys = compareKeys(keyA, keyB);
        if (keys != 0) {
            return keys;
        }
        return versionA != versionB ? Long.compare(versionB, versionA) : Long.compare(sequenceB, sequenceA);
    }

    static int compare(final OpenedLeaf a, final OpenedLeaf b) {
        return compare(a.key(), a.version(), a.sequence(), b.key(), b.version(), b.sequence());
    }

    static int compareToFirst(final OpenedLeaf leaf, final TableSummary table) {
        return compare(
                leaf.key(),
                leaf.version(),
                leaf.sequence(),
                table.firstKey(),
                table.firstVersion(),
                table.firstSequence());
    }

    static int compareToLast(final OpenedLeaf leaf, final TableSummary table) {
        return compare(
                leaf.key(),
                leaf.version(),
                leaf.sequence(),
                table.lastKey(),
                table.lastVersion(),
                table.lastSequence());
    }

    static int compareFirstToLast(final TableSummary table) {
        return compare(
                table.firstKey(),
                table.firstVersion(),
                table.firstSequence(),
                table.lastKey(),
                table.lastVersion(),
                table.lastSequence());
    }
}
