package org.avccdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** Threads that read what {@link CounterWriters} write, and know what they must see. */
final class CounterReaders {
    private CounterReaders() {}

    /** What was seen of each writer: never less than what was acknowledged before, or seen before. */
    private static final class Seen {
        private final Counters counters;
        private final long[] atLeast = new long[Counters.WRITERS];

        Seen(Counters counters) {
            this.counters = counters;
        }

        /** Before something is read. */
        void begin() {
            for (int writer = 0; writer < Counters.WRITERS; writer++) {
                atLeast[writer] = Math.max(atLeast[writer], counters.acknowledged(writer));
            }
        }

        /** All that was read of a writer at one moment. */
        void saw(int writer, long[] counts) {
            for (long count : counts) {
                assertEquals(counts[0], count, () -> "a part of a write: " + Arrays.toString(counts));
            }
            assertTrue(counts[0] >= atLeast[writer], () -> counts[0] + " after " + atLeast[writer]);
            assertTrue(counts[0] <= counters.begun(writer));
            atLeast[writer] = counts[0];
        }

        /** All rows of a cursor, in the order of the keys. */
        void saw(List<byte[]> keys, List<byte[]> values) {
            for (int writer = 0; writer < Counters.WRITERS; writer++) {
                List<Long> counts = new ArrayList<>();
                for (int i = 0; i < keys.size(); i++) {
                    if (Counters.writerOf(keys.get(i)) == writer) {
                        counts.add(Counters.count(values.get(i)));
                    }
                }
                if (!counts.isEmpty()) {
                    assertEquals(counters.keys(writer).size(), counts.size(), "keys of writer " + writer);
                    saw(writer, counts.stream().mapToLong(Long::longValue).toArray());
                }
            }
        }
    }

    /** Reads all keys of a writer at once, and one of them in other ways. */
    static final class Groups implements Crowd.Step {
        private final AvccDb db;
        private final Counters counters;
        private final Seen seen;
        private final UnsafeBuffer target = new UnsafeBuffer(new byte[1024]);

        Groups(AvccDb db, Counters counters) {
            this.db = db;
            this.counters = counters;
            this.seen = new Seen(counters);
        }

        @Override
        public void run() {
            for (int writer = 0; writer < Counters.WRITERS; writer++) {
                List<byte[]> keys = counters.keys(writer);
                seen.begin();
                List<byte[]> values = db.multiGet(keys);
                if (values.get(0) == null) {
                    assertEquals(0, counters.acknowledged(writer) == 0 ? 0 : seen.atLeast[writer]);
                    continue;
                }
                seen.saw(writer, values.stream().mapToLong(Counters::count).toArray());
                byte[] key = keys.get(keys.size() - 1);
                int length = db.get(new UnsafeBuffer(key), 0, key.length, target, 0);
                seen.saw(writer, new long[] {Counters.count(Arrays.copyOf(target.byteArray(), length))});
                long[] inPlace = new long[1];
                assertTrue(db.read(new UnsafeBuffer(key), 0, key.length, (buffer, offset, valueLength) -> {
                    byte[] copy = new byte[valueLength];
                    buffer.getBytes(offset, copy);
                    inPlace[0] = Counters.count(copy);
                }));
                seen.saw(writer, inPlace);
            }
        }
    }

    /** Rows of a cursor in one direction or the other, with its order checked. */
    private static void rows(Cursor cursor, boolean forward, List<byte[]> keys, List<byte[]> values) {
        for (boolean on = forward ? cursor.first() : cursor.last(); on; on = forward ? cursor.next() : cursor.prev()) {
            byte[] key = cursor.keyBytes();
            if (!keys.isEmpty()) {
                int order = Arrays.compareUnsigned(keys.get(keys.size() - 1), key);
                assertTrue(forward ? order < 0 : order > 0);
            }
            keys.add(key);
            byte[] value = new byte[cursor.value().capacity()];
            cursor.value().getBytes(0, value);
            values.add(value);
        }
        if (!forward) {
            Collections.reverse(keys);
            Collections.reverse(values);
        }
    }

    private static void assertSameRows(List<byte[]> expected, List<byte[]> actual) {
        assertEquals(expected.size(), actual.size());
        for (int i = 0; i < expected.size(); i++) {
            assertTrue(Arrays.equals(expected.get(i), actual.get(i)), "row " + i + " has changed");
        }
    }

    /** Walks over everything, there and back. */
    static final class Cursors implements Crowd.Step {
        private final AvccDb db;
        private final Seen seen;

        Cursors(AvccDb db, Counters counters) {
            this.db = db;
            this.seen = new Seen(counters);
        }

        @Override
        public void run() {
            seen.begin();
            try (Cursor cursor = db.cursor(KeyRange.all())) {
                List<byte[]> keys = new ArrayList<>();
                List<byte[]> values = new ArrayList<>();
                rows(cursor, true, keys, values);
                seen.saw(keys, values);
                List<byte[]> keysBack = new ArrayList<>();
                List<byte[]> valuesBack = new ArrayList<>();
                rows(cursor, false, keysBack, valuesBack);
                assertSameRows(keys, keysBack);
                assertSameRows(values, valuesBack);
            }
        }
    }

    /** Reads snapshots again and again, in all ways. */
    static final class Snapshots implements Crowd.Step {
        private final AvccDb db;
        private final Seen seen;

        Snapshots(AvccDb db, Counters counters) {
            this.db = db;
            this.seen = new Seen(counters);
        }

        @Override
        public void run() {
            seen.begin();
            try (Snapshot snapshot = db.snapshot()) {
                long sequence = snapshot.sequence();
                List<byte[]> keys = new ArrayList<>();
                List<byte[]> values = new ArrayList<>();
                try (Cursor cursor = snapshot.cursor(KeyRange.all())) {
                    rows(cursor, true, keys, values);
                }
                seen.saw(keys, values);
                for (int again = 0; again < 10; again++) {
                    assertSameRows(values, snapshot.multiGet(keys));
                }
                List<byte[]> keysBack = new ArrayList<>();
                List<byte[]> valuesBack = new ArrayList<>();
                try (Cursor cursor = snapshot.cursor(KeyRange.all())) {
                    rows(cursor, false, keysBack, valuesBack);
                }
                assertSameRows(keys, keysBack);
                assertSameRows(values, valuesBack);
                assertEquals(sequence, snapshot.sequence());
            }
        }
    }

    /** Reads histories: all versions from the first to the latest, each with its value. */
    static final class Histories implements Crowd.Step {
        private final AvccDb db;
        private final Counters counters;
        private final int writer;

        Histories(AvccDb db, Counters counters, int writer) {
            this.db = db;
            this.counters = counters;
            this.writer = writer;
        }

        @Override
        public void run() {
            byte[] key = counters.keys(writer).get(0);
            long atLeast = counters.acknowledged(writer);
            List<VersionedValue> history = db.getVersionHistory(key, 1, 0);
            assertTrue(history.size() >= atLeast);
            for (int i = 0; i < history.size(); i++) {
                assertEquals(i + 1, history.get(i).version());
                assertEquals(i + 1, Counters.count(history.get(i).value()));
            }
            long middle = 1 + atLeast / 2;
            try (Cursor cursor = db.versionCursor(KeyRange.prefix(key))) {
                long before = Long.MAX_VALUE;
                while (cursor.next() && cursor.version() >= middle) {
                    assertTrue(before == Long.MAX_VALUE || cursor.version() == before - 1);
                    before = cursor.version();
                }
            }
        }
    }
}
