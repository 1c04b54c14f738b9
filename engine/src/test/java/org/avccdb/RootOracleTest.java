package org.avccdb;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.avccdb.engine.storage.SimulatedStorage;
import org.avccdb.proof.MasterRoot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A root is the one that the rules ask for, no other, and depends on all that it should and on nothing else. */
final class RootOracleTest {
    private static final int STEPS = 120;

    private static Options.Builder options() {
        return Options.builder()
                .threadingMode(ThreadingMode.INVOKER)
                .invokerSeed(1)
                .writeBufferBytes(16 << 10)
                .compactionTableBytes(8 << 10)
                .compactionTotalBytes(32 << 10)
                .blockBytes(512);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void isWhatTheRulesAskFor(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Compression[] codecs = Compression.values();
        Options options = options()
                .blockBytes(256 << random.nextInt(5))
                .compression(codecs[random.nextInt(codecs.length)])
                .invokerSeed(seed)
                .build();
        SimulatedStorage storage = new SimulatedStorage();
        WriteHistory history = new WriteHistory();
        int checks = 0;
        for (int opening = 0; opening < 3; opening++) {
            EngineParts parts = Opening.open(storage, options, false);
            try (AvccDb db = new AvccDb(new Engine(parts))) {
                RandomWorkload workload = new RandomWorkload(db, history, random, true);
                new RootOracle(parts).check(db, false, "opened, seed " + seed);
                for (int step = 0; step < STEPS; step++) {
                    workload.step();
                    if (random.nextInt(6) == 0) {
                        MasterRoot unused = db.masterRoot();
                    }
                    if (random.nextInt(10) == 0) {
                        new RootOracle(parts).check(db, false, "seed " + seed + ", step " + step);
                        checks++;
                    }
                }
                history = workload.history();
            }
        }
        assertTrue(checks > 10);
    }

    @Test
    void ofAnEmptyDatabaseAndInMonotoneOrder() {
        SimulatedStorage storage = new SimulatedStorage();
        EngineParts parts = Opening.open(
                storage, options().versionOrder(VersionOrder.MONOTONE).build(), false);
        try (AvccDb db = new AvccDb(new Engine(parts))) {
            new RootOracle(parts).check(db, true, "empty");
            for (int i = 1; i < 3000; i++) {
                db.putWithVersion(bytes("key" + i % 50), bytes("value" + i), i);
                if (i % 500 == 0) {
                    new RootOracle(parts).check(db, true, "after " + i);
                }
            }
            db.delete(bytes("key7"));
            new RootOracle(parts).check(db, true, "with a delete");
        }
    }

    @Test
    void staysWhereNoRunChanges() {
        SimulatedStorage storage = new SimulatedStorage();
        MasterRoot before;
        try (AvccDb db = open(storage)) {
            for (int i = 0; i < 2000; i++) {
                db.putWithVersion(bytes("key" + i % 300), bytes("value" + i), i % 7);
            }
            db.flush();
            before = db.masterRoot();
            assertEquals(before, db.masterRoot());
        }
        try (AvccDb db = open(storage)) {
            assertEquals(before, db.masterRoot());
            MasterRoot further = before;
            db.put(bytes("one"), bytes("more"));
            assertNotEquals(further, db.masterRoot());
            further = db.masterRoot();
            assertEquals(further, db.masterRoot());
            assertEquals(3, new HashSet<>(Set.of(before, further, afterMore(db))).size());
        }
    }

    private static MasterRoot afterMore(AvccDb db) {
        db.delete(bytes("never there"));
        return db.masterRoot();
    }

    private static AvccDb open(SimulatedStorage storage) {
        return new AvccDb(new Engine(Opening.open(storage, options().build(), false)));
    }

    /** A memtable that is replayed is one part, as one that a root is asked of once. */
    @Test
    void isTheSameOfAReplayedMemtable() {
        SimulatedStorage storage = new SimulatedStorage();
        MasterRoot before;
        try (AvccDb db = open(storage)) {
            for (int i = 0; i < 40; i++) {
                db.putWithVersion(bytes("key" + i), bytes("value" + i), i);
            }
            before = db.masterRoot();
        }
        try (AvccDb db = open(storage)) {
            assertEquals(before, db.masterRoot());
        }
    }

    /** Equal histories in the same runs: only the database's id tells them apart. */
    @Test
    void dependsOnTheDatabaseTheRecordsAndTheSequence() {
        SimulatedStorage storage = new SimulatedStorage();
        try (AvccDb db = open(storage)) {
            for (int i = 0; i < 500; i++) {
                db.put(bytes("key" + i), bytes("value" + i));
            }
        }
        SimulatedStorage same = storage.processKillImage();
        SimulatedStorage otherValue = storage.processKillImage();
        SimulatedStorage otherVersion = storage.processKillImage();
        SimulatedStorage otherKey = storage.processKillImage();
        SimulatedStorage otherType = storage.processKillImage();
        SimulatedStorage otherSequence = storage.processKillImage();
        byte[] key = bytes("k");
        MasterRoot root = rootAfter(storage, db -> db.putWithVersion(key, bytes("v"), 3));
        assertEquals(root, rootAfter(same, db -> db.putWithVersion(key, bytes("v"), 3)));
        Set<MasterRoot> roots = new HashSet<>();
        roots.add(root);
        roots.add(rootAfter(otherValue, db -> db.putWithVersion(key, bytes("w"), 3)));
        roots.add(rootAfter(otherVersion, db -> db.putWithVersion(key, bytes("v"), 4)));
        roots.add(rootAfter(otherKey, db -> db.putWithVersion(bytes("kv"), new byte[0], 3)));
        roots.add(rootAfter(otherType, db -> db.deleteVersion(key, 3)));
        roots.add(rootAfter(otherSequence, db -> {
            db.put(bytes("x"), bytes("x"));
            db.compactRange(KeyRange.all());
            db.putWithVersion(key, bytes("v"), 3);
        }));
        assertEquals(6, roots.size());
        SimulatedStorage elsewhere = new SimulatedStorage();
        SimulatedStorage andElsewhere = new SimulatedStorage();
        assertNotEquals(
                rootAfter(elsewhere, db -> db.put(key, key)),
                rootAfter(andElsewhere, db -> db.put(key, key)),
                "two databases with the same records");
    }

    private static MasterRoot rootAfter(SimulatedStorage storage, java.util.function.Consumer<AvccDb> change) {
        try (AvccDb db = open(storage)) {
            change.accept(db);
            db.flush();
            db.compactRange(KeyRange.all());
            return db.masterRoot();
        }
    }
}
