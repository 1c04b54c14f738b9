package org.avccdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The garbage-free forms of writing and reading are free of garbage, on all threads of the database together. */
final class GarbageTest {
    private static final int OPERATIONS = 20_000;
    private static final int ATTEMPTS = 2;
    /** What measuring takes, and now and then the virtual machine. */
    private static final long TOLERANCE = 4_000;
    /** Of the database's threads, which look for work now and then however long the operations take. */
    private static final double IDLE_BYTES_PER_SECOND = 50_000;

    private static final double NANOS_PER_SECOND = 1e9;
    /** Flushes and compactions make some, for blocks and filters: less than a single object for each record. */
    private static final double ROTATING_BYTES_PER_OPERATION = 40;

    /** One window, for the checksum, over the buffer that holds the value. */
    private static final long SPILLED_BYTES_PER_OPERATION = 80;

    private static final int KEY_LENGTH = 16;
    private static final int VALUE_LENGTH = 100;

    private final ThreadMXBean mx = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final UnsafeBuffer key = new UnsafeBuffer(new byte[KEY_LENGTH]);
    private final UnsafeBuffer value = new UnsafeBuffer(new byte[VALUE_LENGTH]);
    private final UnsafeBuffer target = new UnsafeBuffer(new byte[VALUE_LENGTH]);
    private long number;
    private long seen;

    @TempDir
    Path directory;

    private static Options.Builder roomy(ThreadingMode mode) {
        return Options.builder().threadingMode(mode).writeBufferBytes(256 << 20).journalSegmentBytes(64 << 20);
    }

    private void key(long i) {
        key.putLong(0, i * 0x9E37_79B9_7F4A_7C15L);
    }

    /** The same keys again and again: what a put allocates does not depend on whether its key is new. */
    private void nextKey() {
        key(number++ & 0x3FFF);
    }

    /** By the calling thread, and by all of the database's but for what they make when idle: the least of some attempts. */
    private long leastGarbage(Runnable operations) {
        operations.run();
        long least = Long.MAX_VALUE;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            long[] ids = threads();
            long begin = System.nanoTime();
            long before = allocated(ids);
            operations.run();
            long made = allocated(ids) - before;
            long idle = (long) ((System.nanoTime() - begin) / NANOS_PER_SECOND * IDLE_BYTES_PER_SECOND);
            least = Math.min(least, made - idle);
        }
        return least;
    }

    private long[] threads() {
        List<Long> ids = new ArrayList<>();
        ids.add(Thread.currentThread().getId());
        Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("avccdb-"))
                .forEach(thread -> ids.add(thread.getId()));
        return ids.stream().mapToLong(Long::longValue).toArray();
    }

    private long allocated(long[] ids) {
        long sum = 0;
        for (long bytes : mx.getThreadAllocatedBytes(ids)) {
            sum += Math.max(0, bytes);
        }
        return sum;
    }

    private void assertNoGarbage(String what, Runnable operation) {
        long garbage = leastGarbage(() -> {
            for (int i = 0; i < OPERATIONS; i++) {
                operation.run();
            }
        });
        assertTrue(garbage < TOLERANCE, () -> what + ": " + garbage + " bytes in " + OPERATIONS + " operations");
    }

    private void put(AvccDb db) {
        nextKey();
        db.put(key, 0, KEY_LENGTH, value, 0, VALUE_LENGTH, 0, WriteOptions.DEFAULT);
    }

    private void submit(AvccDb db) {
        nextKey();
        long ticket = db.submitPut(key, 0, KEY_LENGTH, value, 0, VALUE_LENGTH, 0, WriteOptions.DEFAULT);
        if (number % 20_000 == 0) {
            db.awaitDurable(ticket);
        } else if (number % 100 == 0) {
            db.await(ticket);
        }
    }

    private void get(AvccDb db) {
        nextKey();
        seen += db.get(key, 0, KEY_LENGTH, target, 0);
    }

    private void read(AvccDb db, ValueConsumer consumer) {
        nextKey();
        assertTrue(db.read(key, 0, KEY_LENGTH, consumer));
    }

    @ParameterizedTest
    @EnumSource(
            value = ThreadingMode.class,
            names = {"SHARED", "DEDICATED"})
    void writesMakeNone(ThreadingMode mode) {
        try (AvccDb db = AvccDb.open(directory, roomy(mode).build())) {
            assertNoGarbage("put", () -> put(db));
            assertNoGarbage("submitPut", () -> submit(db));
            assertNoGarbage("delete", () -> {
                nextKey();
                db.delete(key, 0, KEY_LENGTH, WriteOptions.DEFAULT);
            });
        }
    }

    @Test
    void valuesBeyondASlotOfTheRingMakeLittle() {
        UnsafeBuffer large = new UnsafeBuffer(new byte[20_000]);
        try (AvccDb db = AvccDb.open(directory, roomy(ThreadingMode.SHARED).build())) {
            long garbage = leastGarbage(() -> {
                long ticket = 0;
                for (int i = 0; i < 1_000; i++) {
                    nextKey();
                    ticket = db.submitPut(key, 0, KEY_LENGTH, large, 0, 20_000, 0, WriteOptions.DEFAULT);
                    if (i % 4 == 0) {
                        db.await(ticket);
                    }
                }
                db.await(ticket);
            });
            assertTrue(garbage < 1_000 * SPILLED_BYTES_PER_OPERATION, () -> garbage + " bytes");
        }
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void readsMakeNone(Compression compression) {
        Options options = roomy(ThreadingMode.SHARED)
                .compression(compression)
                .blockCacheBytes(64 << 20)
                .build();
        try (AvccDb db = AvccDb.open(directory, options)) {
            for (int i = 0; i <= 0x3FFF; i++) {
                put(db);
            }
            checkReads(db);
            db.flush();
            checkReads(db);
            try (Snapshot snapshot = db.snapshot()) {
                assertNoGarbage("get of a snapshot", () -> {
                    nextKey();
                    seen += snapshot.get(key, 0, KEY_LENGTH, target, 0);
                });
            }
        }
        assertTrue(seen > 0);
    }

    private void checkReads(AvccDb db) {
        ValueConsumer consumer = (buffer, offset, length) -> seen += buffer.getByte(offset) + length;
        assertNoGarbage("get", () -> get(db));
        assertNoGarbage("get of a missing key", () -> {
            key(0x4000 + (number++ & 0x3FFF));
            assertEquals(Reader.NOT_FOUND, db.get(key, 0, KEY_LENGTH, target, 0));
        });
        assertNoGarbage("read", () -> read(db, consumer));
        try (Cursor cursor = db.cursor(KeyRange.all())) {
            assertNoGarbage("next", () -> {
                if (!cursor.next()) {
                    cursor.first();
                }
                seen += cursor.key().capacity() + cursor.value().capacity();
            });
            assertNoGarbage("prev", () -> {
                if (!cursor.prev()) {
                    cursor.last();
                }
                seen += cursor.key().capacity() + cursor.value().capacity();
            });
        }
    }

    @Test
    void rotationsMakeLittle() {
        Options options = Options.builder()
                .threadingMode(ThreadingMode.SHARED)
                .writeBufferBytes(4 << 20)
                .build();
        try (AvccDb db = AvccDb.open(directory, options)) {
            long garbage = leastGarbage(() -> {
                for (int i = 0; i < OPERATIONS; i++) {
                    put(db);
                }
                db.flush();
            });
            double each = (double) garbage / OPERATIONS;
            assertTrue(each < ROTATING_BYTES_PER_OPERATION, () -> each + " bytes for each put");
        }
    }
}
