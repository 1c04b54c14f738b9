package org.avccdb.engine.table;

import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.memdb.MemoryLedger;

/**
 * Collects the hashes of the user keys of a table ({@link FilterDescriptor}), of one table after the other. Off the heap,
 * since a large table has millions, and rarely.
 */
final class FilterBuilder {
    /** Large enough for few of them, small enough for what a small table wastes. */
    private static final int CHUNK = 1 << 15;

    private final MemoryLedger ledger;
    /** Those behind the last that is used are without memory. */
    private final List<ScratchBuffer> chunks = new ArrayList<>();

    private int bitsPerKey;
    private long keys;
    private UnsafeBuffer last;

    FilterBuilder(final MemoryLedger ledger) {
        this.ledger = ledger;
    }

    /** Begins a table, with a filter of so many bits for each key; 0 for none. */
    void begin(final int bits) {
        bitsPerKey = bits;
        keys = 0;
    }

    void add(final long hash) {
        if (bitsPerKey == 0) {
            return;
        }
        final int at = (int) (keys % CHUNK);
        if (at == 0) {
            last = chunk((int) (keys / CHUNK));
        }
        last.putLong(at * Long.BYTES, hash);
        keys++;
    }

    private UnsafeBuffer chunk(final int index) {
        if (index == chunks.size()) {
            chunks.add(new ScratchBuffer(ledger));
        }
        final ScratchBuffer chunk = chunks.get(index);
        chunk.ensure(CHUNK * Long.BYTES);
        return chunk.buffer();
    }

    /** Gives the memory back. */
    void free() {
        chunks.forEach(ScratchBuffer::free);
        last = null;
        keys = 0;
    }

    /** How many there are, of different user keys. */
    long keys() {
        return keys;
    }

    int bitsPerKey() {
        return bitsPerKey;
    }

    /** Sets a table's bit in a filter of several tables. */
    void addTo(final JointFilter joint, final int bit) {
        long left = keys;
        for (int i = 0; left > 0; i++) {
            joint.add(chunks.get(i).buffer(), (int) Math.min(CHUNK, left), bit);
            left -= CHUNK;
        }
    }

    /** How long the filter is, 0 for none. */
    int length() {
        return keys == 0 ? 0 : FilterDescriptor.sectionLength(FilterDescriptor.lines(keys, bitsPerKey));
    }

    /** The filter, without codec and check; empty for none. */
    void build(final SectionBuffer section) {
        section.begin(length());
        if (keys == 0) {
            return;
        }
        final int lines = FilterDescriptor.lines(keys, bitsPerKey);
        final int probes = FilterDescriptor.probes(bitsPerKey);
        FilterDescriptor.putTail(section.buffer(), lines, probes);
        long left = keys;
        for (int i = 0; left > 0; i++) {
            add(section.buffer(), lines, probes, chunks.get(i).buffer(), (int) Math.min(CHUNK, left));
            left -= CHUNK;
        }
    }

    private static void add(
            final UnsafeBuffer section, final int lines, final int probes, final UnsafeBuffer hashes, final int count) {
        for (int i = 0; i < count; i++) {
            FilterDescriptor.add(section, lines, probes, hashes.getLong(i * Long.BYTES));
        }
    }
}
