package org.avccdb.engine.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.Cursor;
import org.avccdb.KeyRange;
import org.avccdb.ValueConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Point reads and steps of cursors allocate nothing once they are warm. */
class NoGarbageTest {
    private static final int KEYS = 600;
    private static final int ROUNDS = 20;
    /** What measuring takes, and now and then the virtual machine. */
    private static final long TOLERANCE = 2_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final List<byte[]> keys = new ArrayList<>();
    private TestRuns database;
    private Reads reads;
    private long seen;

    @BeforeEach
    void fill() {
        database = new TestRuns();
        reads = database.reads();
        List<List<Rec>> runs = new ArrayList<>();
        for (int run = 0; run < 5; run++) {
            runs.add(new ArrayList<>());
        }
        for (int i = 0; i < KEYS; i++) {
            String key = "key" + (char) ('a' + i % 26) + i;
            keys.add(Rec.bytes(key));
            for (int run = 0; run < 5; run++) {
                if ((i + run) % 3 != 0) {
                    runs.get(run).add(Rec.put(key, (i + run) % 4, 10_000L * (5 - run) + i));
                }
            }
            if (i % 17 == 0) {
                runs.get(1).add(Rec.delete(key, 10_000L * 4 + 5_000));
            }
            if (i % 19 == 0) {
                runs.get(0).add(Rec.deleteVersion(key, 3, 10_000L * 5 + 5_000));
            }
        }
        runs.forEach(run -> run.sort(Rec.ORDER));
        database.publish(runs, 2, 1, 100_000, new Random(1));
    }

    @AfterEach
    void close() {
        database.close();
        assertTrue(seen != 0);
    }

    private void assertNoGarbage(Runnable round) {
        for (int i = 0; i < 4; i++) {
            round.run();
        }
        long fewest = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 3; attempt++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < ROUNDS; i++) {
                round.run();
            }
            fewest = Math.min(fewest, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertTrue(fewest < TOLERANCE, fewest + " bytes in " + ROUNDS + " rounds over " + KEYS + " keys");
    }

    @Test
    void getsMakeNone() {
        UnsafeBuffer key = new UnsafeBuffer(new byte[32]);
        UnsafeBuffer value = new UnsafeBuffer(new byte[64]);
        assertNoGarbage(() -> {
            for (int i = 0; i < KEYS; i++) {
                key.putBytes(0, keys.get(i));
                seen += reads.get(key, 0, keys.get(i).length, value, 0) + 10;
                seen += reads.getAsOf(key, 0, keys.get(i).length, 2, value, 0) + 10;
            }
        });
    }

    @Test
    void containsMakesNone() {
        assertNoGarbage(() -> {
            for (int i = 0; i < KEYS; i++) {
                seen += reads.contains(keys.get(i)) ? 2 : 1;
            }
        });
    }

    @Test
    void readsInPlaceMakeNone() {
        UnsafeBuffer key = new UnsafeBuffer(new byte[32]);
        ValueConsumer consumer = (buffer, offset, length) -> seen += buffer.getByte(offset);
        assertNoGarbage(() -> {
            for (int i = 0; i < KEYS; i++) {
                key.putBytes(0, keys.get(i));
                reads.read(key, 0, keys.get(i).length, consumer);
            }
        });
    }

    @Test
    void cursorsMakeNone() {
        for (boolean allVersions : new boolean[] {false, true}) {
            try (Cursor cursor = database.cursors.open(database.views, KeyRange.all(), allVersions)) {
                assertNoGarbage(() -> {
                    int rows = 0;
                    for (boolean on = cursor.first(); on; on = cursor.next()) {
                        seen += cursor.key().getByte(0) + cursor.value().getByte(0) + cursor.version();
                        rows++;
                    }
                    for (boolean on = cursor.last(); on; on = cursor.prev()) {
                        seen += cursor.key().getByte(0) + cursor.value().getByte(0) + cursor.sequence();
                        rows--;
                    }
                    assertEquals(0, rows);
                });
                assertNoGarbage(() -> {
                    for (int i = 0; i < KEYS; i++) {
                        seen += cursor.seek(keys.get(i)) ? 1 : 2;
                    }
                });
            }
        }
    }
}
