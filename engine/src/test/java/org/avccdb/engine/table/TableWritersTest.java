package org.avccdb.engine.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Random;
import org.avccdb.Compression;
import org.avccdb.engine.storage.SimulatedStorage;
import org.avccdb.engine.threading.HashingAgent;
import org.avccdb.memdb.MemoryLedger;
import org.avccdb.proof.HashRules;
import org.junit.jupiter.api.Test;

/** What one table has left in its scratch does not show in the next. */
class TableWritersTest {
    private static final int ROUNDS = 100;
    private static final int MOST_RECORDS = 3_000;
    private static final int MANY_RECORDS = 10_000;

    private final MemoryLedger ledger = new MemoryLedger(Long.MAX_VALUE);
    private final SimulatedStorage storage = new SimulatedStorage();
    private final TableScratchPool pool = new TableScratchPool(ledger);

    @Test
    void tablesAreTheSameWhateverWasWrittenBefore() {
        Random random = new Random(5);
        HashingAgent agent = new HashingAgent(true);
        for (int round = 0; round < ROUNDS; round++) {
            List<TestRecord> records = new RandomRecords(new Random(round), 100).list(1 + random.nextInt(MOST_RECORDS));
            TableSettings settings = TestTable.settings(random);
            TestTable.write(storage, settings, records, ledger);
            byte[] expected = TableBytes.read(storage, TestTable.NUMBER);
            TableSettings hashed = random.nextBoolean() ? settings.hashedBy(agent) : settings;
            TableWriter writer = new TableWriter(storage, TestTable.NUMBER, hashed, ledger, pool, BlockCache.OFF, null);
            records.forEach(record -> TestTable.add(writer, record));
            if (random.nextInt(4) == 0) {
                writer.abandon();
            } else {
                writer.finish(1, new long[] {7, 8}, TestTable.NUMBER, 1);
                assertArrayEquals(expected, TableBytes.read(storage, TestTable.NUMBER), "round " + round);
            }
        }
        assertEquals(0, ledger.totalBytes());
    }

    /** Who hashes a flush knows the hashes of a memtable. */
    @Test
    void scratchDoesNotKeepWhoHashedTheLastTable() throws InterruptedException {
        WeakReference<HashWorker> hashed = new WeakReference<>(writeOne());
        for (int i = 0; i < 3_000 && hashed.get() != null; i++) {
            System.gc();
            Thread.sleep(10);
        }
        assertNull(hashed.get());
        assertNotNull(pool.take().hashing());
    }

    private HashWorker writeOne() {
        byte[] known = new byte[1];
        HashWorker worker = work -> known[0] != 0;
        TableSettings settings = new TableSettings(256, 4, Compression.NONE, 10, true, worker);
        TableWriter writer = new TableWriter(storage, 1, settings, ledger, pool, BlockCache.OFF, null);
        TestTable.add(writer, TestRecord.put(new byte[] {1}, 0, 1, new byte[] {2}));
        writer.finish(1, new long[0], 1, 1);
        return worker;
    }

    @Test
    void scratchIsKeptForTheNextTable() {
        TableScratch scratch = pool.take();
        pool.give(scratch);
        assertSame(scratch, pool.take());
        assertNotSame(scratch, pool.take());
    }

    @Test
    void scratchOfAnAbandonedTableMayStillBeHashed() {
        TableScratch scratch = pool.take();
        pool.give(scratch);
        TableSettings settings = new TableSettings(256, 4, Compression.NONE, 10, true, HashWorker.NONE);
        new TableWriter(storage, 1, settings, ledger, pool, BlockCache.OFF, null).abandon();
        assertNotSame(scratch, pool.take());
    }

    @Test
    void scratchThatIsKeptHasGivenItsMemoryBack() {
        TableSettings settings = new TableSettings(256, 4, Compression.NONE, 10, true, HashWorker.NONE);
        TableWriter writer = new TableWriter(storage, 1, settings, ledger, pool, BlockCache.OFF, null);
        for (int i = 0; i < MANY_RECORDS; i++) {
            TestTable.add(writer, TestRecord.put(new byte[] {(byte) (i >> 8), (byte) i}, 0, i, new byte[200]));
        }
        assertTrue(ledger.totalBytes() > MANY_RECORDS * HashRules.HASH_LENGTH);
        writer.finish(1, new long[0], 1, 1);
        assertEquals(0, ledger.totalBytes(), ledger::toString);
    }
}
