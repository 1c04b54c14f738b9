package org.avccdb.engine.compaction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.engine.manifest.Version;
import org.avccdb.engine.storage.SimulatedStorage;
import org.avccdb.engine.table.TableFile;
import org.junit.jupiter.api.Test;

/** Slices have all keys, one behind the other, and about the same number of bytes. */
class SlicingTest {
    private static List<TableFile> tables(final TestDatabase database) {
        final List<TableFile> tables = new ArrayList<>();
        for (int level = 0; level < Version.LEVELS; level++) {
            tables.addAll(Arrays.asList(database.version().level(level)));
        }
        return tables;
    }

    private static void checkOrder(final List<KeySlice> slices) {
        byte[] from = null;
        for (final KeySlice slice : slices) {
            assertArrayEquals(from, slice.from());
            from = slice.to();
            if (from != null && slice.from() != null) {
                assertTrue(Arrays.compareUnsigned(slice.from(), from) < 0);
            }
        }
        assertNull(from);
    }

    @Test
    void theyAreOfAboutTheSameLength() {
        try (TestDatabase database = new TestDatabase(
                new SimulatedStorage(), TestDatabase.smallOptions().build())) {
            final Random random = new Random(3);
            for (int table = 0; table < 5; table++) {
                for (int i = 0; i < 300; i++) {
                    // Some tables have all keys, others a part of them.
                    database.writeAnything(random, table % 2 == 0 ? 0 : 200 * table, 1000);
                }
                database.flush();
            }
            final List<TableFile> tables = tables(database);
            final long bytes = Tables.bytes(tables);
            final long inAll = tables.stream()
                    .mapToLong(table -> bytesIn(table, KeySlice.ALL))
                    .sum();
            for (int pairs = 1; pairs <= 4; pairs++) {
                final int count = 2 * pairs;
                final List<KeySlice> slices = Slicing.of(tables, bytes / count);
                assertEquals(count, slices.size());
                checkOrder(slices);
                for (final KeySlice slice : slices) {
                    final long inside = tables.stream()
                            .mapToLong(table -> bytesIn(table, slice))
                            .sum();
                    assertTrue(inside > inAll / count / 2 && inside < 2 * inAll / count, inside + " of " + inAll);
                }
            }
        }
    }

    /** Of its records: what is behind them in the file is in no slice. */
    private static long bytesIn(final TableFile table, final KeySlice slice) {
        final long from = slice.from() == null ? 0 : bytesBefore(table, slice.from());
        final byte[] to = slice.to() == null || !slice.cutsEndOf(table.meta())
                ? table.meta().largestKey()
                : slice.to();
        return Math.max(0, bytesBefore(table, to) - from);
    }

    private static long bytesBefore(final TableFile table, final byte[] key) {
        return table.reader().offsetOf(new UnsafeBuffer(key), 0, key.length);
    }

    @Test
    void whatIsShortStaysWhole() {
        try (TestDatabase database = new TestDatabase(
                new SimulatedStorage(), TestDatabase.smallOptions().build())) {
            final Random random = new Random(4);
            for (int i = 0; i < 100; i++) {
                database.writeAnything(random, 100);
            }
            database.flush();
            final long bytes = Tables.bytes(tables(database));
            assertEquals(List.of(KeySlice.ALL), Slicing.of(tables(database), bytes));
            assertEquals(2, Slicing.of(tables(database), bytes - 1).size());
        }
    }

    @Test
    void theRecordsOfAKeyAreInOneSlice() {
        try (TestDatabase database = new TestDatabase(
                new SimulatedStorage(), TestDatabase.smallOptions().build())) {
            for (int version = 1; version <= 500; version++) {
                database.put(TestTables.key("m"), version, new byte[40]);
            }
            database.put(TestTables.key("z"), 1, new byte[1]);
            database.flush();
            final List<KeySlice> slices = Slicing.of(tables(database), 1024);
            checkOrder(slices);
            assertTrue(slices.size() <= 3, slices.size() + " slices of two keys");
            for (final KeySlice slice : slices) {
                assertNotNull(
                        slice.of(KeySpan.of(tables(database).get(0).meta())).smallest());
            }
        }
    }
}
