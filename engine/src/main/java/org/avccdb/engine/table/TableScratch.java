package org.avccdb.engine.table;

import org.agrona.concurrent.UnsafeBuffer;

/** What a table's writer collects on the heap until the table is finished. One thread at a time uses it. */
final class TableScratch {
    private static final int FIRST_KEY_CAPACITY = 256;

    private final IndexBuilder index = new IndexBuilder();
    private final FilterBuilder filter = new FilterBuilder();
    private final TableHashing hashing = new TableHashing();
    private final SectionBuffer section = new SectionBuffer();
    private final UnsafeBuffer lastKey = new UnsafeBuffer(new byte[FIRST_KEY_CAPACITY]);

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

    /** About how much memory it has. */
    long bytes() {
        return index.keptBytes() + filter.keptBytes() + hashing.keptBytes() + section.bytes().length;
    }
}
