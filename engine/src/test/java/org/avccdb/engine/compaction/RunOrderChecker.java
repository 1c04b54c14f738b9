package org.avccdb.engine.compaction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.avccdb.engine.keys.RecordType;
import org.avccdb.engine.manifest.Version;
import org.avccdb.engine.table.TableCursor;
import org.avccdb.engine.table.TableFile;
import org.avccdb.engine.table.TableMeta;

/**
 * Reads all tables of a version and checks what everybody relies on: each table is what its metadata say; from level 1 on, no
 * user key is in two tables of a level; for every user key, a newer run's records have higher sequence numbers than an older
 * run's; and no run has a record that another one of the same run makes superfluous.
 */
public final class RunOrderChecker {
    private RunOrderChecker() {}

    /** Checks, and returns all records. */
    public static List<TestRecord> check(final String what, final Version version) {
        final List<TestRecord> all = new ArrayList<>();
        final Map<byte[], Long> oldestSoFar = new TreeMap<>(Arrays::compareUnsigned);
        for (final TableFile table : version.level(0)) {
            all.addAll(checkRun(what, List.of(table), oldestSoFar));
        }
        for (int level = 1; level < Version.LEVELS; level++) {
            all.addAll(checkRun(what + ", level " + level, Arrays.asList(version.level(level)), oldestSoFar));
        }
        return all;
    }

    private static List<TestRecord> checkRun(
            final String what, final List<TableFile> tables, final Map<byte[], Long> oldestSoFar) {
        final List<TestRecord> run = new ArrayList<>();
        byte[] last = null;
        for (final TableFile table : tables) {
            final List<TestRecord> records = records(table);
            checkMeta(what, table.meta(), records);
            assertTrue(
                    last == null || Arrays.compareUnsigned(last, table.meta().smallestKey()) < 0,
                    () -> what + ": shares a user key with the one before: " + table.meta());
            last = table.meta().largestKey();
            run.addAll(records);
        }
        checkOrderWithin(what, run);
        final Map<byte[], Long> oldestHere = new TreeMap<>(Arrays::compareUnsigned);
        for (final TestRecord record : run) {
            final Long newer = oldestSoFar.get(record.key());
            assertTrue(
                    newer == null || record.sequence() < newer,
                    () -> what + ": " + record + " is in an older run than one with sequence " + newer);
            oldestHere.merge(record.key(), record.sequence(), Math::min);
        }
        oldestSoFar.putAll(oldestHere);
        return run;
    }

    private static void checkOrderWithin(final String what, final List<TestRecord> run) {
        TestRecord before = null;
        long deletedUpTo = 0;
        for (final TestRecord record : run) {
            final TestRecord previous = before;
            if (previous != null) {
                assertTrue(
                        TestRecord.ORDER.compare(previous, record) < 0, () -> what + ": " + previous + ", " + record);
            }
            if (previous == null || !Arrays.equals(previous.key(), record.key())) {
                deletedUpTo = 0;
            } else {
                assertTrue(
                        previous.version() != record.version(),
                        () -> what + ": " + record + " is superseded by " + previous);
                assertTrue(record.sequence() > deletedUpTo, () -> what + ": " + record + " is hidden by a key-delete");
            }
            if (record.type() == RecordType.KEY_DELETE) {
                deletedUpTo = record.sequence();
            }
            before = record;
        }
    }

    private static void checkMeta(final String what, final TableMeta meta, final List<TestRecord> records) {
        final String text = what + ": " + meta;
        assertEquals(meta.records(), records.size(), text);
        assertArrayEquals(meta.smallestKey(), records.get(0).key(), text);
        assertArrayEquals(meta.largestKey(), records.get(records.size() - 1).key(), text);
        assertEquals(count(records, RecordType.KEY_DELETE), meta.keyDeletes(), text);
        assertEquals(count(records, RecordType.VERSION_DELETE), meta.versionDeletes(), text);
        assertEquals(records.stream().mapToLong(TestRecord::sequence).min().orElseThrow(), meta.minSequence(), text);
        assertEquals(records.stream().mapToLong(TestRecord::sequence).max().orElseThrow(), meta.maxSequence(), text);
        final long maxPutVersion = records.stream()
                .filter(record -> record.type() == RecordType.PUT)
                .mapToLong(TestRecord::version)
                .max()
                .orElse(0);
        assertEquals(maxPutVersion, meta.maxPutVersion(), text);
    }

    private static long count(final List<TestRecord> records, final int type) {
        return records.stream().filter(record -> record.type() == type).count();
    }

    static List<TestRecord> records(final TableFile table) {
        final List<TestRecord> records = new ArrayList<>();
        final TableCursor cursor = TableCursor.passingTheCache();
        cursor.attach(table);
        while (cursor.next()) {
            records.add(TestRecord.of(cursor));
        }
        cursor.detach();
        return records;
    }
}
