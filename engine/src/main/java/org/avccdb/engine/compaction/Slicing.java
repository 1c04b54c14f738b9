package org.avccdb.engine.compaction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.avccdb.engine.table.TableFile;
import org.avccdb.engine.table.TableReader;

/** Cuts what a compaction reads into slices of about the same length, by what the indexes of its tables say. */
final class Slicing {
    /** Keys looked at for each slice. */
    private static final int SAMPLES = 8;

    private Slicing() {}

    /** A key, with about so many bytes from it to the next sample of the same table. */
    @SuppressWarnings("ArrayRecordComponent") // never compared, and never changed
    private record Sample(byte[] key, double bytes) {}

    /**
     * Slices by key ascending, that together have all keys.
     *
     * @param tables with keys anywhere; the caller keeps them referenced
     * @param sliceBytes about the length of a slice, from half of it to half more; what has no more than one stays whole
     * @return one slice, or an even number, since two threads share them
     */
    static List<KeySlice> of(final List<TableFile> tables, final long sliceBytes) {
        final long bytes = Tables.bytes(tables);
        if (bytes <= sliceBytes) {
            return List.of(KeySlice.ALL);
        }
        final long pairs = Math.max(1, Math.round((double) bytes / (2 * sliceBytes)));
        final double wanted = bytes / (2.0 * pairs);
        final List<Sample> samples = samples(tables, Math.max(1, sliceBytes / SAMPLES));
        final List<KeySlice> slices = new ArrayList<>();
        byte[] smallest = samples.get(0).key;
        double passed = 0;
        for (final Sample sample : samples) {
            // A boundary at the smallest key of all would leave nothing before it.
            if (passed >= wanted * (slices.size() + 1) && Arrays.compareUnsigned(sample.key, smallest) > 0) {
                slices.add(new KeySlice(slices.isEmpty() ? null : smallest, sample.key));
                smallest = sample.key;
            }
            passed += sample.bytes;
        }
        slices.add(new KeySlice(slices.isEmpty() ? null : smallest, null));
        return slices;
    }

    private static List<Sample> samples(final List<TableFile> tables, final long distance) {
        final List<Sample> samples = new ArrayList<>();
        for (final TableFile table : tables) {
            final long bytes = table.meta().bytes();
            final List<byte[]> keys = keysThatCut(table, (int) Math.max(1, bytes / distance));
            final double each = (double) bytes / (keys.size() + 1);
            samples.add(new Sample(table.meta().smallestKey(), each));
            keys.forEach(key -> samples.add(new Sample(key, each)));
        }
        samples.sort((a, b) -> Arrays.compareUnsigned(a.key, b.key));
        return samples;
    }

    private static List<byte[]> keysThatCut(final TableFile table, final int pieces) {
        final TableReader reader = table.retainReader();
        try {
            return reader.keysThatCut(pieces);
        } finally {
            reader.release();
        }
    }
}
