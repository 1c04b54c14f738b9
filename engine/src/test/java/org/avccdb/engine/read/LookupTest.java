package org.avccdb.engine.read;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.VersionedValue;
import org.junit.jupiter.api.Test;

/** Point reads of every kind over random runs, against what the records say by themselves. */
class LookupTest {
    @Test
    void findsInMemtablesWhatTheModelFinds() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            RandomRecords records = new RandomRecords(random, 1 + random.nextInt(6), random.nextInt(80));
            int count = 1 + random.nextInt(6);
            check(random, records, records.spread(count), count, 0, "seed " + seed);
        }
    }

    @Test
    void findsInTablesWhatTheModelFinds() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            RandomRecords records = new RandomRecords(random, 1 + random.nextInt(6), random.nextInt(120));
            int memtables = 1 + random.nextInt(3);
            int level0 = random.nextInt(4);
            int levels = random.nextInt(5);
            check(random, records, records.layered(memtables + level0, levels), memtables, level0, "seed " + seed);
        }
    }

    private static void check(
            Random random, RandomRecords records, List<List<Rec>> runs, int memtables, int level0, String seed) {
        try (TestRuns database = new TestRuns()) {
            // What is in tables has long been visible.
            long lowest = runs.subList(memtables, runs.size()).stream()
                    .flatMap(List::stream)
                    .mapToLong(Rec::sequence)
                    .max()
                    .orElse(0);
            long upTo = lowest + random.nextInt((int) (records.lastSequence() - lowest) + 1);
            database.publish(runs, memtables, level0, upTo, random);
            Lookup lookup = new Lookup();
            Place place = database.views.enter();
            ReadView view = database.views.view(place);
            for (int i = 0; i < 60; i++) {
                byte[] key = records.anyKey();
                ask(lookup, view, place.sequence(), key, records, seed + " key " + Arrays.toString(key));
            }
            lookup.letGo();
            database.views.exit(place);
        }
    }

    private static void ask(Lookup lookup, ReadView view, long upTo, byte[] key, RandomRecords records, String trace) {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[key.length + 5]);
        buffer.putBytes(2, key);
        List<VersionedValue> live = RandomRecords.history(records.all(), key, upTo, 0, Long.MAX_VALUE);
        VersionedValue latest = live.isEmpty() ? null : live.get(live.size() - 1);
        assertSame(latest, lookup.latest(view, upTo, buffer, 2, key.length), lookup, trace + " latest");

        long version = records.anyVersion();
        VersionedValue asOf = null;
        VersionedValue exact = null;
        for (VersionedValue value : live) {
            asOf = value.version() <= version ? value : asOf;
            exact = value.version() == version ? value : exact;
        }
        assertSame(asOf, lookup.asOf(view, upTo, buffer, 2, key.length, version), lookup, trace + " as of " + version);
        assertSame(
                version == 0 ? latest : exact,
                lookup.exact(view, upTo, buffer, 2, key.length, version),
                lookup,
                trace + " version " + version);

        long min = records.anyVersion();
        long max = records.anyVersion();
        List<VersionedValue> expected =
                RandomRecords.history(records.all(), key, upTo, min, max == 0 ? Long.MAX_VALUE : max);
        assertEquals(
                texts(expected),
                texts(lookup.history(view, upTo, buffer, 2, key.length, min, max)),
                trace + " history " + min + " to " + max);
    }

    private static List<String> texts(List<VersionedValue> values) {
        List<String> texts = new ArrayList<>();
        values.forEach(value -> texts.add(LiveModel.text(new byte[0], value)));
        return texts;
    }

    private static void assertSame(VersionedValue expected, boolean found, Lookup lookup, String trace) {
        assertEquals(expected != null, found, trace);
        if (expected != null) {
            byte[] value = new byte[lookup.valueLength()];
            lookup.valueBuffer().getBytes(lookup.valueOffset(), value);
            assertEquals(expected.version(), lookup.version(), trace);
            assertEquals(expected.sequence(), lookup.sequence(), trace);
            assertArrayEquals(expected.value(), value, trace);
        }
    }
}
