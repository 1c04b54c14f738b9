package org.avccdb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a thread hands over without waiting comes before all that it does next, whatever other threads do meanwhile. */
class WriteOrderTest {
    private static final int ROUNDS = 60;
    private static final int OTHERS = 3;
    private static final byte[] KEY = {1};

    @TempDir
    Path directory;

    private static long submit(AvccDb db, byte[] key, byte[] value) {
        return db.submitPut(
                new UnsafeBuffer(key),
                0,
                key.length,
                new UnsafeBuffer(value),
                0,
                value.length,
                0,
                WriteOptions.DEFAULT);
    }

    private static void writeAllTheTime(AvccDb db, int thread, AtomicBoolean stopped) {
        byte[] key = {2, (byte) thread};
        byte[] value = new byte[2_000];
        while (!stopped.get()) {
            long ticket = 0;
            for (int i = 0; i < 20; i++) {
                ticket = submit(db, key, value);
            }
            db.await(ticket);
        }
    }

    @Test
    void submittedWritesComeBeforeTransactions() throws InterruptedException {
        Options options = Options.builder().writeBufferBytes(64 << 10).build();
        AtomicBoolean stopped = new AtomicBoolean();
        List<Thread> others = new ArrayList<>();
        try (AvccDb db = AvccDb.open(directory, options)) {
            for (int i = 0; i < OTHERS; i++) {
                int thread = i;
                others.add(new Thread(() -> writeAllTheTime(db, thread, stopped)));
            }
            others.forEach(Thread::start);
            try {
                for (int round = 0; round < ROUNDS; round++) {
                    byte[] last = {(byte) round, 1};
                    submit(db, KEY, new byte[] {(byte) round, 0});
                    long ticket = submit(db, KEY, new byte[] {(byte) round, 0});
                    try (Transaction transaction = db.openTransaction()) {
                        transaction.put(KEY, last);
                        transaction.commit();
                    }
                    db.await(ticket);
                    assertArrayEquals(last, db.get(KEY), "round " + round);
                }
            } finally {
                stopped.set(true);
                for (Thread other : others) {
                    other.join();
                }
            }
        }
    }
}
