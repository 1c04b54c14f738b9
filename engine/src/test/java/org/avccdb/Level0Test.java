package org.avccdb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Level 0 is kept short by merges of its own, also while a long compaction goes on; and all that is in it stays right. */
final class Level0Test {
    private static final int KEYS = 3_000;
    private static final int WRITES = 60_000;

    @TempDir
    Path directory;

    private final List<String> happened = new CopyOnWriteArrayList<>();

    private final EventListener listener = new EventListener() {
        @Override
        public void compactionBegun(final CompactionBegun event) {
            happened.add("begin " + event.level() + event.targetLevel());
        }

        @Override
        public void compactionCompleted(final CompactionCompleted event) {
            happened.add("end " + event.level() + event.targetLevel());
        }
    };

    @Test
    void mergesWithinLevel0ComeBetweenTheStepsOfALongerCompaction() {
        final Options options = Options.builder()
                .threadingMode(ThreadingMode.INVOKER)
                .invokerSeed(7)
                .writeBufferBytes(Limits.MIN_WRITE_BUFFER_BYTES)
                .compactionTableBytes(64 << 10)
                .compactionTotalBytes(16 << 20)
                .compactionL0Trigger(3)
                .compactionRateBytesPerSecond(1 << 20)
                .writeL0SlowdownTrigger(20)
                .writeL0PauseTrigger(40)
                .eventListener(listener)
                .build();
        final Map<String, byte[]> expected = new HashMap<>();
        try (AvccDb db = AvccDb.open(directory, options)) {
            write(db, expected, new Random(1));
            checkAll(db, expected);
        }
        assertTrue(happened.contains("begin 00"), happened::toString);
        assertTrue(isNested(), happened::toString);
        try (AvccDb db = AvccDb.open(directory, options)) {
            checkAll(db, expected);
            assertTrue(db.verify().problems().isEmpty(), () -> db.verify().toString());
            db.compactRange(KeyRange.all());
            checkAll(db, expected);
        }
    }

    private boolean isNested() {
        for (int i = 0; i + 2 < happened.size(); i++) {
            if (happened.get(i).equals("begin 01")
                    && happened.get(i + 1).equals("begin 00")
                    && happened.get(i + 2).equals("end 00")) {
                return true;
            }
        }
        return false;
    }

    private static void write(final AvccDb db, final Map<String, byte[]> expected, final Random random) {
        for (int i = 0; i < WRITES; i++) {
            final String key = "key" + random.nextInt(KEYS);
            if (random.nextInt(10) == 0) {
                db.delete(key.getBytes(StandardCharsets.UTF_8));
                expected.remove(key);
            } else {
                final byte[] value = new byte[random.nextInt(300)];
                random.nextBytes(value);
                db.put(key.getBytes(StandardCharsets.UTF_8), value);
                expected.put(key, value);
            }
        }
    }

    private static void checkAll(final AvccDb db, final Map<String, byte[]> expected) {
        for (int i = 0; i < KEYS; i++) {
            final String key = "key" + i;
            assertArrayEquals(expected.get(key), db.get(key.getBytes(StandardCharsets.UTF_8)), key);
        }
        try (Cursor cursor = db.cursor(KeyRange.all())) {
            int count = 0;
            while (cursor.next()) {
                count++;
            }
            assertEquals(expected.size(), count);
        }
    }
}
