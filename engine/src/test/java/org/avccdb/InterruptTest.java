package org.avccdb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Interrupts, before and during every call, cut nothing short, harm nothing, and are still there afterwards. */
final class InterruptTest {
    private static final int ROUNDS = 60;
    private static final int WRITERS = 3;

    @TempDir
    Path directory;

    @AfterEach
    void forget() {
        // Or the next test would begin with it.
        Thread.interrupted();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    /** With the flag set before, and found set afterwards. */
    private static <T> T interrupted(Supplier<T> call) {
        Thread.currentThread().interrupt();
        T result = call.get();
        assertTrue(Thread.interrupted(), "the flag is lost");
        return result;
    }

    private static void interrupted(Runnable call) {
        interrupted(() -> {
            call.run();
            return null;
        });
    }

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void everyCallKeepsTheFlag(ThreadingMode mode) throws InterruptedException {
        Options options = ConcurrencyTest.tiny(mode);
        Path where = directory.resolve("db");
        Path copy = directory.resolve("copy");
        Path saved = directory.resolve("options");
        interrupted(() -> options.save(saved));
        assertNotNull(interrupted(() -> Options.load(saved)));
        Watched watched = interrupted(() -> Watched.open(where, options));
        AvccDb db = watched.db();
        byte[] value = new byte[700];
        for (int round = 0; round < ROUNDS; round++) {
            byte[] key = bytes("key" + round);
            interrupted(() -> db.put(key, value));
            interrupted(() -> db.putWithVersion(key, value, 7, WriteOptions.SYNC));
            long ticket = interrupted(() -> db.submitPut(key, value, 8, WriteOptions.DEFAULT));
            interrupted(() -> db.await(ticket));
            interrupted(() -> db.awaitDurable(ticket));
            WriteBatch batch = new WriteBatch();
            batch.put(bytes("batch" + round), new byte[round % 10 == 0 ? 40_000 : 10]);
            interrupted(() -> db.write(batch));
            assertArrayEquals(value, interrupted(() -> db.get(key)));
            assertEquals(3, interrupted(() -> db.getVersionHistory(key, 0, 0)).size());
            try (Transaction transaction = interrupted(db::openTransaction)) {
                interrupted(() -> transaction.put(bytes("t"), value));
                if (round % 2 == 0) {
                    interrupted(transaction::commit);
                } else {
                    interrupted(transaction::discard);
                }
            }
            Snapshot snapshot = interrupted(db::snapshot);
            assertArrayEquals(value, interrupted(() -> snapshot.get(key)));
            Cursor cursor = interrupted(() -> snapshot.cursor(KeyRange.all()));
            assertTrue(interrupted(cursor::last));
            assertTrue(interrupted(cursor::prev));
            assertTrue(interrupted(() -> cursor.seek(key)));
            assertArrayEquals(value, interrupted(cursor::valueBytes));
            interrupted(cursor::close);
            interrupted(snapshot::close);
        }
        interrupted(db::flush);
        interrupted(() -> db.compactRange(KeyRange.all()));
        interrupted(() -> db.checkpoint(copy));
        assertTrue(interrupted(db::verify).isClean());
        assertEquals(1, interrupted(() -> db.sizeOf(KeyRange.all())).length);
        assertNotNull(interrupted(() -> db.property("avccdb.sstables")));
        assertNotNull(interrupted(db::stats));
        interrupted(db::setReadOnly);
        interrupted(db::close);
        watched.assertNothingLeft();
        for (Path one : List.of(where, copy)) {
            AvccDb again = interrupted(() -> AvccDb.open(one, options));
            for (int round = 0; round < ROUNDS; round++) {
                assertArrayEquals(value, again.getWithVersion(bytes("key" + round), 7));
            }
            interrupted(again::close);
            Options reading = options.toBuilder().readOnly(true).build();
            AvccDb read = interrupted(() -> AvccDb.open(one, reading));
            assertArrayEquals(value, interrupted(() -> read.get(bytes("key1"))));
            assertTrue(interrupted(read::verify).isClean());
            interrupted(read::close);
        }
        interrupted(() -> {
            try {
                Files.delete(copy.resolve("CURRENT"));
            } catch (java.io.IOException impossible) {
                throw new AssertionError(impossible);
            }
        });
        AvccDb recovered = interrupted(() -> AvccDb.recover(copy, options));
        assertArrayEquals(value, recovered.getWithVersion(bytes("key2"), 7));
        interrupted(recovered::close);
    }

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void interruptsDuringCallsHarmNothing(ThreadingMode mode) throws InterruptedException {
        Watched watched = Watched.open(directory.resolve("db"), ConcurrencyTest.tiny(mode));
        AvccDb db = watched.db();
        AtomicBoolean stopped = new AtomicBoolean();
        long[] written = new long[WRITERS];
        List<Thread> threads = new ArrayList<>();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        for (int i = 0; i < WRITERS; i++) {
            int writer = i;
            threads.add(new Thread(() -> written[writer] = writeUntil(stopped, db, writer)));
        }
        threads.add(new Thread(() -> readUntil(stopped, db)));
        threads.add(new Thread(() -> {
            while (!stopped.get()) {
                db.flush();
                db.compactRange(KeyRange.all());
            }
        }));
        threads.forEach(thread -> thread.setUncaughtExceptionHandler((who, thrown) -> {
            stopped.set(true);
            failure.compareAndSet(null, thrown);
        }));
        threads.forEach(Thread::start);
        long end = System.nanoTime() + 1_200_000_000L;
        while (System.nanoTime() < end && !stopped.get()) {
            threads.forEach(Thread::interrupt);
            Thread.sleep(0, 50_000);
        }
        stopped.set(true);
        for (Thread thread : threads) {
            thread.join();
        }
        if (failure.get() != null) {
            throw new AssertionError(failure.get());
        }
        Thread closing = new Thread(db::close);
        closing.start();
        while (closing.isAlive()) {
            closing.interrupt();
            Thread.sleep(0, 50_000);
        }
        watched.assertNothingLeft();
        try (AvccDb again = AvccDb.open(directory.resolve("db"), ConcurrencyTest.tiny(mode))) {
            assertTrue(again.verify().isClean());
            for (int writer = 0; writer < WRITERS; writer++) {
                assertEquals(written[writer], Counters.count(again.get(bytes("writer" + writer))));
            }
        }
    }

    /** How far it has come: every call has done what it was asked. */
    private static long writeUntil(AtomicBoolean stopped, AvccDb db, int writer) {
        byte[] key = bytes("writer" + writer);
        long count = 0;
        do {
            count++;
            byte[] value = Counters.value(count);
            switch ((int) (count % 4)) {
                case 0 -> db.put(key, value, WriteOptions.SYNC);
                case 1 -> {
                    long ticket = db.submitPut(key, value, 0, WriteOptions.DEFAULT);
                    if (count % 8 == 1) {
                        db.await(ticket);
                    } else {
                        db.awaitDurable(ticket);
                    }
                }
                case 2 -> {
                    try (Transaction transaction = db.openTransaction()) {
                        transaction.put(key, value);
                        transaction.commit();
                    }
                }
                default -> db.put(key, value);
            }
            assertEquals(count, Counters.count(db.get(key)));
        } while (!stopped.get());
        return count;
    }

    private static void readUntil(AtomicBoolean stopped, AvccDb db) {
        UnsafeBuffer key = new UnsafeBuffer(bytes("writer0"));
        while (!stopped.get()) {
            try (Snapshot snapshot = db.snapshot();
                    Cursor cursor = snapshot.cursor(KeyRange.all())) {
                while (cursor.next()) {
                    Counters.count(cursor.valueBytes());
                }
                while (cursor.prev()) {
                    Counters.count(cursor.valueBytes());
                }
            }
            db.read(key, 0, key.capacity(), (buffer, offset, length) -> {
                byte[] value = new byte[length];
                buffer.getBytes(offset, value);
                Counters.count(value);
            });
        }
    }

    /** Whoever is told to stop waiting for a transaction waits all the same. */
    @Test
    void whoWaitsForATransactionGoesOnWaiting() throws InterruptedException {
        try (Watched watched = Watched.open(directory.resolve("db"), ConcurrencyTest.tiny(ThreadingMode.SHARED))) {
            AvccDb db = watched.db();
            Transaction transaction = db.openTransaction();
            List<Runnable> waiting = new ArrayList<>();
            AtomicReference<Boolean> flags = new AtomicReference<>(true);
            waiting.add(() -> db.put(bytes("a"), bytes("1")));
            waiting.add(() -> db.await(db.submitPut(bytes("b"), bytes("1"), 0, WriteOptions.DEFAULT)));
            waiting.add(() -> db.openTransaction().close());
            List<Thread> checked = new ArrayList<>();
            for (Runnable one : waiting) {
                checked.add(new Thread(() -> {
                    one.run();
                    if (!Thread.interrupted()) {
                        flags.set(false);
                    }
                }));
            }
            checked.forEach(Thread::start);
            for (int i = 0; i < 200; i++) {
                checked.forEach(Thread::interrupt);
                Thread.sleep(0, 100_000);
            }
            assertNull(db.get(bytes("a")));
            assertNull(db.get(bytes("b")));
            for (Thread one : checked) {
                assertTrue(one.isAlive());
            }
            transaction.commit();
            for (Thread one : checked) {
                one.join();
            }
            assertTrue(flags.get(), "a flag is lost");
            assertArrayEquals(bytes("1"), db.get(bytes("a")));
            assertArrayEquals(bytes("1"), db.get(bytes("b")));
        }
    }
}
