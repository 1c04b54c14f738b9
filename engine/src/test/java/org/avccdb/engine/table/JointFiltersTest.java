package org.avccdb.engine.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.Compression;
import org.avccdb.engine.keys.KeyHash;
import org.avccdb.engine.storage.SimulatedStorage;
import org.avccdb.engine.table.JointFilters.Share;
import org.avccdb.memdb.MemoryLedger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JointFiltersTest {
    private static final int BITS_PER_KEY = 10;
    private static final int MANY_KEYS = 20_000;

    private final MemoryLedger ledger = new MemoryLedger(Long.MAX_VALUE);
    private final JointFilters filters = new JointFilters(ledger);

    @AfterEach
    void nothingIsLeftBehind() {
        filters.close();
        assertEquals(0, ledger.totalBytes(), ledger::toString);
    }

    /** The n-th hash of a table. */
    private static long hash(long table, int n) {
        return new SplittableRandom(table * 1_000_003 + n).nextLong();
    }

    private Share written(long table, int keys) {
        return written(filters, ledger, table, keys, BITS_PER_KEY);
    }

    private static Share written(JointFilters filters, MemoryLedger ledger, long table, int keys, int bitsPerKey) {
        FilterBuilder builder = new FilterBuilder(ledger);
        builder.begin(bitsPerKey);
        for (int i = 0; i < keys; i++) {
            builder.add(hash(table, i));
        }
        filters.expect(table, builder);
        builder.free();
        return filters.take(table);
    }

    @Test
    void noKeyOfATableIsEverRuledOut() {
        List<Share> shares = new ArrayList<>();
        for (int table = 0; table < JointFilter.TABLES; table++) {
            shares.add(written(table, table * 100 + 1));
        }
        for (int table = 0; table < shares.size(); table++) {
            Share share = shares.get(table);
            for (int i = 0; i <= table * 100; i++) {
                assertNotEquals(0, share.filter().tables(hash(table, i)) & share.bit(), "key " + i + " of " + table);
            }
        }
        shares.forEach(filters::giveBack);
    }

    @Test
    void keysOfOthersAreMostlyRuledOut() {
        List<Share> shares = new ArrayList<>();
        for (int table = 0; table < JointFilter.TABLES; table++) {
            shares.add(written(table, MANY_KEYS));
        }
        int kept = 0;
        for (int i = 0; i < MANY_KEYS; i++) {
            kept += Integer.bitCount(shares.get(0).filter().tables(hash(-1, i)));
        }
        assertTrue(kept < MANY_KEYS * JointFilter.TABLES / 20, kept + " are not ruled out");
        shares.forEach(filters::giveBack);
    }

    @Test
    void eachTableHasABitOfItsOwn() {
        List<Share> shares = new ArrayList<>();
        int bits = 0;
        for (int table = 0; table < JointFilter.TABLES; table++) {
            Share share = written(table, 10);
            assertSame(
                    share.filter(),
                    shares.isEmpty() ? share.filter() : shares.get(0).filter());
            assertEquals(0, bits & share.bit());
            bits |= share.bit();
            shares.add(share);
        }
        Share next = written(JointFilter.TABLES, 10);
        assertNotSame(shares.get(0).filter(), next.filter());
        filters.giveBack(next);
        shares.forEach(filters::giveBack);
    }

    /** Even where the filter could take more tables. */
    @Test
    void aFilterGoesWithTheLastOfItsTables() {
        Share first = written(1, 10);
        Share second = written(2, 10);
        filters.giveBack(first);
        assertNotEquals(0, ledger.totalBytes());
        assertNotEquals(0, second.filter().tables(hash(2, 0)) & second.bit());
        filters.giveBack(second);
        assertEquals(0, ledger.totalBytes(), ledger::toString);
        Share third = written(3, 10);
        assertNotEquals(0, third.filter().tables(hash(3, 0)) & third.bit());
        filters.giveBack(third);
    }

    @Test
    void aTableThatIsTooLargeForAFilterBeginsALargerOne() {
        Share small = written(1, 10);
        Share large = written(2, MANY_KEYS);
        assertNotSame(small.filter(), large.filter());
        assertTrue(large.filter().lines() > small.filter().lines());
        assertSame(large.filter(), written(3, 10).filter());
        filters.giveBack(small);
        filters.giveBack(large);
        filters.giveBack(new Share(large.filter(), 0));
    }

    @Test
    void tablesWithoutFilterOrWithTooManyKeysHaveNone() {
        assertNull(written(filters, ledger, 1, 10, 0));
        assertNull(written(filters, ledger, 2, 1 << 17, 64));
        assertNull(filters.take(3));
    }

    @Test
    void whereMemoryIsRefusedThereIsNone() {
        MemoryLedger small = new MemoryLedger(1 << 15);
        JointFilters refused = new JointFilters(small);
        FilterBuilder keys = new FilterBuilder(ledger);
        keys.begin(BITS_PER_KEY);
        keys.add(1);
        refused.expect(1, keys);
        keys.free();
        assertNull(refused.take(1));
        assertEquals(0, small.totalBytes());
    }

    /** A snapshot may hold a table of each of many. */
    @Test
    void thereAreNeverMoreThanAFew() {
        List<Share> held = new ArrayList<>();
        for (int table = 0; table < 10 * JointFilter.TABLES; table++) {
            Share share = written(table, 10);
            if (share != null) {
                held.add(share);
            }
        }
        assertTrue(held.size() > JointFilter.TABLES, held.size() + " tables");
        assertTrue(ledger.totalBytes() < 1 << 20, ledger::toString);
        held.forEach(filters::giveBack);
        Share again = written(-1, 10);
        assertNotNull(again);
        filters.giveBack(again);
    }

    @Test
    void aTableThatIsGivenUpGivesItsBitBack() {
        Share kept = written(1, 10);
        FilterBuilder keys = new FilterBuilder(ledger);
        keys.begin(BITS_PER_KEY);
        keys.add(1);
        filters.expect(2, keys);
        keys.free();
        filters.forget(2);
        filters.forget(2);
        assertNull(filters.take(2));
        filters.giveBack(kept);
        assertEquals(0, ledger.totalBytes(), ledger::toString);
    }

    @Test
    void tablesThatAreFinishedAtOnceDoNotOverwriteEachOther() throws InterruptedException {
        for (int round = 0; round < 20; round++) {
            List<Share> shares = new ArrayList<>();
            shares.add(written(0, MANY_KEYS));
            CountDownLatch go = new CountDownLatch(2);
            List<Thread> writers = new ArrayList<>();
            for (int table = 1; table <= 2; table++) {
                int number = table;
                writers.add(new Thread(() -> {
                    FilterBuilder keys = new FilterBuilder(ledger);
                    keys.begin(BITS_PER_KEY);
                    for (int i = 0; i < MANY_KEYS; i++) {
                        keys.add(hash(number, i));
                    }
                    go.countDown();
                    while (go.getCount() > 0) {
                        Thread.onSpinWait();
                    }
                    filters.expect(number, keys);
                    keys.free();
                }));
            }
            for (Thread writer : writers) {
                writer.start();
            }
            for (Thread writer : writers) {
                writer.join();
            }
            shares.add(filters.take(1));
            shares.add(filters.take(2));
            for (int table = 0; table <= 2; table++) {
                for (int i = 0; i < MANY_KEYS; i++) {
                    Share share = shares.get(table);
                    assertNotEquals(0, share.filter().tables(hash(table, i)) & share.bit(), "round " + round);
                }
            }
            shares.forEach(filters::giveBack);
        }
    }

    /** Other levels have one run of many tables, of which a lookup asks one. */
    @Test
    void onlyTablesOfLevelZeroHaveOne() {
        SimulatedStorage storage = new SimulatedStorage();
        TableCache tables = new TableCache(storage, new BlockCache(0, 1, ledger), 10, false, TableFile::dispose);
        TableWriters writers = new TableWriters(
                storage, new TableSettings(256, 4, Compression.NONE, 10, false, HashWorker.NONE), ledger, tables);
        for (int level = 0; level < 2; level++) {
            TableWriter writer = writers.begin(level + 1);
            byte[] key = {1, 2, (byte) level};
            TestTable.add(writer, TestRecord.put(key, 0, 1, new byte[5]));
            TableFile file = new TableFile(writer.finish(level, new long[0], level + 1, 1), tables);
            if (level == 0) {
                long hash = KeyHash.of(new UnsafeBuffer(key), 0, key.length);
                assertEquals(file.jointBit(), file.jointFilter().tables(hash));
            } else {
                assertNull(file.jointFilter());
            }
            file.release();
        }
        assertEquals(0, ledger.totalBytes(), ledger::toString);
    }

    @Test
    void aFinishedTableThatNobodyTakesIsLetGoOf() {
        SimulatedStorage storage = new SimulatedStorage();
        TableCache tables = new TableCache(storage, new BlockCache(0, 1, ledger), 10, false, TableFile::dispose);
        TableWriters writers = new TableWriters(
                storage, new TableSettings(256, 4, Compression.NONE, 10, false, HashWorker.NONE), ledger, tables);
        for (int number = 1; number <= 2; number++) {
            TableWriter writer = writers.begin(number);
            TestTable.add(writer, TestRecord.put(new byte[] {1}, 0, 1, new byte[5]));
            writer.finish(0, new long[0], number, 1);
        }
        writers.forget(1);
        assertNull(tables.filters().take(1));
        assertNotEquals(0, ledger.totalBytes());
        tables.close();
        assertEquals(0, ledger.totalBytes(), ledger::toString);
    }
}
