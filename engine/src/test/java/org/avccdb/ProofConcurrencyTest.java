package org.avccdb;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.avccdb.proof.MasterRoot;
import org.avccdb.proof.ProofVerifier;
import org.avccdb.proof.Verified;
import org.avccdb.proof.VerifiedHistory;
import org.avccdb.proof.VerifiedRange;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Several threads ask for roots and proofs while others write, with buffers so small that memtables are flushed and tables
 * merged all the time: each proof leads to the root of its snapshot and says what the snapshot reads, until the database is
 * closed under all of them.
 */
final class ProofConcurrencyTest {
    private static final int RUN_MILLIS = 2_500;
    private static final int KEYS = 200;

    @TempDir
    Path directory;

    private final AtomicInteger proofs = new AtomicInteger();

    private static byte[] key(int number) {
        return ("key" + number).getBytes(ISO_8859_1);
    }

    /** Writes at random: single ones, batches that go to tables, deletes. */
    private static final class Writing implements Crowd.Step {
        private final AvccDb db;
        private final SplittableRandom random = new SplittableRandom(7);

        Writing(AvccDb db) {
            this.db = db;
        }

        @Override
        public void run() {
            int kind = random.nextInt(100);
            byte[] key = key(random.nextInt(KEYS));
            if (kind < 2) {
                WriteBatch batch = new WriteBatch();
                for (int i = 0; i < 300; i++) {
                    batch.putWithVersion(key(random.nextInt(KEYS)), new byte[100], 1 + random.nextInt(5));
                }
                db.write(batch);
            } else if (kind < 5) {
                db.delete(key);
            } else if (kind < 15) {
                db.deleteVersion(key, random.nextInt(5));
            } else {
                db.putWithVersion(key, new byte[random.nextInt(200)], random.nextInt(5));
            }
        }
    }

    /** Takes a snapshot, and proves what it reads in it. */
    private final class Proving implements Crowd.Step {
        private final AvccDb db;
        private final SplittableRandom random;

        Proving(AvccDb db, long seed) {
            this.db = db;
            this.random = new SplittableRandom(seed);
        }

        @Override
        public void run() {
            try (Snapshot snapshot = db.snapshot()) {
                MasterRoot root = snapshot.masterRoot();
                for (int i = 0; i < 5; i++) {
                    proveOne(snapshot, root, key(random.nextInt(KEYS + 5)));
                }
                int limit = 1 + random.nextInt(20);
                KeyRange range = KeyRange.atLeast(key(random.nextInt(KEYS)));
                VerifiedRange proven = ProofVerifier.verifyRange(
                        root, range.fromInclusive(), null, limit, snapshot.proveRange(range, limit));
                try (Cursor cursor = snapshot.cursor(range)) {
                    for (VerifiedRange.Entry entry : proven.entries()) {
                        assertTrue(cursor.next());
                        assertArrayEquals(cursor.keyBytes(), entry.key());
                        assertEquals(cursor.sequence(), entry.sequence());
                        assertArrayEquals(cursor.valueBytes(), entry.value());
                    }
                }
                assertEquals(root, snapshot.masterRoot());
                proofs.incrementAndGet();
            }
        }

        private void proveOne(Snapshot snapshot, MasterRoot root, byte[] key) {
            Verified latest = ProofVerifier.verifyLatest(root, key, snapshot.proveLatest(key));
            assertArrayEquals(snapshot.get(key), latest.value());
            long version = random.nextInt(6);
            VersionedValue asOf = snapshot.getAsOf(key, version);
            Verified provenAsOf = ProofVerifier.verifyAsOf(root, key, version, snapshot.proveAsOf(key, version));
            assertEquals(asOf == null ? 0 : asOf.sequence(), provenAsOf.sequence());
            List<Long> read = snapshot.getVersionHistory(key, 0, 0).stream()
                    .map(VersionedValue::sequence)
                    .toList();
            VerifiedHistory history = ProofVerifier.verifyHistory(root, key, 0, 0, snapshot.proveHistory(key, 0, 0));
            assertEquals(
                    read,
                    history.entries().stream()
                            .map(VerifiedHistory.Entry::sequence)
                            .toList());
        }
    }

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void everyProofLeadsToTheRootOfItsSnapshot(ThreadingMode mode) throws InterruptedException {
        Watched watched = Watched.open(directory, ConcurrencyTest.tiny(mode));
        AvccDb db = watched.db();
        Crowd crowd = new Crowd();
        try {
            crowd.add("writer", new Writing(db));
            crowd.add("prover 1", new Proving(db, 1));
            crowd.add("prover 2", new Proving(db, 2));
            crowd.add("asker", () -> {
                ProvenValue proven = db.getWithProof(key(3), 0);
                assertArrayEquals(
                        proven.value(),
                        ProofVerifier.verifyLatest(proven.root(), key(3), proven.proof())
                                .value());
            });
            crowd.add("upkeep", () -> db.compactRange(KeyRange.all()));
            crowd.add("large proofs", () -> {
                try (Snapshot snapshot = db.snapshot()) {
                    byte[] everything = snapshot.proveRange(KeyRange.all(), Integer.MAX_VALUE);
                    assertTrue(
                            ProofVerifier.verifyRange(snapshot.masterRoot(), null, null, Integer.MAX_VALUE, everything)
                                            .completeUpTo()
                                    == null);
                }
            });
            crowd.start();
            crowd.goOn(RUN_MILLIS, () -> proofs.get() > 0);
        } finally {
            db.close();
        }
        crowd.join();
        crowd.assertAllEndedByTheClose();
        assertTrue(proofs.get() > 0, "something was proven");
        watched.assertNothingLeft();
    }
}
