package org.avccdb;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.avccdb.engine.flush.FlushTask;
import org.avccdb.engine.memtable.FrozenMemtable;
import org.avccdb.engine.storage.SimulatedStorage;
import org.avccdb.proof.MasterRoot;
import org.avccdb.proof.ProofVerifier;
import org.avccdb.proof.VerifiedHistory;
import org.avccdb.proof.VerifiedRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Roots and proofs of what is closed, read-only, without authentication, large, or many. */
final class ProofLifecycleTest {
    private static final byte[] KEY = bytes("key");

    @TempDir
    Path directory;

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }

    private static Options.Builder small() {
        return Options.builder()
                .threadingMode(ThreadingMode.INVOKER)
                .writeBufferBytes(16 << 10)
                .compactionTableBytes(8 << 10)
                .blockBytes(512);
    }

    private static void fill(AvccDb db, int records) {
        for (int i = 0; i < records; i++) {
            db.putWithVersion(bytes("key" + i % 100), bytes("value" + i), i / 100);
        }
    }

    private static List<Consumer<Snapshot>> questions() {
        return List.of(
                Snapshot::masterRoot,
                snapshot -> snapshot.proveLatest(KEY),
                snapshot -> snapshot.proveVersion(KEY, 1),
                snapshot -> snapshot.proveVersion(KEY, 0),
                snapshot -> snapshot.proveAsOf(KEY, 1),
                snapshot -> snapshot.proveHistory(KEY, 0, 0),
                snapshot -> snapshot.proveRange(KeyRange.all(), 1),
                snapshot -> snapshot.getWithProof(KEY, 0),
                snapshot -> snapshot.getVersionHistoryWithProof(KEY, 0, 0));
    }

    @Test
    void whatIsClosedSaysSo() {
        AvccDb db = AvccDb.open(directory, small().build());
        fill(db, 100);
        Snapshot closed = db.snapshot();
        assertEquals(closed.masterRoot(), db.masterRoot());
        closed.close();
        questions().forEach(question -> assertThrows(SnapshotReleasedException.class, () -> question.accept(closed)));
        Snapshot left = db.snapshot();
        assertEquals(left.masterRoot(), db.masterRoot());
        db.close();
        questions().forEach(question -> assertThrows(ClosedException.class, () -> question.accept(left)));
        questions().forEach(question -> assertThrows(ClosedException.class, () -> question.accept(closed)));
        assertThrows(ClosedException.class, db::masterRoot);
        assertThrows(ClosedException.class, () -> db.getWithProof(KEY, 0));
        left.close();
    }

    @Test
    void withoutAuthenticationItSaysWhatToDo() {
        Options none = small().authentication(Authentication.NONE).build();
        try (AvccDb db = AvccDb.open(directory, none)) {
            fill(db, 2000);
            db.flush();
            try (Snapshot snapshot = db.snapshot()) {
                for (Consumer<Snapshot> question : questions()) {
                    String message = assertThrows(UnsupportedOperationException.class, () -> question.accept(snapshot))
                            .getMessage();
                    assertTrue(message.contains("authentication MERKLE"), message);
                }
            }
        }
        try (AvccDb db = AvccDb.open(directory, small().readOnly(true).build())) {
            String message = assertThrows(UnsupportedOperationException.class, db::masterRoot)
                    .getMessage();
            assertTrue(message.contains("compactRange(KeyRange.all())"), message);
            assertTrue(db.verify().isClean());
        }
        try (AvccDb db = AvccDb.open(directory, small().build())) {
            db.compactRange(KeyRange.all());
            prove(db, 2000);
            assertTrue(db.verify().isClean());
        }
    }

    /** The deepest level has nothing to be merged with and nothing to be dropped, and is written anew all the same. */
    @Test
    void aCompactionGivesRootsToWhatIsCompactedAlready() {
        try (AvccDb db = AvccDb.open(
                directory, small().authentication(Authentication.NONE).build())) {
            fill(db, 2000);
            db.compactRange(KeyRange.all());
        }
        try (AvccDb db = AvccDb.open(directory, small().build())) {
            db.compactRange(KeyRange.all());
            MasterRoot root = db.masterRoot();
            db.compactRange(KeyRange.all());
            assertEquals(root, db.masterRoot(), "there was nothing left to do");
        }
    }

    /** Nobody asks for it; and the log says it. */
    @Test
    void tablesWithoutRootsGetThemInTheBackground() throws IOException, InterruptedException {
        try (AvccDb db = AvccDb.open(
                directory, small().authentication(Authentication.NONE).build())) {
            fill(db, 2000);
            db.compactRange(KeyRange.all());
            fill(db, 300);
            db.flush();
        }
        try (AvccDb db = AvccDb.open(
                directory, small().threadingMode(ThreadingMode.SHARED).build())) {
            for (int i = 0; i < 30_000 && !hasRoots(db); i++) {
                Thread.sleep(10);
            }
            prove(db, 2000);
            assertTrue(db.verify().isClean());
        }
        assertTrue(Files.readString(directory.resolve("LOG")).contains("tables have no root"));
    }

    private static boolean hasRoots(AvccDb db) {
        try {
            db.masterRoot();
            return true;
        } catch (UnsupportedOperationException notYet) {
            return false;
        }
    }

    private static void prove(AvccDb db, int records) {
        try (Snapshot snapshot = db.snapshot()) {
            byte[] key = bytes("key7");
            VerifiedHistory history =
                    ProofVerifier.verifyHistory(snapshot.masterRoot(), key, 0, 0, snapshot.proveHistory(key, 0, 0));
            assertEquals(records / 100, history.entries().size());
        }
    }

    @Test
    void transactionsSendTheirUserToASnapshot() {
        try (AvccDb db = AvccDb.open(directory, small().build())) {
            fill(db, 100);
            Transaction transaction = db.openTransaction();
            transaction.put(KEY, KEY);
            String message = assertThrows(UnsupportedOperationException.class, () -> transaction.getWithProof(KEY, 0))
                    .getMessage();
            assertTrue(message.contains("snapshot"), message);
            assertThrows(UnsupportedOperationException.class, () -> transaction.getVersionHistoryWithProof(KEY, 0, 0));
            assertFalse(ProofVerifier.verifyLatest(
                            db.masterRoot(), KEY, db.getWithProof(KEY, 0).proof())
                    .isPresent());
            transaction.commit();
            assertThrows(TransactionClosedException.class, () -> transaction.getWithProof(KEY, 0));
            ProvenValue proven = db.getWithProof(KEY, 0);
            assertArrayEquals(
                    KEY,
                    ProofVerifier.verifyLatest(proven.root(), KEY, proven.proof())
                            .value());
        }
    }

    /** The tables of a large transaction come into the view before the number of the last write moves. */
    @Test
    void aSnapshotFromTheMiddleOfACommitHasProofs() {
        EngineParts parts = Opening.open(new SimulatedStorage(), small().build(), false);
        try (AvccDb db = new AvccDb(new Engine(parts))) {
            fill(db, 10);
            List<Snapshot> taken = new ArrayList<>();
            parts.runs().onChange(() -> taken.add(db.snapshot()));
            WriteBatch batch = new WriteBatch();
            for (int i = 0; i < 2000; i++) {
                batch.putWithVersion(bytes("large" + i), bytes("value" + i), 3);
            }
            db.write(batch);
            parts.runs().onChange(() -> {});
            assertTrue(taken.size() > 1, "there were changes to look at");
            for (Snapshot snapshot : taken) {
                byte[] proof = snapshot.proveLatest(bytes("large1999"));
                boolean isThere = snapshot.contains(bytes("large0"));
                assertEquals(
                        isThere,
                        ProofVerifier.verifyLatest(snapshot.masterRoot(), bytes("large1999"), proof)
                                .isPresent());
                assertEquals(isThere ? 2010 : 10, snapshot.sequence());
                snapshot.close();
            }
        }
    }

    /** The tables of a memtable are in the version a moment before it leaves; others may publish a view just then. */
    @Test
    void aSnapshotFromTheMiddleOfAFlushHasProofs() {
        EngineParts parts = Opening.open(new SimulatedStorage(), small().build(), false);
        try (AvccDb db = new AvccDb(new Engine(parts))) {
            int written = 0;
            while (parts.runs().frozenCount() == 0) {
                db.put(bytes("key" + written++ % 50), new byte[100]);
            }
            FrozenMemtable frozen = parts.runs().oldestFrozen();
            FlushTask flush = new FlushTask(
                    parts.writeSide().context(), List.of(frozen.memtable()), List.of(), frozen.nextJournal());
            boolean isDone = false;
            while (!isDone) {
                isDone = flush.step();
            }
            parts.versions().apply(flush.edit());
            parts.runs().versionChanged();
            try (Snapshot snapshot = db.snapshot()) {
                byte[] proof = snapshot.proveRange(KeyRange.all(), 100);
                assertEquals(
                        50,
                        ProofVerifier.verifyRange(snapshot.masterRoot(), null, null, 100, proof)
                                .entries()
                                .size());
            }
            parts.runs().flushed(frozen);
            flush.close();
        }
    }

    @Test
    void readOnlyDatabasesHaveRootsAndProofs() {
        MasterRoot flushed;
        try (AvccDb db = AvccDb.open(directory, small().build())) {
            fill(db, 1000);
            db.flush();
            flushed = db.masterRoot();
        }
        try (AvccDb db = AvccDb.open(directory, small().readOnly(true).build())) {
            assertEquals(flushed, db.masterRoot());
            prove(db, 1000);
        }
        Path copy = directory.resolve("copy");
        try (AvccDb db = AvccDb.open(directory, small().build())) {
            db.checkpoint(copy);
            for (int i = 0; i < 20; i++) {
                db.putWithVersion(bytes("key7"), bytes("value" + i), 10 + i);
            }
            db.setReadOnly();
            prove(db, 3000);
        }
        try (AvccDb db = AvccDb.open(copy, small().readOnly(true).build())) {
            assertEquals(flushed, db.masterRoot(), "a checkpoint is the same database");
        }
        try (AvccDb db = AvccDb.open(directory, small().readOnly(true).build());
                AvccDb second = AvccDb.open(directory, small().readOnly(true).build())) {
            prove(db, 3000);
            assertEquals(db.masterRoot(), second.masterRoot());
        }
    }

    @Test
    void aSnapshotKeepsItsRootWhateverHappens() throws InterruptedException {
        Options options = small().pinnedMemoryBytes(0).build();
        Watched watched = Watched.open(directory, options);
        try (AvccDb db = watched.db()) {
            List<Snapshot> asked = new ArrayList<>();
            List<Snapshot> notAsked = new ArrayList<>();
            List<MasterRoot> roots = new ArrayList<>();
            for (int i = 0; i < 150; i++) {
                db.putWithVersion(bytes("key" + i % 10), new byte[1500], i);
                asked.add(db.snapshot());
                roots.add(asked.get(i).masterRoot());
                notAsked.add(db.snapshot());
                if (i % 40 == 0) {
                    db.compactRange(KeyRange.all());
                }
            }
            db.compactRange(KeyRange.all());
            for (int i = 0; i < 150; i++) {
                byte[] key = bytes("key" + i % 10);
                Snapshot snapshot = asked.get(i);
                assertEquals(roots.get(i), snapshot.masterRoot());
                long version = ProofVerifier.verifyLatest(roots.get(i), key, snapshot.proveLatest(key))
                        .version();
                assertEquals(i, version);
                Snapshot late = notAsked.get(i);
                assertEquals(
                        i,
                        ProofVerifier.verifyLatest(late.masterRoot(), key, late.proveLatest(key))
                                .version());
                assertEquals(
                        snapshot.getVersionHistory(key, 0, 0).size(),
                        ProofVerifier.verifyHistory(late.masterRoot(), key, 0, 0, late.proveHistory(key, 0, 0))
                                .entries()
                                .size());
            }
        }
        watched.assertNothingLeft();
    }

    @Test
    void largeKeysAndValues() {
        byte[] longKey = new byte[65_535];
        new Random(3).nextBytes(longKey);
        byte[] large = new byte[20 << 20];
        new Random(4).nextBytes(large);
        byte[] none = new byte[0];
        try (AvccDb db = AvccDb.open(directory, small().build())) {
            for (boolean flushed : new boolean[] {false, true}) {
                db.putWithVersion(longKey, large, 5);
                db.putWithVersion(none, large, 6);
                db.putWithVersion(longKey, none, 7);
                db.put(new byte[] {-1}, new byte[33]);
                if (flushed) {
                    db.compactRange(KeyRange.all());
                }
                try (Snapshot snapshot = db.snapshot()) {
                    MasterRoot root = snapshot.masterRoot();
                    assertArrayEquals(
                            large,
                            ProofVerifier.verifyVersion(root, longKey, 5, snapshot.proveVersion(longKey, 5))
                                    .value());
                    assertArrayEquals(
                            large,
                            ProofVerifier.verifyLatest(root, none, snapshot.proveLatest(none))
                                    .value());
                    assertArrayEquals(
                            none,
                            ProofVerifier.verifyLatest(root, longKey, snapshot.proveLatest(longKey))
                                    .value());
                    byte[] absent = snapshot.proveLatest(new byte[] {-1, -1});
                    assertFalse(ProofVerifier.verifyLatest(root, new byte[] {-1, -1}, absent)
                            .isPresent());
                    assertTrue(absent.length < 1 << 20, "a value that is not the answer is there by its hash");
                    VerifiedRange all =
                            ProofVerifier.verifyRange(root, null, null, 3, snapshot.proveRange(KeyRange.all(), 3));
                    assertEquals(3, all.entries().size());
                    assertNull(all.completeUpTo());
                }
            }
        }
    }

    @Test
    void aThousandVersionsAndManyKeysAndManySnapshots() {
        Options options = Options.builder()
                .threadingMode(ThreadingMode.INVOKER)
                .writeBufferBytes(64 << 10)
                .compactionTableBytes(64 << 10)
                .build();
        try (AvccDb db = AvccDb.open(directory, options)) {
            List<Snapshot> open = new ArrayList<>();
            for (int i = 1; i <= 1000; i++) {
                db.putWithVersion(KEY, bytes("value" + i), i);
                if (i % 5 == 0) {
                    open.add(db.snapshot());
                }
            }
            WriteBatch batch = new WriteBatch();
            for (int i = 0; i < 20_000; i++) {
                batch.put(bytes("many" + i), bytes("value" + i));
            }
            db.write(batch);
            try (Snapshot now = db.snapshot()) {
                for (long[] bounds : new long[][] {{0, 0}, {1, 1000}, {500, 500}, {990, 0}, {1001, 0}}) {
                    byte[] proof = now.proveHistory(KEY, bounds[0], bounds[1]);
                    assertEquals(
                            now.getVersionHistory(KEY, bounds[0], bounds[1]).size(),
                            ProofVerifier.verifyHistory(now.masterRoot(), KEY, bounds[0], bounds[1], proof)
                                    .entries()
                                    .size());
                }
                byte[] first = now.proveRange(KeyRange.all(), 10);
                assertTrue(first.length < 100_000, "a proof of ten keys has " + first.length + " bytes");
                VerifiedRange ten = ProofVerifier.verifyRange(now.masterRoot(), null, null, 10, first);
                assertEquals(10, ten.entries().size());
                assertArrayEquals(ten.entries().get(9).key(), ten.completeUpTo());
                byte[] everything = now.proveRange(KeyRange.all(), Integer.MAX_VALUE);
                assertEquals(
                        20_001,
                        ProofVerifier.verifyRange(now.masterRoot(), null, null, Integer.MAX_VALUE, everything)
                                .entries()
                                .size());
            }
            for (int i = open.size() - 1; i >= 0; i--) {
                Snapshot snapshot = open.get(i);
                assertEquals(
                        5L * (i + 1),
                        ProofVerifier.verifyLatest(snapshot.masterRoot(), KEY, snapshot.proveLatest(KEY))
                                .version());
                snapshot.close();
            }
        }
    }
}
