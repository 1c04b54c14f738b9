package org.avccdb.engine.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.avccdb.CompactionCause;
import org.avccdb.EventListener.CompactionBegun;
import org.avccdb.EventListener.CompactionCompleted;
import org.avccdb.EventListener.FlushBegun;
import org.avccdb.EventListener.FlushCompleted;
import org.avccdb.EventListener.Rotated;
import org.avccdb.EventListener.TableCreated;
import org.avccdb.EventListener.TableDeleted;
import org.avccdb.EventListener.WriteStallEnded;
import org.avccdb.StallCause;
import org.junit.jupiter.api.Test;

/** Each number of an event stands where it belongs. */
class EventTextTest {
    @Test
    void flushes() {
        assertEquals("flush begun: 1 memtables, 2 records, 3 bytes", EventText.of(new FlushBegun(1, 2, 3)));
        assertEquals(
                "flush completed: 1 memtables, 2 records, 3 bytes; level 4, 5 tables, 6 bytes; 7 us",
                EventText.of(new FlushCompleted(1, 2, 3, 4, 5, 6, 7_999)));
    }

    @Test
    void compactions() {
        assertEquals(
                "compaction begun: LEVEL_SIZE, level 1 to 2; 3 tables, 4 bytes",
                EventText.of(new CompactionBegun(CompactionCause.LEVEL_SIZE, 1, 2, 3, 4)));
        assertEquals(
                "compaction completed: LEVEL0_COUNT, level 0 to 1; read 2 tables, 4 bytes; wrote 3 tables, 5 bytes; 6 us",
                EventText.of(new CompactionCompleted(CompactionCause.LEVEL0_COUNT, 0, 1, false, 2, 3, 4, 5, 6_000)));
        assertEquals(
                "compaction completed: LEVEL_SIZE, level 1 to 2, moved; read 1 tables, 0 bytes; wrote 0 tables, 0 bytes;"
                        + " 9 us",
                EventText.of(new CompactionCompleted(CompactionCause.LEVEL_SIZE, 1, 2, true, 1, 0, 0, 0, 9_000)));
    }

    @Test
    void tables() {
        assertEquals("table created: 1, level 2; 4 records, 3 bytes", EventText.of(new TableCreated(1, 2, 3, 4)));
        assertEquals("table deleted: 1; 2 bytes", EventText.of(new TableDeleted(1, 2)));
    }

    @Test
    void theWriter() {
        assertEquals("rotated: 1 records, 2 bytes; 3 us", EventText.of(new Rotated(1, 2, 3_000)));
        assertEquals(
                "writes had to wait: FROZEN_MEMTABLES; 4 us",
                EventText.of(new WriteStallEnded(StallCause.FROZEN_MEMTABLES, 4_000)));
    }
}
