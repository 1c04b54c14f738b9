package org.avccdb.engine.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.LongFunction;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.KeyRange;
import org.avccdb.VersionedValue;
import org.avccdb.engine.keys.RecordCursor;
import org.junit.jupiter.api.Test;

class LiveRecordsTest {
    @Test
    void movesOverSmallGroupsAsTheModel() {
        for (int seed = 0; seed < 600; seed++) {
            Random random = new Random(seed);
            walk(random, new RandomRecords(random, 1 + random.nextInt(12), random.nextInt(80)), "seed " + seed);
        }
    }

    /** Groups that are too large to be copied on the way backward. */
    @Test
    void movesOverLargeGroupsAsTheModel() {
        for (int seed = 0; seed < 150; seed++) {
            Random random = new Random(seed);
            walk(random, new RandomRecords(random, 1 + random.nextInt(3), 400), "seed " + seed);
        }
    }

    private static void walk(Random random, RandomRecords records, String seed) {
        long upTo = random.nextInt(4) == 0 ? random.nextInt((int) records.lastSequence() + 1) : records.lastSequence();
        boolean allVersions = random.nextBoolean();
        KeyRange range = KeyRange.of(
                random.nextInt(3) == 0 ? records.anyKey() : null, random.nextInt(3) == 0 ? records.anyKey() : null);
        RecordCursor[] runs = records.spread(1 + random.nextInt(5)).stream()
                .map(ListCursor::new)
                .toArray(RecordCursor[]::new);
        RecordCursor source = runs.length == 1 ? runs[0] : new MergingCursor(runs);
        LiveRecords cursor = new LiveRecords(source, range, upTo, allVersions);
        LiveModel model = new LiveModel(records, range, upTo, allVersions);
        StringBuilder trace = new StringBuilder(seed);
        int bias = random.nextInt(5);
        for (int step = 0; step < 120; step++) {
            int move = random.nextInt(20);
            boolean found;
            boolean there;
            if (move < 6 + bias) {
                trace.append(" next");
                found = cursor.next();
                there = model.next();
            } else if (move < 16) {
                trace.append(" prev");
                found = cursor.prev();
                there = model.prev();
            } else if (move == 16) {
                trace.append(" first");
                found = cursor.first();
                there = model.first();
            } else if (move == 17) {
                trace.append(" last");
                found = cursor.last();
                there = model.last();
            } else {
                byte[] key = records.anyKey();
                trace.append(" seek").append(Arrays.toString(key));
                found = cursor.seek(new UnsafeBuffer(key));
                there = model.seek(key);
            }
            assertEquals(there, found, trace::toString);
            assertEquals(there, cursor.isValid(), trace::toString);
            if (there) {
                assertEquals(model.shown(), shown(cursor), trace::toString);
            }
        }
    }

    static String shown(LiveRecords cursor) {
        byte[] key = new byte[cursor.keyLength()];
        cursor.keyBuffer().getBytes(0, key);
        byte[] value = new byte[cursor.valueLength()];
        cursor.valueBuffer().getBytes(cursor.valueOffset(), value);
        return LiveModel.text(key, new VersionedValue(value, cursor.version(), cursor.sequence()));
    }

    @Test
    void passesLongRunsOfWhatIsHidden() {
        assertPasses(i -> Rec.delete("k", i), "deletes of one key");
        assertPasses(i -> Rec.delete("k" + (char) ('a' + i % 26) + i, i), "deletes of many keys");
        assertPasses(i -> Rec.put("k", 5, i), "puts of one version");
        assertPasses(i -> Rec.deleteVersion("k", i, i), "deletes of many versions");
    }

    private static void assertPasses(LongFunction<Rec> hidden, String what) {
        List<Rec> records = new ArrayList<>(List.of(Rec.put("a", 1, 1), Rec.put("z", 1, 2)));
        for (long i = 3; i < 20_003; i++) {
            records.add(hidden.apply(i));
        }
        records.add(Rec.delete("k", 30_000));
        for (boolean allVersions : new boolean[] {false, true}) {
            LiveRecords cursor = new LiveRecords(new ListCursor(records), KeyRange.all(), 40_000, allVersions);
            assertTrue(cursor.first(), what);
            assertTrue(cursor.next(), what);
            assertEquals('z', cursor.keyBuffer().getByte(0), what);
            assertTrue(cursor.prev(), what);
            assertEquals('a', cursor.keyBuffer().getByte(0), what);
            assertFalse(cursor.prev(), what);
        }
    }

    @Test
    void seeksKeysThatAreLongerThanAnyThereIs() {
        byte[] longest = new byte[0xFFFF];
        Arrays.fill(longest, (byte) 'm');
        byte[] next = longest.clone();
        next[next.length - 1]++;
        LiveRecords cursor = new LiveRecords(
                new ListCursor(List.of(new Rec(longest, 1, 1, 1, new byte[0]), new Rec(next, 1, 2, 1, new byte[0]))),
                KeyRange.all(),
                10,
                false);
        assertTrue(cursor.seek(new UnsafeBuffer(Arrays.copyOf(longest, longest.length + 5))));
        assertEquals(2, cursor.sequence());
        assertFalse(cursor.seek(new UnsafeBuffer(Arrays.copyOf(next, next.length + 1))));
    }
}
