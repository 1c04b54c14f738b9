package org.avccdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.avccdb.engine.storage.FileNames;
import org.avccdb.engine.storage.SimulatedStorage;
import org.avccdb.engine.storage.Storage;
import org.avccdb.engine.table.ForgedTable;
import org.junit.jupiter.api.Test;

/** Databases that lose their manifest, closed or killed, and are rebuilt from tables and journals. */
class RecoverTest {
    private static final int SEEDS = Integer.getInteger("avccdb.recover.seeds", 10);

    private static final int KEYS = 60;

    private static Options options(final Random random) {
        return Options.builder()
                .writeBufferBytes(16 << 10)
                .compactionTableBytes(4 << 10)
                .compactionTotalBytes(16 << 10)
                .pinnedMemoryBytes(random.nextBoolean() ? 0 : 1 << 20)
                .threadingMode(ThreadingMode.INVOKER)
                .invokerSeed(random.nextLong())
                .build();
    }

    private static AvccDb open(final Storage storage, final Options options, final boolean recover) {
        return new AvccDb(new Engine(Opening.open(storage, options, recover)));
    }

    @Test
    void everythingIsThereAfterTheManifestIsLost() {
        for (int seed = 0; seed < SEEDS; seed++) {
            run(seed);
        }
    }

    private static void run(final int seed) {
        final Random random = new Random(seed);
        final SimulatedStorage storage = new SimulatedStorage();
        final Options options = options(random);
        final Map<String, Map<Long, String>> model = new TreeMap<>();
        final Deque<Snapshot> snapshots = new ArrayDeque<>();
        AvccDb db = open(storage, options, false);
        try {
            for (int step = 0; step < 150; step++) {
                final String when = "seed " + seed + ", step " + step;
                if (random.nextInt(8) == 0) {
                    settle(db, storage, random, options, model, when);
                } else {
                    work(db, random, model);
                }
                if (random.nextInt(12) == 0) {
                    snapshots.add(db.snapshot());
                }
                if (snapshots.size() > 3) {
                    snapshots.remove().close();
                }
                if (random.nextInt(30) == 0) {
                    checkLoss(storage.processKillImage(), random, options, model, when + ", killed");
                }
                if (random.nextInt(50) == 0) {
                    snapshots.clear();
                    db.close();
                    lose(storage, random);
                    assertThrows(CorruptionException.class, () -> open(storage, options, false), when);
                    db = open(storage, options, true);
                    check(db, model, when + ", recovered");
                }
            }
        } finally {
            db.close();
        }
    }

    /** Flushes or compacts, which changes nothing to be read, and is killed at some moments of that. */
    private static void settle(
            final AvccDb db,
            final SimulatedStorage storage,
            final Random random,
            final Options options,
            final Map<String, Map<Long, String>> model,
            final String when) {
        final List<SimulatedStorage> images = new ArrayList<>();
        storage.onOperation((number, operation) -> {
            if (random.nextInt(20) == 0 && images.size() < 4) {
                images.add(storage.processKillImage());
            }
        });
        if (random.nextBoolean()) {
            db.flush();
        } else {
            final String from = key(random);
            db.compactRange(random.nextBoolean() ? KeyRange.all() : KeyRange.of(bytes(from), bytes(from + "~")));
        }
        storage.onOperation(null);
        images.forEach(image -> checkLoss(image, random, options, model, when + ", killed meanwhile"));
    }

    private static void work(final AvccDb db, final Random random, final Map<String, Map<Long, String>> model) {
        switch (random.nextInt(18)) {
            case 3 -> {
                final WriteBatch batch = new WriteBatch();
                for (int i = random.nextInt(300); i >= 0; i--) {
                    put(batch, random, model);
                }
                db.write(batch);
            }
            case 4 -> {
                for (int i = 0; i < KEYS; i++) {
                    final String key = String.format("key%02d", i);
                    if (random.nextInt(8) > 0) {
                        model.remove(key);
                        db.delete(bytes(key));
                    }
                }
            }
            default -> {
                for (int i = random.nextInt(20); i >= 0; i--) {
                    one(db, random, model);
                }
            }
        }
    }

    private static void put(final WriteBatch batch, final Random random, final Map<String, Map<Long, String>> model) {
        final String key = key(random);
        final long version = random.nextInt(3);
        final String value = value(random);
        model.computeIfAbsent(key, none -> new TreeMap<>()).put(version, value);
        batch.putWithVersion(bytes(key), bytes(value), version);
    }

    private static void one(final AvccDb db, final Random random, final Map<String, Map<Long, String>> model) {
        final String key = key(random);
        switch (random.nextInt(5)) {
            case 0 -> {
                model.remove(key);
                db.delete(bytes(key));
            }
            case 1 -> {
                final long version = random.nextInt(3);
                model.getOrDefault(key, new TreeMap<>()).remove(version);
                db.deleteVersion(bytes(key), version);
            }
            default -> {
                final WriteBatch batch = new WriteBatch();
                put(batch, random, model);
                db.write(batch);
            }
        }
    }

    private static void lose(final SimulatedStorage storage, final Random random) {
        for (final String name : storage.list()) {
            if (name.equals("CURRENT") || (name.startsWith("MANIFEST-") && random.nextBoolean())) {
                storage.delete(name);
            }
        }
    }

    private static void checkLoss(
            final SimulatedStorage storage,
            final Random random,
            final Options options,
            final Map<String, Map<Long, String>> model,
            final String when) {
        lose(storage, random);
        try (AvccDb db = open(storage, options, true)) {
            check(db, model, when);
        }
        try (AvccDb db = open(storage, options, false)) {
            check(db, model, when + ", opened again");
        }
    }

    private static void check(final AvccDb db, final Map<String, Map<Long, String>> model, final String when) {
        final Map<String, Map<Long, String>> found = new TreeMap<>();
        try (Cursor cursor = db.versionCursor(KeyRange.all())) {
            while (cursor.next()) {
                found.computeIfAbsent(text(cursor.keyBytes()), none -> new TreeMap<>())
                        .put(cursor.version(), text(cursor.valueBytes()));
            }
        }
        final Map<String, Map<Long, String>> expected = new TreeMap<>(model);
        expected.values().removeIf(Map::isEmpty);
        assertEquals(expected, found, when);
        assertTrue(db.verify().isClean(), () -> when + ": " + db.verify().problems());
    }

    @Test
    void aDamagedTableIsNotLeftOut() {
        final Options options = options(new Random(1));
        final SimulatedStorage home = new SimulatedStorage();
        try (AvccDb db = open(home, options, false)) {
            for (int i = 0; i < 100; i++) {
                db.put(bytes("key" + i), bytes("value"));
            }
            db.flush();
        }
        home.delete("CURRENT");
        final String table = home.list().stream()
                .filter(name -> name.endsWith(".sst"))
                .findFirst()
                .orElseThrow();
        int found = 0;
        for (int position = 0; position < home.length(table); position += position % 3 + 1) {
            final SimulatedStorage damaged = home.snapshot();
            damaged.flipByte(table, position, 0x10);
            try (AvccDb db = open(damaged, options, true)) {
                assertEquals("value", text(db.get(bytes("key7"))), "byte " + position);
                assertEquals("value", text(db.get(bytes("key99"))), "byte " + position);
            } catch (final CorruptionException e) {
                assertEquals(table, e.file());
                found++;
            }
        }
        assertTrue(found > home.length(table) * 0.4, found + " of " + home.length(table));
    }

    /** Of which the checks are right, so that nothing but its order can tell. */
    @Test
    void aTableWhoseRecordsAreOutOfOrderIsNamed() {
        final Options options = options(new Random(1)).toBuilder()
                .compression(Compression.NONE)
                .authentication(Authentication.NONE)
                .compactionTableBytes(1 << 10)
                .blockBytes(256)
                .build();
        final SimulatedStorage home = new SimulatedStorage();
        try (AvccDb db = open(home, options, false)) {
            for (int i = 0; i < 100; i++) {
                db.putWithVersion(bytes("key" + i % 50), bytes("value"), 1 + i / 50);
            }
            db.flush();
            db.put(bytes("other"), bytes("value"));
            db.flush();
        }
        home.delete("CURRENT");
        int outOfOrder = 0;
        for (final String table :
                home.list().stream().filter(name -> name.endsWith(".sst")).toList()) {
            final long number = FileNames.number(table);
            for (int position = 0; position < home.length(table); position++) {
                final SimulatedStorage forged = home.snapshot();
                if (!ForgedTable.changeByte(forged, number, position)) {
                    continue;
                }
                final List<String> before = forged.list();
                try (AvccDb db = open(forged, options, true)) {
                    assertTrue(db.get(bytes("key")) == null);
                } catch (final CorruptionException found) {
                    assertEquals(table, found.file(), found.getMessage());
                    if (found.getMessage().contains("out of order")) {
                        outOfOrder++;
                        assertEquals(tables(before), tables(forged.list()), "what was written is still there");
                    }
                }
            }
        }
        assertTrue(outOfOrder > 10, outOfOrder + " found");
    }

    private static List<String> tables(final List<String> names) {
        return names.stream().filter(name -> name.endsWith(".sst")).toList();
    }

    @Test
    void whatCurrentStillSaysIsKept() {
        final Options options = options(new Random(1)).toBuilder()
                .versionOrder(VersionOrder.MONOTONE)
                .build();
        final SimulatedStorage home = new SimulatedStorage();
        final String identity;
        try (AvccDb db = open(home, options, false)) {
            db.putWithVersion(bytes("key"), bytes("value"), 7);
            db.flush();
            identity = db.property("avccdb.identity");
        }
        home.list().stream()
                .filter(name -> name.startsWith("MANIFEST-") || name.endsWith(".journal"))
                .forEach(home::delete);
        final Options other =
                options.toBuilder().versionOrder(VersionOrder.ARBITRARY).build();
        assertThrows(VersionOrderException.class, () -> open(home, other, true));
        try (AvccDb db = open(home, options, true)) {
            assertEquals(identity, db.property("avccdb.identity"));
            assertEquals("value", text(db.get(bytes("key"))));
            assertThrows(VersionOrderException.class, () -> db.putWithVersion(bytes("key"), bytes("value"), 6));
        }
    }

    @Test
    void nothingIsMadeWhereThereIsNothingToRecover() {
        final Options options = options(new Random(1));
        final SimulatedStorage empty = new SimulatedStorage();
        assertThrows(DatabaseMissingException.class, () -> open(empty, options, true));
        assertTrue(empty.list().stream().allMatch("LOCK"::equals), () -> "made " + empty.list());
    }

    @Test
    void aTableThatWasNeverFinishedIsLeftOut() {
        final Options options = options(new Random(1));
        final SimulatedStorage home = new SimulatedStorage();
        try (AvccDb db = open(home, options, false)) {
            db.put(bytes("key"), bytes("value"));
            db.flush();
        }
        home.delete("CURRENT");
        final byte[] whole = home.list().stream()
                .filter(name -> name.endsWith(".sst"))
                .map(home::bytes)
                .findFirst()
                .orElseThrow();
        home.create("000997.sst").close();
        home.create("000998.sst").close();
        home.overwrite("000998.sst", 0, Arrays.copyOf(whole, whole.length - 20));
        home.create("000999.sst").close();
        home.overwrite("000999.sst", 0, new byte[1000]);
        try (AvccDb db = open(home, options, true)) {
            assertEquals("value", text(db.get(bytes("key"))));
            assertEquals(List.of(), db.verify().problems());
        }
    }

    private static String key(final Random random) {
        return String.format("key%02d", random.nextInt(KEYS));
    }

    private static String value(final Random random) {
        return "value" + random.nextInt() + "x".repeat(random.nextInt(100));
    }

    private static byte[] bytes(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String text(final byte[] bytes) {
        return bytes == null ? null : new String(bytes, StandardCharsets.US_ASCII);
    }
}
