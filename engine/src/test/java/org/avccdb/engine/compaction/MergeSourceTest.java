package org.avccdb.engine.compaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.avccdb.CorruptionException;
import org.avccdb.engine.keys.RecordType;
import org.avccdb.engine.keys.Versions;
import org.avccdb.memdb.RecordDescriptor;
import org.junit.jupiter.api.Test;

class MergeSourceTest {
    @Test
    void mergesAnyNumberOfInputs() {
        for (int seed = 0; seed < 300; seed++) {
            final Random random = new Random(seed);
            final int inputs = 1 + random.nextInt(9);
            final byte[] prefix = new byte[random.nextInt(3) * 5];
            random.nextBytes(prefix);
            final List<List<TestRecord>> runs = new ArrayList<>();
            final List<TestRecord> all = new ArrayList<>();
            for (int i = 0; i < inputs; i++) {
                runs.add(new ArrayList<>());
            }
            final int records = random.nextInt(200);
            for (int i = 0; i < records; i++) {
                final TestRecord record = record(random, prefix, i + 1);
                runs.get(random.nextInt(inputs)).add(record);
                all.add(record);
            }
            all.sort(TestRecord.ORDER);
            runs.forEach(run -> run.sort(TestRecord.ORDER));
            final int known = all.isEmpty()
                    ? 0
                    : new KeySpan(all.get(0).key(), all.get(all.size() - 1).key()).commonPrefix();
            check("seed " + seed, runs, all, known);
            check("seed " + seed, runs, all, known / 2);
        }
    }

    private static void check(
            final String what, final List<List<TestRecord>> runs, final List<TestRecord> all, final int prefix) {
        final MergeInput[] inputs = runs.stream().map(ListInput::new).toArray(MergeInput[]::new);
        final MergeSource source = new MergeSource(inputs, prefix);
        byte[] key = null;
        for (final TestRecord expected : all) {
            assertTrue(source.next(), what);
            assertEquals(expected, TestRecord.of(source.record()), what);
            assertEquals(!Arrays.equals(key, expected.key()), source.isNewKey(), () -> what + " " + expected);
            key = expected.key();
        }
        assertFalse(source.next(), what);
        assertFalse(source.next(), what);
    }

    /** Keys that are alike: a few bytes, few values, zeros among them, and lengths around eight. */
    private static TestRecord record(final Random random, final byte[] prefix, final long sequence) {
        final byte[] key = Arrays.copyOf(prefix, prefix.length + random.nextInt(11));
        for (int i = prefix.length; i < key.length; i++) {
            key[i] = (byte) (random.nextInt(4) > 0 ? 0 : random.nextInt(2) * 0xFF);
        }
        if (random.nextInt(5) == 0) {
            return new TestRecord(
                    key, Versions.KEY_DELETE, RecordDescriptor.stamp(sequence, RecordType.KEY_DELETE), new byte[0]);
        }
        final int type = random.nextBoolean() ? RecordType.PUT : RecordType.VERSION_DELETE;
        return new TestRecord(
                key, random.nextInt(3), RecordDescriptor.stamp(sequence, type), new byte[random.nextInt(3)]);
    }

    @Test
    void keysOfAnyLengthAreRemembered() {
        final List<TestRecord> records = new ArrayList<>();
        for (int length = 0; length <= 0xFFFF; length = 2 * length + 1) {
            records.add(TestRecord.put("k".repeat(length), 5, 2));
            records.add(TestRecord.put("k".repeat(length), 5, 1));
        }
        check("long keys", List.of(records), records, 0);
    }

    @Test
    void theSameRecordTwiceComesTwice() {
        final List<TestRecord> records = List.of(TestRecord.put("a", 1, 1), TestRecord.put("b", 1, 2));
        final List<TestRecord> twice = new ArrayList<>(records);
        twice.addAll(records);
        twice.sort(TestRecord.ORDER);
        check("doubles", List.of(records, records), twice, 0);
    }

    @Test
    void disorderIsCorruption() {
        checkCorrupt(TestRecord.put("b", 1, 1), TestRecord.put("a", 1, 2));
        checkCorrupt(TestRecord.put("keys-are-long-b", 1, 1), TestRecord.put("keys-are-long-a", 1, 2));
        checkCorrupt(TestRecord.put("keys-are-long-b", 1, 1), TestRecord.put("keys-are-", 1, 2));
        checkCorrupt(TestRecord.put("a", 1, 1), TestRecord.put("a", 2, 2));
        checkCorrupt(TestRecord.put("a", 1, 1), TestRecord.put("a", 1, 2));
    }

    @Test
    void recordsThatCannotBeAreCorruption() {
        final TestRecord good = TestRecord.put("a", 1, 1);
        checkCorrupt(good, new TestRecord(good.key(), 0, RecordDescriptor.stamp(5, 4), good.value()));
        checkCorrupt(good, new TestRecord(good.key(), 0, RecordDescriptor.stamp(5, 0), good.value()));
        checkCorrupt(new TestRecord(
                good.key(), Versions.KEY_DELETE, RecordDescriptor.stamp(5, RecordType.PUT), good.value()));
        checkCorrupt(new TestRecord(good.key(), 7, RecordDescriptor.stamp(5, RecordType.KEY_DELETE), good.value()));
        checkCorrupt(new TestRecord(good.key(), -7, RecordDescriptor.stamp(5, RecordType.PUT), good.value()));
    }

    private static void checkCorrupt(final TestRecord... records) {
        final MergeSource source = new MergeSource(new MergeInput[] {new ListInput(List.of(records))}, 0);
        final CorruptionException error = assertThrows(
                CorruptionException.class,
                () -> {
                    while (source.next()) {
                        assertTrue(source.record().keyLength() > 0);
                    }
                },
                () -> Arrays.toString(records));
        assertEquals("list", error.file());
    }
}
