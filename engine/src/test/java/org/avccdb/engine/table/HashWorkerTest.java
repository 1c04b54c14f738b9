package org.avccdb.engine.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.avccdb.Compression;
import org.avccdb.engine.storage.SimulatedStorage;
import org.avccdb.engine.threading.HashingAgent;
import org.avccdb.memdb.MemoryLedger;
import org.junit.jupiter.api.Test;

/** Whoever hashes a table, and whenever, its root is the same. */
class HashWorkerTest {
    private static final int ROUNDS = 20;
    private static final int RECORDS = 3_000;

    private final MemoryLedger ledger = new MemoryLedger(Long.MAX_VALUE);

    private byte[] root(List<TestRecord> records, HashWorker worker) {
        TableSettings settings = new TableSettings(512, 4, Compression.NONE, 10, true, worker);
        return TestTable.write(new SimulatedStorage(), settings, records, ledger)
                .root();
    }

    private static List<TestRecord> records(long seed) {
        return new RandomRecords(new Random(seed), 100).list(RECORDS);
    }

    @Test
    void aThreadThatHashesAlongMakesTheSameRoot() throws InterruptedException {
        HashingAgent agent = new HashingAgent(true);
        AtomicBoolean stopped = new AtomicBoolean();
        AtomicInteger taken = new AtomicInteger();
        Thread thread = new Thread(() -> {
            while (!stopped.get()) {
                taken.addAndGet(agent.doWork());
            }
        });
        thread.start();
        try {
            for (int seed = 0; seed < ROUNDS; seed++) {
                List<TestRecord> records = records(seed);
                assertArrayEquals(root(records, HashWorker.NONE), root(records, agent), "seed " + seed);
            }
        } finally {
            stopped.set(true);
            thread.join();
        }
        assertTrue(taken.get() > 0);
    }

    @Test
    void aThreadThatNeverComesHoldsNothingUp() {
        HashingAgent agent = new HashingAgent(true);
        List<TestRecord> records = records(1);
        byte[] expected = root(records, HashWorker.NONE);
        // The second table finds the queue full of what the first one has hashed itself.
        assertArrayEquals(expected, root(records, agent));
        assertArrayEquals(expected, root(records, agent));
        assertTrue(agent.doWork() > 0);
    }

    @Test
    void aWorkerThatTakesSomeOnly() {
        Random random = new Random(2);
        LeafHasher hasher = new LeafHasher();
        List<TestRecord> records = records(2);
        HashWorker worker = batch -> {
            int choice = random.nextInt(3);
            if (choice == 0) {
                batch.hashIfNobodyHas(hasher);
            }
            return choice < 2;
        };
        assertArrayEquals(root(records, HashWorker.NONE), root(records, worker));
    }
}
