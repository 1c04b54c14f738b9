package org.avccdb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What has been closed says so, whatever is asked of it, and leaves nothing behind. */
final class LifecycleTest {
    private static final Set<String> CLOSE = Set.of("close");

    @TempDir
    Path directory;

    private EveryMethod methods;

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static WriteBatch batch(String key, byte[] value) {
        WriteBatch batch = new WriteBatch();
        batch.put(bytes(key), value);
        return batch;
    }

    private static Options.Builder small() {
        return Options.builder().writeBufferBytes(64 << 10).blockCacheBytes(64 << 10);
    }

    @BeforeEach
    void prepare() {
        methods = new EveryMethod(directory.resolve("copy"));
    }

    private Watched filled(Options options) {
        Watched watched = Watched.open(directory.resolve("db"), options);
        for (int i = 0; i < 2_000; i++) {
            watched.db().put(bytes("key" + i), bytes("value" + i));
        }
        return watched;
    }

    private static Thread start(Runnable work) {
        Thread thread = new Thread(work);
        thread.start();
        return thread;
    }

    private static void onOtherThread(Runnable work) throws InterruptedException {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread thread = new Thread(work);
        thread.setUncaughtExceptionHandler((who, what) -> thrown.set(what));
        thread.start();
        thread.join();
        if (thrown.get() != null) {
            throw new AssertionError(thrown.get());
        }
    }

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void everythingOfAClosedDatabaseIsRefused(ThreadingMode mode) throws InterruptedException {
        Watched watched = filled(small().threadingMode(mode).build());
        AvccDb db = watched.db();
        db.flush();
        Snapshot snapshot = db.snapshot();
        Cursor cursor = db.cursor(KeyRange.all());
        assertTrue(cursor.seek(bytes("key7")));
        DirectBuffer key = cursor.key();
        DirectBuffer value = cursor.value();
        Cursor outliving = snapshot.cursor(KeyRange.all());
        snapshot.close();
        assertTrue(outliving.last());
        Snapshot open = db.snapshot();
        Transaction transaction = db.openTransaction();
        transaction.put(bytes("key1"), bytes("discarded"));

        db.close();
        db.close();

        assertShowsOldOrNothing(key, "key7");
        assertShowsOldOrNothing(value, "value7");
        methods.assertRefused(AvccDb.class, db, CLOSE, ClosedException.class);
        methods.assertRefused(Snapshot.class, open, CLOSE, ClosedException.class);
        methods.assertRefused(Snapshot.class, snapshot, CLOSE, ClosedException.class, SnapshotReleasedException.class);
        methods.assertRefused(
                Transaction.class, transaction, Set.of("close", "discard"), TransactionClosedException.class);
        methods.assertRefused(Cursor.class, cursor, CLOSE, ClosedException.class);
        methods.assertRefused(Cursor.class, outliving, CLOSE, ClosedException.class);
        open.close();
        transaction.discard();
        transaction.close();
        cursor.close();
        outliving.close();
        assertShowsOldOrNothing(value, "value7");
        methods.assertRefused(Cursor.class, cursor, CLOSE, ClosedException.class, CursorReleasedException.class);
        watched.assertNothingLeft();
        try (AvccDb again = AvccDb.open(directory.resolve("db"), small().build())) {
            assertArrayEquals(bytes("value1"), again.get(bytes("key1")));
        }
    }

    private static void assertShowsOldOrNothing(DirectBuffer view, String old) {
        byte[] seen = new byte[view.capacity()];
        view.getBytes(0, seen);
        assertTrue(seen.length == 0 || new String(seen, UTF_8).equals(old), () -> new String(seen, UTF_8));
    }

    @Test
    void everythingOfWhatIsClosedItselfIsRefused() throws InterruptedException {
        Watched watched = filled(small().build());
        AvccDb db = watched.db();
        Snapshot snapshot = db.snapshot();
        Cursor cursor = snapshot.cursor(KeyRange.all());
        snapshot.close();
        snapshot.close();
        methods.assertRefused(Snapshot.class, snapshot, CLOSE, SnapshotReleasedException.class);
        assertTrue(cursor.next());
        DirectBuffer view = cursor.value();
        cursor.close();
        cursor.close();
        assertShowsOldOrNothing(view, "value0");
        methods.assertRefused(Cursor.class, cursor, CLOSE, CursorReleasedException.class);
        Transaction committed = db.openTransaction();
        committed.put(bytes("a"), bytes("b"));
        committed.commit();
        methods.assertRefused(
                Transaction.class, committed, Set.of("close", "discard"), TransactionClosedException.class);
        Transaction discarded = db.openTransaction();
        discarded.discard();
        methods.assertRefused(
                Transaction.class, discarded, Set.of("close", "discard"), TransactionClosedException.class);
        assertEquals(new Stats.Readers(0, 0), db.stats().readers());
        db.close();
        watched.assertNothingLeft();
    }

    @Test
    void whatNobodyClosedIsCollected() throws InterruptedException {
        Watched watched = filled(small().build());
        AvccDb db = watched.db();
        for (int i = 0; i < 20; i++) {
            assertTrue(db.snapshot().cursor(KeyRange.all()).last());
            assertNotNull(db.snapshot().get(bytes("key3")));
            assertTrue(db.cursor(KeyRange.all()).first());
        }
        while (db.stats().readers().snapshots() > 0 || db.stats().readers().cursors() > 0) {
            System.gc();
            Thread.sleep(20);
        }
        for (int i = 0; i < 20; i++) {
            assertTrue(db.snapshot().cursor(KeyRange.all()).last());
        }
        Transaction forgotten = db.openTransaction();
        forgotten.put(bytes("key3"), bytes("lost"));
        db.close();
        for (int i = 0; i < 3_000 && watched.bytesOut() > 0; i++) {
            System.gc();
            Thread.sleep(20);
        }
        watched.assertNothingLeft();
    }

    @Test
    void aSnapshotInUseIsNotCollected() throws InterruptedException {
        try (Watched watched = filled(small().build())) {
            // What a caller's frame still has of a snapshot once it has entered one of its methods.
            var reads = watched.db().snapshot().reads();
            for (int i = 0; i < 20; i++) {
                System.gc();
                Thread.sleep(5);
                assertArrayEquals(bytes("value3"), reads.get(bytes("key3")));
            }
        }
    }

    @Test
    void aSnapshotClosedByManyCountsOnce() throws InterruptedException {
        try (Watched watched = filled(small().build())) {
            for (int round = 0; round < 300; round++) {
                Snapshot snapshot = watched.db().snapshot();
                CountDownLatch begin = new CountDownLatch(1);
                List<Thread> closers = new ArrayList<>();
                for (int i = 0; i < 2; i++) {
                    closers.add(start(() -> {
                        while (begin.getCount() > 0) {
                            Thread.onSpinWait();
                        }
                        snapshot.close();
                    }));
                }
                begin.countDown();
                for (Thread closer : closers) {
                    closer.join();
                }
                assertEquals(0, watched.db().stats().readers().snapshots());
            }
        }
    }

    @Test
    void readersThatCloseTheDatabaseFromInsideDoNotWaitForEachOther() throws InterruptedException {
        Watched watched = filled(small().compression(Compression.LZ4).build());
        AvccDb db = watched.db();
        db.flush();
        CountDownLatch inside = new CountDownLatch(2);
        List<String> seen = new ArrayList<>();
        Runnable closing = () -> db.read(new UnsafeBuffer(bytes("key5")), 0, 4, (buffer, offset, length) -> {
            inside.countDown();
            while (inside.getCount() > 0) {
                Thread.onSpinWait();
            }
            db.close();
            byte[] value = new byte[length];
            buffer.getBytes(offset, value);
            synchronized (seen) {
                seen.add(new String(value, UTF_8));
            }
        });
        Thread first = start(closing);
        Thread second = start(closing);
        first.join();
        second.join();
        db.close();
        assertEquals(List.of("value5", "value5"), seen);
        watched.assertNothingLeft();
    }

    @Test
    void setReadOnlyRefusesEveryFormOfWriting() throws InterruptedException {
        Watched watched = filled(small().build());
        AvccDb db = watched.db();
        long accepted = db.submitPut(bytes("accepted"), bytes("before"), 0, WriteOptions.DEFAULT);
        Snapshot before = db.snapshot();
        db.setReadOnly();
        db.setReadOnly();
        Set<String> writes = Set.of(
                "put",
                "putWithVersion",
                "delete",
                "deleteVersion",
                "write",
                "submit",
                "submitPut",
                "openTransaction",
                "flush",
                "compactRange");
        for (Method write : EveryMethod.named(AvccDb.class, writes)) {
            assertInstanceOf(ReadOnlyException.class, methods.call(write, db), write::toString);
        }
        WriteBatch large = batch("large", new byte[200_000]);
        assertThrows(ReadOnlyException.class, () -> db.write(large));
        db.await(accepted);
        db.awaitDurable(accepted);
        assertArrayEquals(bytes("before"), db.get(bytes("accepted")));
        assertArrayEquals(bytes("value1"), before.get(bytes("key1")));
        assertTrue(db.verify().isClean());
        before.close();
        db.close();
        watched.assertNothingLeft();
        try (AvccDb again = AvccDb.open(directory.resolve("db"), small().build())) {
            again.put(bytes("accepted"), bytes("after"));
        }
    }

    @Test
    void aTransactionIsRefusedOnceTheDatabaseIsReadOnly() throws InterruptedException {
        Watched watched = filled(small().build());
        AvccDb db = watched.db();
        try (Transaction transaction = db.openTransaction()) {
            transaction.put(bytes("key1"), bytes("uncommitted"));
            onOtherThread(db::setReadOnly);
            assertThrows(ReadOnlyException.class, () -> transaction.put(bytes("key2"), bytes("late")));
            assertArrayEquals(bytes("uncommitted"), transaction.get(bytes("key1")));
            assertThrows(ReadOnlyException.class, transaction::commit);
            assertThrows(TransactionClosedException.class, transaction::commit);
        }
        assertArrayEquals(bytes("value1"), db.get(bytes("key1")));
        db.close();
        watched.assertNothingLeft();
    }

    @ParameterizedTest
    @EnumSource(
            value = ThreadingMode.class,
            names = {"SHARED", "DEDICATED"})
    void othersWaitForATransactionAndItsThreadIsRefused(ThreadingMode mode) throws InterruptedException {
        Watched watched = filled(small().threadingMode(mode).build());
        AvccDb db = watched.db();
        for (boolean committed : new boolean[] {true, false}) {
            String mine = "of the transaction " + committed;
            Transaction transaction = db.openTransaction();
            transaction.put(bytes("key1"), bytes(mine));
            Set<String> writes = Set.of(
                    "put",
                    "putWithVersion",
                    "delete",
                    "deleteVersion",
                    "write",
                    "submit",
                    "submitPut",
                    "openTransaction");
            for (Method write : EveryMethod.named(AvccDb.class, writes)) {
                assertInstanceOf(IllegalStateException.class, methods.call(write, db), write::toString);
            }
            CountDownLatch submitted = new CountDownLatch(1);
            AtomicReference<byte[]> foundByOther = new AtomicReference<>();
            Thread other = start(() -> {
                long ticket = db.submitPut(bytes("key2"), bytes("other"), 0, WriteOptions.DEFAULT);
                submitted.countDown();
                db.await(ticket);
                foundByOther.set(db.get(bytes("key1")));
                db.put(bytes("key3"), bytes("other"));
            });
            submitted.await();
            onOtherThread(db::flush);
            assertNull(foundByOther.get());
            assertArrayEquals(bytes(committed ? "value2" : "other"), db.get(bytes("key2")));
            if (committed) {
                transaction.commit();
            } else {
                transaction.discard();
            }
            other.join();
            assertArrayEquals(bytes("of the transaction true"), foundByOther.get());
            assertArrayEquals(bytes("other"), db.get(bytes("key3")));
        }
        db.close();
        watched.assertNothingLeft();
    }

    @Test
    void aCloseDiscardsTheTransactionAndKeepsWhatWaitedForIt() throws InterruptedException {
        for (int round = 0; round < 20; round++) {
            Path where = directory.resolve("round" + round);
            Watched watched = Watched.open(where, small().build());
            AvccDb db = watched.db();
            CountDownLatch open = new CountDownLatch(1);
            AtomicReference<Throwable> outcome = new AtomicReference<>();
            Thread holder = start(() -> {
                Transaction transaction = db.openTransaction();
                transaction.put(bytes("a"), bytes("lost"));
                open.countDown();
                try {
                    while (true) {
                        transaction.put(bytes("b"), bytes("lost"));
                    }
                } catch (RuntimeException thrown) {
                    outcome.set(thrown);
                }
            });
            open.await();
            CountDownLatch waiting = new CountDownLatch(1);
            Thread waiter = start(() -> {
                waiting.countDown();
                try {
                    db.openTransaction().close();
                } catch (ClosedException refused) {
                    // It may come too late.
                }
            });
            waiting.await();
            onOtherThread(() -> db.submitPut(bytes("c"), bytes("kept"), 0, WriteOptions.DEFAULT));
            db.close();
            holder.join();
            waiter.join();
            assertInstanceOf(TransactionClosedException.class, outcome.get());
            watched.assertNothingLeft();
            try (AvccDb again = AvccDb.open(where, small().build())) {
                assertNull(again.get(bytes("a")));
                assertNull(again.get(bytes("b")));
                assertArrayEquals(bytes("kept"), again.get(bytes("c")));
            }
        }
    }

    /** Whoever ends a transaction lets go of the database last. */
    @Test
    void aCloseBesideTheEndOfATransactionLosesNothing() throws InterruptedException {
        for (int round = 0; round < 60; round++) {
            Path where = directory.resolve("round" + round);
            Watched watched = Watched.open(where, small().build());
            AvccDb db = watched.db();
            Transaction transaction = db.openTransaction();
            onOtherThread(() -> db.submitPut(bytes("c"), bytes("kept"), 0, WriteOptions.DEFAULT));
            Thread ending = start(transaction::discard);
            db.close();
            ending.join();
            watched.assertNothingLeft();
            try (AvccDb again = AvccDb.open(where, small().build())) {
                assertArrayEquals(bytes("kept"), again.get(bytes("c")), "round " + round);
            }
        }
    }

    @Test
    void ticketsAreForAnybodyAnyNumberOfTimes() throws InterruptedException {
        Watched watched = filled(small().versionOrder(VersionOrder.ARBITRARY).build());
        AvccDb db = watched.db();
        for (long unknown : new long[] {Long.MIN_VALUE, -1, 0, Long.MAX_VALUE}) {
            assertThrows(IllegalArgumentException.class, () -> db.await(unknown));
            assertThrows(IllegalArgumentException.class, () -> db.awaitDurable(unknown));
        }
        long ticket = db.submitPut(bytes("a"), bytes("b"), 0, WriteOptions.SYNC);
        assertThrows(IllegalArgumentException.class, () -> db.await(ticket + 1));
        for (int i = 0; i < 3; i++) {
            onOtherThread(() -> {
                db.await(ticket);
                db.awaitDurable(ticket);
            });
            db.await(ticket);
        }
        db.close();
        watched.assertNothingLeft();
    }

    @Test
    void refusedTicketsSayWhyToEverybody() throws InterruptedException {
        Options options = small().versionOrder(VersionOrder.MONOTONE).build();
        Watched watched = Watched.open(directory.resolve("db"), options);
        AvccDb db = watched.db();
        List<Long> good = new ArrayList<>();
        List<Long> bad = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            boolean refused = i % 7 > 3;
            (refused ? bad : good)
                    .add(db.submitPut(bytes("a" + i), bytes("b"), refused ? 1 : 10 + i, WriteOptions.DEFAULT));
        }
        for (int round = 0; round < 2; round++) {
            good.forEach(db::await);
            bad.forEach(ticket -> assertThrows(VersionOrderException.class, () -> db.await(ticket)));
            onOtherThread(() ->
                    bad.forEach(ticket -> assertThrows(VersionOrderException.class, () -> db.awaitDurable(ticket))));
        }
        db.close();
        watched.assertNothingLeft();
    }

    @Test
    void aSingleProducerIsTheOnlyOneWhoWrites() throws InterruptedException {
        Options options = small().producerType(ProducerType.SINGLE).build();
        Watched watched = Watched.open(directory.resolve("db"), options);
        AvccDb db = watched.db();
        db.put(bytes("a"), bytes("1"));
        onOtherThread(() -> {
            Set<String> writes = Set.of(
                    "put",
                    "putWithVersion",
                    "delete",
                    "deleteVersion",
                    "write",
                    "submit",
                    "submitPut",
                    "openTransaction");
            for (Method write : EveryMethod.named(AvccDb.class, writes)) {
                assertInstanceOf(IllegalStateException.class, methods.call(write, db), write::toString);
            }
            WriteBatch large = batch("large", new byte[200_000]);
            assertThrows(IllegalStateException.class, () -> db.write(large));
            assertArrayEquals(bytes("1"), db.get(bytes("a")));
            db.flush();
        });
        db.await(db.submitPut(bytes("a"), bytes("2"), 0, WriteOptions.DEFAULT));
        onOtherThread(db::close);
        watched.assertNothingLeft();
    }

    /** The write waits for a compaction, which at this rate would take days. */
    @Test
    void closeDoesNotWaitForTheRateOfCompactions() throws InterruptedException {
        AvccDb db = AvccDb.open(
                directory.resolve("paced"),
                Options.builder()
                        .writeBufferBytes(16 << 10)
                        .compactionRateBytesPerSecond(1)
                        .build());
        Thread writer = start(() -> {
            try {
                while (true) {
                    db.put(bytes("key" + System.nanoTime()), new byte[1000]);
                }
            } catch (ClosedException closed) {
                // As it shall be.
            }
        });
        while (!db.stats().writes().paused()) {
            Thread.sleep(1);
        }
        db.close();
        writer.join();
    }
}
