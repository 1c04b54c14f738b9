package org.avccdb.memdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Closing and resetting a map, and writing to it twice, while other threads are in its calls. */
class LifecycleRaceTest {
    private static final int CAPACITY = 16 << 10;
    private static final int KEYS = 100;
    private static final int VALUE_LENGTH = 40;
    private static final long FACTOR = 0x9E37_79B9_7F4A_7C15L;

    private final MemoryLedger ledger = new MemoryLedger(Long.MAX_VALUE);

    @AfterEach
    void nothingIsOut() {
        assertEquals(0, ledger.totalBytes(), ledger::toString);
        assertEquals(0, ledger.abandonedBytes(), ledger::toString);
    }

    /** One thread that does the same thing again and again until the map is closed. */
    @FunctionalInterface
    private interface Use {
        void use(MemDb map, int i);
    }

    @Test
    void closeNextToEveryCall() {
        for (int round = 0; round < 400; round++) {
            MemDb map = filled(1);
            List<Use> uses = List.of(
                    (m, i) -> get(m, i % KEYS, 1),
                    LifecycleRaceTest::find,
                    (m, i) -> assertTrue(m.contains(key(i % KEYS), 0, 4)),
                    (m, i) -> assertTrue(put(m, i % KEYS, 1) || m.free() < CAPACITY / 8),
                    (m, i) -> m.delete(key(KEYS + i % KEYS), 0, 4),
                    LifecycleRaceTest::walk);
            AtomicInteger calls = new AtomicInteger();
            Crew crew = new Crew();
            List<Use> chosen = List.of(uses.get(round % 6), uses.get((round / 6 + round + 1) % 6));
            for (Use use : chosen) {
                crew.start(() -> untilClosed(map, use, calls));
            }
            while (calls.get() < 2 + round % 40 && !crew.hasFailed()) {
                Thread.onSpinWait();
            }
            map.close();
            crew.join();
            assertEquals(0, ledger.totalBytes(), "round " + round);
        }
    }

    private static void untilClosed(MemDb map, Use use, AtomicInteger calls) {
        for (int i = 0; ; i++) {
            try {
                use.use(map, i);
            } catch (IllegalStateException e) {
                String message = e.getMessage();
                if (message.equals("the map is closed") || message.equals("the map of this iterator is closed")) {
                    assertThrows(IllegalStateException.class, () -> get(map, 0, 1));
                    assertThrows(IllegalStateException.class, map::iterator);
                    map.close();
                    return;
                }
                if (!message.startsWith("another thread is writing")) {
                    throw e;
                }
            } finally {
                calls.incrementAndGet();
            }
        }
    }

    private static void find(MemDb map, int i) {
        AtomicInteger found = new AtomicInteger(-1);
        assertTrue(map.find(key(i % KEYS), 0, 4, (key, keyOffset, keyLength, value, valueOffset, valueLength) -> {
            checkValue(i % KEYS, 1, value, valueOffset, valueLength);
            found.set(key.getInt(keyOffset));
        }));
        assertEquals(key(i % KEYS).getInt(0), found.get());
    }

    private static void walk(MemDb map, int i) {
        try (MemDbIterator iterator = map.iterator()) {
            for (int k = 0; k < KEYS; k++) {
                assertTrue(iterator.next());
                DirectBuffer value = iterator.value();
                // The map may be closed here; the iterator keeps what its views show.
                checkValue(k, 1, value, 0, value.capacity());
            }
            if (i % 2 == 0) {
                assertFalse(iterator.next());
                assertTrue(iterator.prev());
            }
        }
    }

    @Test
    void memoryIsFreedByTheLastIteratorAfterClose() {
        for (int round = 0; round < 300; round++) {
            MemDb map = filled(1);
            List<Crew.Task> tasks = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                MemDbIterator iterator = map.iterator();
                assertTrue(iterator.last());
                DirectBuffer value = iterator.value();
                tasks.add(() -> {
                    checkValue(KEYS - 1, 1, value, 0, value.capacity());
                    assertFalse(ledger.totalBytes() == 0);
                    iterator.close();
                    assertEquals(0, value.capacity());
                    iterator.close();
                });
            }
            tasks.add(map::close);
            Crew.runAll(tasks);
            assertEquals(0, ledger.totalBytes(), "round " + round);
        }
    }

    @Test
    void closeFromSeveralThreadsFreesOnce() {
        for (int round = 0; round < 200; round++) {
            MemDb map = filled(1);
            Crew.runAll(List.of(map::close, map::close, map::close));
            assertEquals(0, ledger.totalBytes(), "round " + round);
        }
    }

    @Test
    void whoSawTheMapClosedIsLetInNoMore() {
        UnsafeBuffer key = key(0);
        for (int round = 0; round < 2000; round++) {
            MemDb map = filled(1);
            Crew.runAll(List.of(map::close, () -> {
                while (!map.isClosed()) {
                    Thread.onSpinWait();
                }
                assertThrows(IllegalStateException.class, () -> map.contains(key, 0, 4));
            }));
        }
    }

    @Test
    void closedIteratorStaysClosedWhoeverClosedIt() {
        MemDb map = filled(1);
        MemDbIterator iterator = map.iterator();
        assertTrue(iterator.next());
        DirectBuffer key = iterator.key();
        Crew.runAll(List.of(iterator::close));
        iterator.close();
        assertEquals(0, key.capacity());
        assertThrows(IllegalStateException.class, iterator::next);
        assertThrows(IllegalStateException.class, iterator::isValid);
        // One holder too few, and this would free the memory of the open map.
        map.reset();
        assertTrue(put(map, 1, 1));
        get(map, 1, 1);
        map.close();
        iterator.close();
    }

    @Test
    void readersNextToResetSeeOneFillingOrNothing() {
        int rounds = 4000;
        try (MemDb map = filled(0)) {
            AtomicBoolean done = new AtomicBoolean();
            List<Crew.Task> tasks = new ArrayList<>();
            tasks.add(() -> {
                try {
                    for (int round = 1; round <= rounds; round++) {
                        map.reset();
                        assertEquals(0, map.length());
                        assertEquals(0, map.size());
                        for (int k = 0; k < KEYS; k++) {
                            assertTrue(put(map, k, round));
                        }
                        assertEquals(KEYS, map.length());
                    }
                } finally {
                    done.set(true);
                }
            });
            for (int seed = 0; seed < 2; seed++) {
                Random random = new Random(seed);
                tasks.add(() -> readUntil(done, map, random));
            }
            Crew.runAll(tasks);
            for (int k = 0; k < KEYS; k++) {
                get(map, k, rounds);
            }
        }
    }

    private static void readUntil(AtomicBoolean done, MemDb map, Random random) {
        UnsafeBuffer target = new UnsafeBuffer(new byte[VALUE_LENGTH]);
        long newest = 0;
        while (!done.get()) {
            int k = random.nextInt(KEYS);
            int length = map.get(key(k), 0, 4, target, 0);
            if (length != MemDb.NOT_FOUND) {
                newest = notOlder(newest, checkAnyValue(k, target, 0, length));
            }
            long[] found = {newest};
            map.find(key(k), 0, 4, (key, keyOffset, keyLength, value, valueOffset, valueLength) -> {
                found[0] = notOlder(
                        found[0],
                        checkAnyValue(Integer.reverseBytes(key.getInt(keyOffset)), value, valueOffset, valueLength));
                map.contains(key(k), 0, 4);
            });
            newest = found[0];
        }
    }

    private static long notOlder(long newest, long seen) {
        assertTrue(seen >= newest, () -> "filling " + seen + " after " + newest);
        return seen;
    }

    @Test
    void resetNextToIteratorsIsRefusedOrWhole() {
        try (MemDb map = filled(0)) {
            AtomicBoolean done = new AtomicBoolean();
            AtomicInteger resets = new AtomicInteger();
            List<Crew.Task> tasks = new ArrayList<>();
            tasks.add(() -> {
                try {
                    for (int round = 1; resets.get() < 200; round++) {
                        int before = map.length();
                        try {
                            map.reset();
                            resets.incrementAndGet();
                        } catch (IllegalStateException e) {
                            assertTrue(e.getMessage().startsWith("reset with "), e.getMessage());
                            assertEquals(before, map.length());
                            continue;
                        }
                        for (int k = 0; k < KEYS; k++) {
                            assertTrue(put(map, k, round));
                        }
                    }
                } finally {
                    done.set(true);
                }
            });
            tasks.add(() -> {
                while (!done.get()) {
                    long filling = 0;
                    int last = -1;
                    try (MemDbIterator iterator = map.iterator()) {
                        while (iterator.next()) {
                            int k = Integer.reverseBytes(iterator.key().getInt(0));
                            assertEquals(last + 1, k);
                            DirectBuffer value = iterator.value();
                            long seen = checkAnyValue(k, value, 0, value.capacity());
                            assertTrue(k == 0 || seen == filling);
                            filling = seen;
                            last = k;
                        }
                    }
                    Pause.aMoment();
                }
            });
            Crew.runAll(tasks);
        }
    }

    @Test
    void ofTwoWritersAtOnceOneIsRefused() {
        try (MemDb map = filled(1)) {
            CountDownLatch inside = new CountDownLatch(1);
            CountDownLatch leave = new CountDownLatch(1);
            Crew crew = new Crew();
            crew.start(() -> map.find(key(0), 0, 4, (k, ko, kl, v, vo, vl) -> {
                inside.countDown();
                Crew.await(leave);
            }));
            Crew.await(inside);
            // Writes for as long as the reader stays.
            Crew.awaitPause(crew.start(map::reset));
            RecordGroup group = new RecordGroup(1);
            group.begin(key(0));
            group.add(0, 4, 0, 4);
            List<Crew.Task> writes =
                    List.of(() -> put(map, 0, 2), () -> map.delete(key(0), 0, 4), () -> map.putAll(group), map::reset);
            for (Crew.Task write : writes) {
                String message =
                        assertThrows(IllegalStateException.class, write::run).getMessage();
                assertTrue(message.startsWith("another thread is writing"), message);
            }
            assertEquals(KEYS, map.length());
            leave.countDown();
            crew.join();
            assertEquals(0, map.length());
            assertTrue(put(map, 0, 2));
            get(map, 0, 2);
        }
    }

    @Test
    void mapStaysWholeUnderTwoWriters() {
        int perWriter = 3000;
        try (MemDb map = new MemDb(1 << 20, ledger)) {
            List<Crew.Task> tasks = new ArrayList<>();
            for (int w = 0; w < 2; w++) {
                int writer = w;
                tasks.add(() -> {
                    for (int i = 0; i < perWriter; i++) {
                        while (!putUnlessRefused(map, 2 * i + writer)) {
                            Thread.onSpinWait();
                        }
                    }
                });
            }
            Crew.runAll(tasks);
            assertEquals(2 * perWriter, map.length());
            assertEquals(2 * perWriter * (4 + VALUE_LENGTH), map.size());
            try (MemDbIterator iterator = map.iterator()) {
                for (int k = 0; k < 2 * perWriter; k++) {
                    assertTrue(iterator.next());
                    assertEquals(k, Integer.reverseBytes(iterator.key().getInt(0)));
                    DirectBuffer value = iterator.value();
                    checkValue(k, 7, value, 0, value.capacity());
                }
                assertFalse(iterator.next());
            }
        }
    }

    private static boolean putUnlessRefused(MemDb map, int k) {
        try {
            assertTrue(put(map, k, 7));
            return true;
        } catch (IllegalStateException e) {
            assertTrue(e.getMessage().startsWith("another thread is writing"), e.getMessage());
            return false;
        }
    }

    @Test
    void interruptedThreadsDoTheirCallsAndKeepTheFlag() {
        MemDb map = filled(1);
        Crew.runAll(List.of(() -> {
            Thread.currentThread().interrupt();
            assertTrue(put(map, 3, 2));
            get(map, 3, 2);
            assertTrue(map.delete(key(3), 0, 4));
            assertFalse(map.contains(key(3), 0, 4));
            assertTrue(put(map, 3, 1));
            find(map, 4);
            walk(map, 0);
            map.reset();
            assertEquals(0, map.length());
            assertTrue(put(map, 5, 1));
            get(map, 5, 1);
            map.close();
            assertTrue(Thread.currentThread().isInterrupted());
        }));
    }

    @Test
    void interruptedThreadsWaitForReadersAndKeepTheFlag() {
        for (boolean close : new boolean[] {false, true}) {
            MemDb map = filled(1);
            CountDownLatch inside = new CountDownLatch(1);
            CountDownLatch leave = new CountDownLatch(1);
            AtomicBoolean left = new AtomicBoolean();
            Crew crew = new Crew();
            crew.start(() -> map.find(key(0), 0, 4, (k, ko, kl, value, offset, length) -> {
                inside.countDown();
                Crew.await(leave);
                checkValue(0, 1, value, offset, length);
                left.set(true);
            }));
            Crew.await(inside);
            Thread ender = crew.start(() -> {
                Thread.currentThread().interrupt();
                if (close) {
                    map.close();
                } else {
                    map.reset();
                }
                assertTrue(left.get());
                assertTrue(Thread.currentThread().isInterrupted());
            });
            // With the flag set it waits without parking, so its state shows nothing.
            Crew.awaitPause(crew.start(() -> {
                while (!left.get()) {
                    assertTrue(ender.isAlive() || left.get());
                    Thread.sleep(1);
                }
            }));
            leave.countDown();
            crew.join();
            map.close();
        }
    }

    @Test
    void consumerMayReadWhileAnotherThreadResets() {
        MemDb map = filled(1);
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch resetting = new CountDownLatch(1);
        AtomicInteger read = new AtomicInteger();
        Crew crew = new Crew();
        crew.start(() -> map.find(key(0), 0, 4, (k, ko, kl, value, offset, length) -> {
            inside.countDown();
            Crew.await(resetting);
            get(map, 0, 1);
            find(map, 1);
            assertTrue(map.contains(key(2), 0, 4));
            checkValue(0, 1, value, offset, length);
            read.incrementAndGet();
        }));
        Crew.await(inside);
        Thread resetter = crew.start(map::reset);
        Crew.awaitPause(resetter);
        // Comes from outside, so it waits for the reset.
        Thread late = crew.start(() -> assertFalse(map.contains(key(2), 0, 4)));
        Crew.awaitPause(late);
        resetting.countDown();
        crew.join();
        assertEquals(1, read.get());
        assertEquals(0, map.length());
        map.close();
    }

    @Test
    void moreReadersThanPlacesMayReadFromTheirConsumers() {
        MemDb map = filled(1);
        int count = ReaderGate.count();
        CountDownLatch inside = new CountDownLatch(count);
        CountDownLatch leave = new CountDownLatch(1);
        AtomicInteger nested = new AtomicInteger();
        Crew crew = new Crew();
        EntryConsumer consumer = (key, keyOffset, keyLength, value, offset, length) -> {
            inside.countDown();
            Crew.await(inside);
            find(map, 1);
            get(map, 2, 1);
            nested.incrementAndGet();
            Crew.await(leave);
            // The views of the outer call are its own.
            assertEquals(0, key.getInt(keyOffset));
            checkValue(0, 1, value, offset, length);
        };
        for (int i = 0; i < count; i++) {
            crew.start(() -> assertTrue(map.find(key(0), 0, 4, consumer)));
        }
        Crew.await(inside);
        List<Thread> late = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            late.add(crew.start(() -> assertTrue(map.find(key(0), 0, 4, consumer))));
        }
        late.forEach(Crew::awaitPause);
        leave.countDown();
        crew.join();
        assertEquals(count + 8, nested.get());
        map.close();
    }

    @Test
    void nestedFindsKeepTheirViews() {
        MemDb map = filled(1);
        int depth = ReaderGate.count() + 6;
        assertEquals(depth, nest(map, 0, depth));
        map.close();
    }

    private static int nest(MemDb map, int k, int depth) {
        AtomicInteger reached = new AtomicInteger();
        assertTrue(map.find(key(k), 0, 4, (key, keyOffset, keyLength, value, offset, length) -> {
            reached.set(1 + (k + 1 < depth ? nest(map, k + 1, depth) : 0));
            assertEquals(key(k).getInt(0), key.getInt(keyOffset));
            checkValue(k, 1, value, offset, length);
        }));
        return reached.get();
    }

    @Test
    void consumerMayNeitherResetNorClose() {
        MemDb map = filled(1);
        assertTrue(map.find(key(0), 0, 4, (k, ko, kl, v, vo, vl) -> {
            assertThrows(IllegalStateException.class, map::reset);
            assertThrows(IllegalStateException.class, map::close);
            assertTrue(map.find(key(1), 0, 4, (k2, ko2, kl2, value, offset, length) -> {
                assertThrows(IllegalStateException.class, map::reset);
                assertThrows(IllegalStateException.class, map::close);
                checkValue(1, 1, value, offset, length);
            }));
            // Refused still, though the inner call is over.
            assertThrows(IllegalStateException.class, map::reset);
            assertThrows(IllegalStateException.class, map::close);
            assertTrue(put(map, 0, 2));
        }));
        get(map, 0, 2);
        assertThrows(
                IndexOutOfBoundsException.class,
                () -> map.find(key(0), 0, 4, (k, ko, kl, v, vo, vl) -> {
                    throw new IndexOutOfBoundsException();
                }));
        map.reset();
        assertEquals(0, map.length());
        map.close();
    }

    private MemDb filled(long filling) {
        MemDb map = new MemDb(CAPACITY, ledger);
        for (int k = 0; k < KEYS; k++) {
            assertTrue(put(map, k, filling));
        }
        return map;
    }

    private static UnsafeBuffer key(int k) {
        UnsafeBuffer key = new UnsafeBuffer(new byte[4]);
        key.putInt(0, Integer.reverseBytes(k));
        return key;
    }

    private static boolean put(MemDb map, int k, long filling) {
        UnsafeBuffer value = new UnsafeBuffer(new byte[VALUE_LENGTH]);
        value.putLong(0, filling);
        for (int at = 8; at < VALUE_LENGTH; at += 8) {
            value.putLong(at, word(k, filling, at));
        }
        return map.put(key(k), 0, 4, value, 0, VALUE_LENGTH);
    }

    private static long word(int k, long filling, int at) {
        return (filling * 1009 + k * 64L + at) * FACTOR;
    }

    private static void get(MemDb map, int k, long filling) {
        UnsafeBuffer target = new UnsafeBuffer(new byte[VALUE_LENGTH]);
        checkValue(k, filling, target, 0, map.get(key(k), 0, 4, target, 0));
    }

    private static void checkValue(int k, long filling, DirectBuffer value, int offset, int length) {
        assertEquals(filling, checkAnyValue(k, value, offset, length));
    }

    /** Returns the filling of the map in which the value was written. */
    private static long checkAnyValue(int k, DirectBuffer value, int offset, int length) {
        assertEquals(VALUE_LENGTH, length, () -> "value of key " + k);
        long filling = value.getLong(offset);
        for (int at = 8; at < VALUE_LENGTH; at += 8) {
            assertEquals(word(k, filling, at), value.getLong(offset + at), "value of key " + k);
        }
        return filling;
    }
}
