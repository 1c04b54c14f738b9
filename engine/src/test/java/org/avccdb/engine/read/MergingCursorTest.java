package org.avccdb.engine.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.engine.keys.RecordCursor;
import org.junit.jupiter.api.Test;

class MergingCursorTest {
    @Test
    void isEmptyOverNothing() {
        MergingCursor cursor = new MergingCursor();
        assertFalse(cursor.first());
        assertFalse(cursor.prev());
        assertFalse(cursor.next());
        assertFalse(cursor.last());
        assertFalse(cursor.isValid());
    }

    @Test
    void showsEqualRecordsOnce() {
        Rec a = Rec.put("a", 1, 1);
        Rec b = Rec.put("b", 1, 2);
        MergingCursor cursor = over(List.of(List.of(a, b), List.of(a, b), List.of(a), List.of(b)));
        assertEquals(List.of(a, b), forward(cursor));
        assertEquals(List.of(b, a), backward(cursor));
    }

    /** Every kind of move, against a list of all records, from wherever the one before has led. */
    @Test
    void movesAsOneListWould() {
        for (int seed = 0; seed < 400; seed++) {
            Random random = new Random(seed);
            RandomRecords records = new RandomRecords(random, 1 + random.nextInt(8), random.nextInt(60));
            List<List<Rec>> runs = records.spread(1 + random.nextInt(6));
            if (random.nextBoolean()) {
                repeatSome(random, runs);
            }
            walk(random, over(runs), new ListCursor(records.all()), records, "seed " + seed);
        }
    }

    private static void repeatSome(Random random, List<List<Rec>> runs) {
        for (List<Rec> run : runs) {
            List<Rec> other = runs.get(random.nextInt(runs.size()));
            for (Rec rec : List.copyOf(run)) {
                if (random.nextInt(3) == 0 && !other.contains(rec)) {
                    other.add(rec);
                }
            }
        }
    }

    private static void walk(
            Random random, RecordCursor cursor, RecordCursor expected, RandomRecords records, String seed) {
        StringBuilder trace = new StringBuilder(seed);
        for (int step = 0; step < 150; step++) {
            int move = random.nextInt(20);
            UnsafeBuffer key = new UnsafeBuffer(records.anyKey());
            long version = random.nextBoolean() ? Long.MAX_VALUE : records.anyVersion();
            long stamp = random.nextBoolean() ? -1 : random.nextLong() >>> 40;
            boolean found;
            boolean there;
            if (move < 8) {
                trace.append(" next");
                found = cursor.next();
                there = expected.next();
            } else if (move < 16) {
                trace.append(" prev");
                found = cursor.prev();
                there = expected.prev();
            } else if (move == 16) {
                trace.append(" first");
                found = cursor.first();
                there = expected.first();
            } else if (move == 17) {
                trace.append(" last");
                found = cursor.last();
                there = expected.last();
            } else if (move == 18) {
                trace.append(" seek");
                found = cursor.seek(key, 0, key.capacity(), version, stamp);
                there = expected.seek(key, 0, key.capacity(), version, stamp);
            } else {
                trace.append(" seekBefore");
                found = cursor.seekBefore(key, 0, key.capacity(), version, stamp);
                there = expected.seekBefore(key, 0, key.capacity(), version, stamp);
            }
            assertEquals(there, found, trace::toString);
            assertEquals(there, cursor.isValid(), trace::toString);
            if (there) {
                assertEquals(shown(expected), shown(cursor), trace::toString);
            }
        }
    }

    private static MergingCursor over(List<List<Rec>> runs) {
        return new MergingCursor(runs.stream().map(ListCursor::new).toArray(RecordCursor[]::new));
    }

    private static List<Rec> forward(RecordCursor cursor) {
        List<Rec> seen = new ArrayList<>();
        for (boolean on = cursor.first(); on; on = cursor.next()) {
            seen.add(shown(cursor));
        }
        return seen;
    }

    private static List<Rec> backward(RecordCursor cursor) {
        List<Rec> seen = new ArrayList<>();
        for (boolean on = cursor.last(); on; on = cursor.prev()) {
            seen.add(shown(cursor));
        }
        return seen;
    }

    private static Rec shown(RecordCursor cursor) {
        byte[] key = new byte[cursor.keyLength()];
        cursor.keyBuffer().getBytes(cursor.keyOffset(), key);
        byte[] value = new byte[cursor.valueLength()];
        cursor.valueBuffer().getBytes(cursor.valueOffset(), value);
        long stamp = cursor.stamp();
        return new Rec(key, cursor.version(), stamp >>> 8, (int) stamp & 0xFF, value);
    }
}
