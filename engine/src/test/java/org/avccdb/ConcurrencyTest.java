package org.avccdb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Everybody at once, with buffers so small that memtables are flushed and tables merged all the time: what is promised to
 * each thread holds, and so it does when the database is closed under all of them.
 */
final class ConcurrencyTest {
    private static final int RUN_MILLIS = 1_500;

    @TempDir
    Path directory;

    static Options tiny(ThreadingMode mode) {
        return Options.builder()
                .threadingMode(mode)
                .writeBufferBytes(16 << 10)
                .maxFrozenMemtables(2)
                .ringSlots(8)
                .blockBytes(512)
                .blockCacheBytes(64 << 10)
                .compactionTableBytes(16 << 10)
                .compactionTotalBytes(64 << 10)
                .compactionL0Trigger(2)
                .writeL0SlowdownTrigger(6)
                .writeL0PauseTrigger(10)
                .pinnedMemoryBytes(64 << 10)
                .build();
    }

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void everyPromiseHoldsUntilTheDatabaseIsClosedUnderAll(ThreadingMode mode) throws InterruptedException {
        Watched watched = Watched.open(directory, tiny(mode));
        AvccDb db = watched.db();
        Counters counters = new Counters();
        Crowd crowd = new Crowd();
        try {
            crowd.add("blocking", new CounterWriters.Blocking(db, counters, 0));
            crowd.add("synced", new CounterWriters.Blocking(db, counters, 1));
            crowd.add("pipelined", new CounterWriters.Pipelined(db, counters, 2));
            crowd.add("batches", new CounterWriters.Batches(db, counters, 3));
            crowd.add("pipelined batches", new CounterWriters.PipelinedBatches(db, counters, 4));
            crowd.add("transactions", new CounterWriters.Transactions(db, counters, 5));
            crowd.add("versions", new CounterWriters.Versions(db, counters, 6));
            crowd.add("groups", new CounterReaders.Groups(db, counters));
            crowd.add("cursors", new CounterReaders.Cursors(db, counters));
            crowd.add("snapshots", new CounterReaders.Snapshots(db, counters));
            crowd.add("histories", new CounterReaders.Histories(db, counters, 6));
            crowd.add("upkeep", () -> {
                db.flush();
                db.compactRange(KeyRange.all());
            });
            crowd.start();
            crowd.goOn(RUN_MILLIS, () -> counters.leastAcknowledged() > 0);
        } finally {
            db.close();
        }
        crowd.join();
        crowd.assertAllEndedByTheClose();
        assertTrue(counters.leastAcknowledged() > 0, "each writer has come to something");
        watched.assertNothingLeft();
        try (AvccDb again = AvccDb.open(directory, tiny(mode))) {
            assertTrue(again.verify().isClean(), () -> again.verify().toString());
            for (int writer = 0; writer < Counters.WRITERS; writer++) {
                List<byte[]> values = again.multiGet(counters.keys(writer));
                for (byte[] value : values) {
                    assertNotNull(value, "writer " + writer);
                    assertArrayEquals(values.get(0), value, "writer " + writer);
                }
                long found = Counters.count(values.get(0));
                long accepted = counters.accepted(writer);
                assertTrue(found >= accepted, () -> found + " is there, " + accepted + " was accepted");
                assertTrue(found <= counters.begun(writer));
            }
            assertEquals(
                    Counters.count(again.get(counters.keys(6).get(0))),
                    again.getVersionHistory(counters.keys(6).get(0), 1, 0).size());
        }
    }
}
