package org.avccdb.engine.manifest;

import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.agrona.DirectBuffer;
import org.avccdb.engine.keys.Keys;
import org.avccdb.engine.table.TableFile;
import org.avccdb.engine.table.TableMeta;

/**
 * The tables of one level, and what is known of them together; immutable.
 *
 * <p>Level 0 is ordered by sequence number, newest first. Of two of its tables that share a user key, the newer has only
 * higher sequence numbers. In every other level no two tables share a user key, and they are ordered by key.
 */
final class Level {
    private static final Comparator<TableFile> NEWEST_FIRST = Comparator.comparingLong(
                    (TableFile table) -> table.meta().maxSequence())
            .thenComparingLong(table -> table.meta().number())
            .reversed();
    private static final Comparator<TableFile> BY_KEY =
            Comparator.comparing(table -> table.meta().smallestKey(), Arrays::compareUnsigned);

    final TableFile[] tables;
    final long bytes;
    final long records;
    final long keyDeletes;
    final long versionDeletes;
    final long maxPutVersion;
    final long maxSequence;
    private final DirectBuffer[] smallest;
    private final DirectBuffer[] largest;
    private final long[] largestDigests;

    Level(final int number, final List<TableFile> unordered) {
        tables = unordered.toArray(new TableFile[0]);
        Arrays.sort(tables, number == 0 ? NEWEST_FIRST : BY_KEY);
        smallest = new DirectBuffer[tables.length];
        largest = new DirectBuffer[tables.length];
        largestDigests = new long[tables.length];
        long sumOfBytes = 0;
        long sumOfRecords = 0;
        long sumOfKeyDeletes = 0;
        long sumOfVersionDeletes = 0;
        long highest = 0;
        long newest = 0;
        for (int i = 0; i < tables.length; i++) {
            final TableMeta meta = tables[i].meta();
            smallest[i] = tables[i].smallestKey();
            largest[i] = tables[i].largestKey();
            largestDigests[i] = digest(largest[i], 0, meta.largestKey().length);
            sumOfBytes += meta.bytes();
            sumOfRecords += meta.records();
            sumOfKeyDeletes += meta.keyDeletes();
            sumOfVersionDeletes += meta.versionDeletes();
            highest = Math.max(highest, meta.maxPutVersion());
            newest = Math.max(newest, meta.maxSequence());
        }
        bytes = sumOfBytes;
        records = sumOfRecords;
        keyDeletes = sumOfKeyDeletes;
        versionDeletes = sumOfVersionDeletes;
        maxPutVersion = highest;
        maxSequence = newest;
    }

    /** What is wrong with the order of the tables, or null. */
    String problem(final int number) {
        return number == 0 ? problemOfSequences() : problemOfKeys(number);
    }

    private String problemOfSequences() {
        long lowest = Long.MAX_VALUE; // of all tables before the i-th
        for (int i = 0; i < tables.length; i++) {
            final TableMeta older = tables[i].meta();
            for (int j = 0; older.maxSequence() >= lowest && j < i; j++) {
                final TableMeta newer = tables[j].meta();
                if (newer.minSequence() <= older.maxSequence() && shareKeys(newer, older)) {
                    return "in level 0, " + newer + " and " + older + " overlap in keys and in sequence numbers";
                }
            }
            lowest = Math.min(lowest, older.minSequence());
        }
        return null;
    }

    private String problemOfKeys(final int number) {
        for (int i = 1; i < tables.length; i++) {
            if (shareKeys(tables[i - 1].meta(), tables[i].meta())) {
                return "in level " + number + ", " + tables[i - 1].meta() + " and " + tables[i].meta()
                        + " overlap in keys";
            }
        }
        return null;
    }

    private static boolean shareKeys(final TableMeta a, final TableMeta b) {
        return Arrays.compareUnsigned(a.smallestKey(), b.largestKey()) <= 0
                && Arrays.compareUnsigned(b.smallestKey(), a.largestKey()) <= 0;
    }

    /** The first table whose largest key is not below this one, or the number of tables; not for level 0. */
    int find(final DirectBuffer key, final int offset, final int length) {
        final long digest = digest(key, offset, length);
        int from = 0;
        int to = tables.length;
        while (from < to) {
            final int middle = (from + to) >>> 1;
            int order = Long.compareUnsigned(largestDigests[middle], digest);
            if (order == 0) {
                final DirectBuffer last = largest[middle];
                order = Keys.compare(last, 0, last.capacity(), key, offset, length);
            }
            if (order < 0) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    boolean beginsAtOrBefore(final int index, final DirectBuffer key, final int offset, final int length) {
        final DirectBuffer first = smallest[index];
        return Keys.compare(first, 0, first.capacity(), key, offset, length) <= 0;
    }

    boolean endsAtOrBehind(final int index, final DirectBuffer key, final int offset, final int length) {
        final DirectBuffer last = largest[index];
        return Keys.compare(last, 0, last.capacity(), key, offset, length) >= 0;
    }

    /** The first eight bytes as an unsigned number; a shorter key is filled up with zeros, so equal digests say nothing. */
    private static long digest(final DirectBuffer key, final int offset, final int length) {
        if (length >= Long.BYTES) {
            return key.getLong(offset, ByteOrder.BIG_ENDIAN);
        }
        long digest = 0;
        for (int i = 0; i < length; i++) {
            digest |= (key.getByte(offset + i) & 0xFFL) << (56 - 8 * i);
        }
        return digest;
    }
}
