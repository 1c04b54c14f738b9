package org.avccdb.engine.table;

import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.memdb.MemoryLedger;

/**
 * What a table's writer collects until the table is finished; what grows with the table is off the heap, and given back after each
 * table. One thread at a time uses it.
 */
final class TableScratch {
    private static final int FIRST_KEY_CAPACITY = 256;

    private final IndexBuilder index;
    private final FilterBuilder filter;
    private final TableHashing hashing;
    private final SectionBuffer section;
    private final UnsafeBuffer lastKey = new UnsafeBuffer(new byte[FIRST_KEY_CAPACITY]);

    TableScratch(final MemoryLedger ledger) {
        index = new IndexBuilder(ledger);
        filter = new FilterBuilder(ledger);
        hashing = new TableHashing(ledger);
        section = new SectionBuffer(ledger);
    }

    /** Forgets the table before. */
    void begin(final TableSettings settings) {
        index.begin();
        filter.begin(settings.filterBitsPerKey());
        hashing.begin(settings.hashing());
    }

    IndexBuilder index() {
        return index;
    }

    FilterBuilder filter() {
        return filter;
    }

    TableHashing hashing() {
        return hashing;
    }

    SectionBuffer section() {
        return section;
    }

    UnsafeBuffer lastKey() {
        return lastKey;
    }

    /** Gives back what is off the heap. */
    void free() {
        index.free();
        filter.free();
        section.free();
        hashing.free();
    }
}
