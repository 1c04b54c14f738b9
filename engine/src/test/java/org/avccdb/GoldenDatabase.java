package org.avccdb;

import java.nio.file.Path;
import java.util.Map;
import java.util.Random;

/**
 * The program that made the golden databases in the test resources; it must not change. A new format gets a directory of its
 * own beside the old ones: {@code main} takes it as its argument.
 */
final class GoldenDatabase {
    private static final int KEYS = 60;
    private static final long POSITION = 4711;

    private GoldenDatabase() {}

    public static void main(String[] arguments) {
        try (AvccDb db = AvccDb.open(Path.of(arguments[0]), options())) {
            write(db);
        }
    }

    static Options options() {
        return Options.builder()
                .threadingMode(ThreadingMode.INVOKER)
                .writeBufferBytes(16 << 10)
                .journalSegmentBytes(16 << 10)
                .blockBytes(512)
                .compression(Compression.LZ4)
                .compactionTableBytes(4 << 10)
                .compactionTotalBytes(8 << 10)
                .compactionTotalSizeMultiplier(4)
                .build();
    }

    /** Writes everything; the database holds what the result says. */
    static KnownContent write(AvccDb db) {
        KnownContent known = new KnownContent(db);
        Random random = new Random(1);
        for (int round = 0; round < 4; round++) {
            write(known, random, 120);
            db.flush();
        }
        write(known, random, 40);
        WriteBatch last = new WriteBatch();
        last.put(KnownContent.bytes("position"), KnownContent.bytes("4711"));
        last.appliedPosition(POSITION);
        db.write(last);
        known.noteWritten("position", "4711");
        return known;
    }

    static long position() {
        return POSITION;
    }

    private static void write(KnownContent known, Random random, int count) {
        for (int i = 0; i < count; i++) {
            String key = "key" + random.nextInt(KEYS);
            String value = "value " + i + "-".repeat(random.nextInt(50));
            switch (random.nextInt(10)) {
                case 0 -> known.delete(key);
                case 1 -> known.deleteVersion(key, random.nextInt(5));
                case 2, 3, 4, 5, 6 -> known.put(key, value, 1 + random.nextInt(5), WriteOptions.DEFAULT);
                case 7 -> known.batch(Map.of(key, value));
                default -> known.put(key, value, 0, WriteOptions.DEFAULT);
            }
        }
    }
}
