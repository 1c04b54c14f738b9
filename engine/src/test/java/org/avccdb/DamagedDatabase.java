package org.avccdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.avccdb.engine.storage.SimulatedStorage;

/** A small database in memory with files of all types, to be copied and damaged. */
final class DamagedDatabase {
    private static final int KEYS = 40;

    private final Options options;
    private final SimulatedStorage files;
    private final KnownContent known;
    private final long synced;
    private final boolean closed;

    private DamagedDatabase(Options options, SimulatedStorage files, KnownContent known, long synced, boolean closed) {
        this.options = options;
        this.files = files;
        this.known = known;
        this.synced = synced;
        this.closed = closed;
    }

    static Options options(Compression compression) {
        return Options.builder()
                .threadingMode(ThreadingMode.INVOKER)
                .writeBufferBytes(16 << 10)
                .journalSegmentBytes(16 << 10)
                .blockBytes(256)
                .compression(compression)
                .compactionTableBytes(1 << 10)
                .compactionTotalBytes(3 << 10)
                .compactionTotalSizeMultiplier(3)
                .blockCacheBytes(64 << 10)
                .build();
    }

    /**
     * Makes one.
     *
     * @param closed cleanly; else its process died, and writes were in the journal that had not been synced
     */
    static DamagedDatabase make(Compression compression, boolean closed, long seed) {
        SimulatedStorage storage = new SimulatedStorage();
        Options options = options(compression);
        SimulatedStorage left;
        KnownContent known;
        long synced = 0;
        try (AvccDb db = open(storage, options)) {
            known = new KnownContent(db);
            Random random = new Random(seed);
            for (int round = 0; round < 5; round++) {
                write(known, random, 50);
                db.flush();
            }
            known.transaction(puts(random, "t", 3));
            write(known, random, 20);
            while (tableFiles(storage) > tables(db)) {
                // What nobody reads may be damaged without anybody noticing.
                write(known, random, 1);
            }
            known.put("synced", "for good", 0, WriteOptions.SYNC);
            synced = known.sequence();
            write(known, random, 10);
            known.put("synced last", "so that what is before is known to be", 0, WriteOptions.SYNC);
            write(known, random, 10);
            left = storage.processKillImage();
        }
        return new DamagedDatabase(options, closed ? storage.snapshot() : left, known, synced, closed);
    }

    private static long tableFiles(SimulatedStorage storage) {
        return storage.list().stream().filter(name -> name.endsWith(".sst")).count();
    }

    private static int tables(AvccDb db) {
        return db.stats().levels().stream().mapToInt(Stats.Level::tables).sum();
    }

    private static void write(KnownContent known, Random random, int count) {
        for (int i = 0; i < count; i++) {
            String key = "key" + random.nextInt(KEYS);
            String value = "value " + i + "x".repeat(random.nextInt(30));
            switch (random.nextInt(8)) {
                case 0 -> known.delete(key);
                case 1 -> known.deleteVersion(key, random.nextInt(4));
                case 2, 3, 4 -> known.put(key, value, 1 + random.nextInt(4), WriteOptions.DEFAULT);
                case 5 -> known.batch(puts(random, "batch", 4));
                default -> known.put(key, value, 0, WriteOptions.DEFAULT);
            }
        }
    }

    private static Map<String, String> puts(Random random, String prefix, int count) {
        Map<String, String> puts = new TreeMap<>();
        while (puts.size() < count) {
            puts.put(prefix + random.nextInt(10), "value " + random.nextInt());
        }
        return puts;
    }

    static AvccDb open(SimulatedStorage storage, Options options) {
        return new AvccDb(new Engine(Opening.open(storage, options, false)));
    }

    static AvccDb recover(SimulatedStorage storage, Options options) {
        return new AvccDb(new Engine(Opening.open(storage, options, true)));
    }

    SimulatedStorage copy() {
        return files.snapshot();
    }

    Options options() {
        return options;
    }

    KnownContent known() {
        return known;
    }

    /** What a reader of a damaged copy gets must be right. True if the damage was noticed. */
    boolean check(SimulatedStorage damaged, boolean paranoid, boolean toWrite, boolean tailMayBeLost) {
        Options how =
                options.toBuilder().paranoidChecks(paranoid).readOnly(!toWrite).build();
        try (AvccDb db = open(damaged, how)) {
            long sequence;
            try (Snapshot snapshot = db.snapshot()) {
                sequence = snapshot.sequence();
            }
            if (closed) {
                assertEquals(known.sequence(), sequence, "the last write");
            } else {
                assertTrue(known.isEndOfWrite(sequence), "a part of a write is missing: " + sequence);
                assertTrue(tailMayBeLost || sequence >= synced, "synced writes are lost: " + sequence);
            }
            AllAnswers answers = new AllAnswers(db);
            answers.compare(known, sequence);
            boolean noticed = !answers.refusals().isEmpty() || sequence != known.sequence();
            return !db.verify().isClean() || noticed;
        } catch (CorruptionException refused) {
            AllAnswers.requireNamed(refused);
            return true;
        }
    }
}
