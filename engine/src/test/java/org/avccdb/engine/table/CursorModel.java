package org.avccdb.engine.table;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.engine.keys.Keys;
import org.avccdb.engine.keys.Versions;
import org.avccdb.memdb.RecordDescriptor;

/** Moves a cursor at random, and a position in a list beside it. */
final class CursorModel {
    private final List<TestRecord> records;
    private final TableCursor cursor;
    private final Random random;
    private final RandomRecords source;
    /** -1 before the first record, the number of records behind the last. */
    private int position = -1;

    CursorModel(List<TestRecord> records, TableCursor cursor, Random random, RandomRecords source) {
        this.records = records;
        this.cursor = cursor;
        this.random = random;
        this.source = source;
    }

    void run(int steps) {
        scan();
        for (int i = 0; i < steps; i++) {
            step();
        }
    }

    private void scan() {
        for (TestRecord record : records) {
            check(cursor.next(), true);
            assertEquals(record, TestRecord.of(cursor));
        }
        check(cursor.next(), false);
        for (int i = records.size() - 1; i >= 0; i--) {
            check(cursor.prev(), true);
            assertEquals(records.get(i), TestRecord.of(cursor));
        }
        check(cursor.prev(), false);
    }

    private static void check(boolean found, boolean expected) {
        assertEquals(expected, found);
    }

    private void step() {
        boolean found = switch (random.nextInt(8)) {
            case 0 -> {
                position = 0;
                yield cursor.first();
            }
            case 1 -> {
                position = records.size() - 1;
                yield cursor.last();
            }
            case 2, 3 -> {
                position = Math.min(records.size(), position + 1);
                yield cursor.next();
            }
            case 4, 5 -> {
                position = Math.max(-1, position - 1);
                yield cursor.prev();
            }
            default -> seek();
        };
        boolean expected = position >= 0 && position < records.size();
        assertEquals(expected, found);
        assertEquals(expected, cursor.isValid());
        if (expected) {
            assertEquals(records.get(position), TestRecord.of(cursor));
        }
    }

    private boolean seek() {
        byte[] sought = target();
        long version = version();
        long stamp = stamp();
        if (random.nextBoolean()) {
            TestRecord one = records.get(random.nextInt(records.size()));
            sought = random.nextBoolean() ? one.key() : sought;
            version = random.nextBoolean() ? one.version() : version;
            stamp = one.stamp() + random.nextInt(3) - 1;
        }
        int atOrBehind = 0;
        while (atOrBehind < records.size() && records.get(atOrBehind).compareTo(sought, version, stamp) < 0) {
            atOrBehind++;
        }
        // The target stands somewhere in a buffer that ends with it.
        int offset = random.nextInt(3);
        byte[] padded = new byte[offset + sought.length];
        System.arraycopy(sought, 0, padded, offset, sought.length);
        UnsafeBuffer key = new UnsafeBuffer(padded);
        return switch (random.nextInt(3)) {
            case 0 -> {
                position = atOrBehind;
                yield cursor.seek(key, offset, sought.length, version, stamp);
            }
            case 1 -> {
                position = atOrBehind - 1;
                yield cursor.seekBefore(key, offset, sought.length, version, stamp);
            }
            default -> {
                boolean exact = atOrBehind < records.size()
                        && Arrays.equals(records.get(atOrBehind).key(), sought);
                boolean found = cursor.seekExactKey(key, offset, sought.length, version, stamp);
                position = exact ? atOrBehind : records.size();
                if (!exact) {
                    assertEquals(false, found);
                    // On no record: where it goes from here is not promised, so that it begins anew.
                    position = records.size() - 1;
                    yield cursor.last();
                }
                yield found;
            }
        };
    }

    private byte[] target() {
        byte[] key = source.key();
        return switch (random.nextInt(4)) {
            case 0 -> Arrays.copyOf(key, random.nextInt(key.length + 1));
            case 1 -> Arrays.copyOf(key, Math.min(key.length + 1, Keys.MAX_LENGTH));
            case 2 -> {
                byte[] changed = key.clone();
                if (changed.length > 0) {
                    changed[random.nextInt(changed.length)] += (byte) (random.nextBoolean() ? 1 : -1);
                }
                yield changed;
            }
            default -> key;
        };
    }

    private long version() {
        return switch (random.nextInt(3)) {
            case 0 -> Versions.KEY_DELETE;
            case 1 -> 0;
            default -> source.version();
        };
    }

    private long stamp() {
        return switch (random.nextInt(3)) {
            case 0 -> Keys.FIRST_STAMP;
            case 1 -> 0;
            default -> RecordDescriptor.stamp(random.nextInt(1000), 1);
        };
    }
}
