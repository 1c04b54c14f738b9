package org.avccdb.engine.table;

import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** Collects the hashes of the user keys of a table ({@link FilterDescriptor}). */
final class FilterBuilder {
    private static final int CHUNK = 1 << 13;

    private final int bitsPerKey;
    /** Full chunks; the last one is being filled. */
    private final List<long[]> full = new ArrayList<>();

    private long[] last;
    private int used;

    FilterBuilder(final int bitsPerKey) {
        this.bitsPerKey = bitsPerKey;
    }

    void add(final long hash) {
        if (bitsPerKey == 0) {
            return;
        }
        if (last == null || used == CHUNK) {
            if (last != null) {
                full.add(last);
            }
            last = new long[CHUNK];
            used = 0;
        }
        last[used++] = hash;
    }

    private long keys() {
        return (long) full.size() * CHUNK + used;
    }

    /** How long the filter is, 0 for none. */
    int length() {
        return keys() == 0 ? 0 : FilterDescriptor.sectionLength(FilterDescriptor.lines(keys(), bitsPerKey));
    }

    /** The filter, without codec and check; empty for none. */
    byte[] build() {
        final byte[] bytes = new byte[length()];
        if (bytes.length == 0) {
            return bytes;
        }
        final UnsafeBuffer section = new UnsafeBuffer(bytes);
        final int lines = FilterDescriptor.lines(keys(), bitsPerKey);
        final int probes = FilterDescriptor.probes(bitsPerKey);
        FilterDescriptor.putTail(section, lines, probes);
        for (final long[] chunk : full) {
            add(section, lines, probes, chunk, CHUNK);
        }
        add(section, lines, probes, last, used);
        return bytes;
    }

    private static void add(
            final UnsafeBuffer section, final int lines, final int probes, final long[] hashes, final int count) {
        for (int i = 0; i < count; i++) {
            FilterDescriptor.add(section, lines, probes, hashes[i]);
        }
    }
}
