package org.avccdb.engine.table;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.avccdb.memdb.MemoryLedger;

/** Keeps what writers of tables have used for the next ones, so that a table leaves no garbage behind. Any thread. */
final class TableScratchPool {
    /** A flush, a merge of level 0 that goes before a compaction, and of that two slices and the last table of a third. */
    private static final int SLOTS = 5;

    private final MemoryLedger ledger;
    private final AtomicReferenceArray<TableScratch> slots = new AtomicReferenceArray<>(SLOTS);

    TableScratchPool(final MemoryLedger ledger) {
        this.ledger = ledger;
    }

    /** For the caller alone. */
    TableScratch take() {
        for (int i = 0; i < SLOTS; i++) {
            final TableScratch kept = slots.get(i) == null ? null : slots.getAndSet(i, null);
            if (kept != null) {
                return kept;
            }
        }
        return new TableScratch(ledger);
    }

    /** Ends the use of it. */
    void give(final TableScratch scratch) {
        for (int i = 0; i < SLOTS; i++) {
            if (slots.get(i) == null && slots.compareAndSet(i, null, scratch)) {
                return;
            }
        }
    }
}
