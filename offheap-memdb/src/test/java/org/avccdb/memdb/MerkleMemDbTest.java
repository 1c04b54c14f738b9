package org.avccdb.memdb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.proof.MasterRoot;
import org.avccdb.proof.ProofRejectedException;
import org.avccdb.proof.ProofVerifier;
import org.avccdb.proof.Verified;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a user of {@link MerkleMemDb} relies on. */
class MerkleMemDbTest {
    private final MerkleMemDb map = new MerkleMemDb(1 << 20, new byte[16]);

    @AfterEach
    void close() {
        map.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private boolean put(String key, String value, long version) {
        return map.putWithVersion(bytes(key), bytes(value), version);
    }

    private static boolean isPresent(MasterRoot root, String key, byte[] proof) {
        return ProofVerifier.verifyLatest(root, bytes(key), proof).isPresent();
    }

    @Test
    void anEmptyMapProvesThatNothingIsThere() {
        assertFalse(isPresent(map.rootHash(), "a", map.proof(bytes("a"))));
        assertFalse(isPresent(map.rootHash(), "", map.proof(new byte[0])));
        assertNull(map.get(bytes("a")));
    }

    @Test
    void theRootChangesWithEachWriteAndStaysWithoutOne() {
        Set<MasterRoot> seen = new HashSet<>();
        seen.add(map.rootHash());
        for (int i = 0; i < 200; i++) {
            assertTrue(put("k" + i % 20, "same", i % 3));
            assertTrue(seen.add(map.rootHash()), "root unchanged by write " + i);
            map.proof(bytes("k1"));
            map.get(bytes("k1"));
            assertFalse(seen.add(map.rootHash()), "root changed after write " + i);
        }
    }

    @Test
    void rootsOfTwoDatabasesDiffer() {
        try (MerkleMemDb a = new MerkleMemDb(1 << 16);
                MerkleMemDb b = new MerkleMemDb(1 << 16)) {
            assertNotEquals(a.rootHash(), b.rootHash());
            assertThrows(ProofRejectedException.class, () -> isPresent(a.rootHash(), "x", b.proof(bytes("x"))));
        }
    }

    @Test
    void onlyNewLeavesAreHashed() {
        for (int i = 0; i < 500; i++) {
            put("k" + i, "v", 1);
        }
        assertEquals(new MerkleStats(500, 0, 0, 0, 0), map.merkleStats());
        map.rootHash();
        assertTrue(map.merkleStats().lastRebuildNanos() > 0);
        assertCounts(500, 500, 1, 0);
        map.rootHash();
        map.proof(bytes("k7"));
        map.proof(bytes("absent"), 3);
        assertCounts(500, 500, 1, 3);
        put("k7", "again", 1);
        put("a", "first", 1);
        map.proof(bytes("k7"));
        assertCounts(502, 502, 2, 3);
    }

    private void assertCounts(long records, long hashed, long rebuilds, long hits) {
        MerkleStats stats = map.merkleStats();
        assertEquals(new MerkleStats(records, hashed, rebuilds, hits, stats.lastRebuildNanos()), stats);
    }

    @Test
    void aKeyAndVersionWrittenAgainHasTheLaterValue() {
        put("k", "one", 4);
        put("k", "two", 4);
        put("k", "older", 3);
        assertArrayEquals(bytes("two"), map.get(bytes("k")));
        Verified latest = ProofVerifier.verifyLatest(map.rootHash(), bytes("k"), map.proof(bytes("k")));
        assertArrayEquals(bytes("two"), latest.value());
        assertEquals(2, latest.sequence());
    }

    @Test
    void aProofIsRejectedAfterTheNextWrite() {
        put("k", "one", 1);
        byte[] stale = map.proof(bytes("k"));
        put("k", "two", 2);
        assertThrows(ProofRejectedException.class, () -> isPresent(map.rootHash(), "k", stale));
    }

    @Test
    void noBitOfAProofCanBeFlipped() {
        for (int i = 0; i < 100; i++) {
            put("k" + i, "a value".repeat(i % 10), 1 + i % 2);
        }
        MasterRoot root = map.rootHash();
        for (String key : new String[] {"k0", "k5", "k57", "k99", "a", "k500", "z"}) {
            byte[] proof = map.proof(bytes(key));
            for (int bit = 0; bit < 8 * proof.length; bit++) {
                proof[bit / 8] ^= (byte) (1 << bit % 8);
                assertThrows(ProofRejectedException.class, () -> isPresent(root, key, proof));
                proof[bit / 8] ^= (byte) (1 << bit % 8);
            }
        }
    }

    @Test
    void buffersOfAllKindsAreTakenAtTheirOffsets() {
        for (UnsafeBuffer buffer : new UnsafeBuffer[] {
            new UnsafeBuffer(new byte[100], 10, 50), new UnsafeBuffer(ByteBuffer.allocateDirect(50))
        }) {
            buffer.putBytes(3, bytes("key"));
            buffer.putBytes(20, bytes("value"));
            assertTrue(map.putWithVersion(buffer, 3, 3, buffer, 20, 5, 9));
            assertArrayEquals(bytes("value"), map.getWithVersion(bytes("key"), 9));
            assertEquals(5, map.getWithVersion(buffer, 3, 3, 0, buffer, 40));
            assertEquals("value", buffer.getStringWithoutLengthAscii(40, 5));
            assertEquals(5, map.getWithVersion(buffer, 3, 3, 9, buffer, 46));
            assertEquals(MerkleMemDb.NOT_FOUND, map.getWithVersion(buffer, 3, 3, 8, buffer, 40));
            assertEquals(MerkleMemDb.NOT_FOUND, map.getWithVersion(buffer, 3, 2, 0, buffer, 40));
        }
    }

    @Test
    void whatHasNoRoomIsNotWritten() {
        try (MerkleMemDb small = new MerkleMemDb(1000, new byte[16])) {
            assertTrue(small.putWithVersion(bytes("a"), new byte[500], 1));
            int free = small.free();
            MasterRoot root = small.rootHash();
            assertFalse(small.putWithVersion(bytes("b"), new byte[500], 1));
            assertEquals(free, small.free());
            assertEquals(root, small.rootHash());
            assertTrue(small.putWithVersion(bytes("b"), new byte[10], 1));
            assertEquals(2, small.merkleStats().records());
        }
    }

    @Test
    void badArgumentsAreRefused() {
        byte[] key = bytes("k");
        assertThrows(IllegalArgumentException.class, () -> new MerkleMemDb(-1));
        assertThrows(IllegalArgumentException.class, () -> new MerkleMemDb(100, new byte[15]));
        assertThrows(IllegalArgumentException.class, () -> map.putWithVersion(key, key, -1));
        assertThrows(IllegalArgumentException.class, () -> map.putWithVersion(key, key, Long.MAX_VALUE));
        assertThrows(IllegalArgumentException.class, () -> map.putWithVersion(new byte[65_536], key, 1));
        assertThrows(IllegalArgumentException.class, () -> map.proof(new byte[65_536]));
        assertThrows(IllegalArgumentException.class, () -> map.proof(key, -1));
        assertThrows(IllegalArgumentException.class, () -> map.getWithVersion(key, -1));
        assertThrows(NullPointerException.class, () -> map.proof(null));
        assertEquals(0, map.merkleStats().records());
    }

    @Test
    void nothingWorksOnceClosed() {
        put("k", "v", 1);
        map.close();
        map.close();
        assertThrows(IllegalStateException.class, () -> put("k", "v", 1));
        assertThrows(IllegalStateException.class, () -> map.get(bytes("k")));
        assertThrows(IllegalStateException.class, map::rootHash);
        assertThrows(IllegalStateException.class, () -> map.proof(bytes("k")));
        assertThrows(IllegalStateException.class, map::merkleStats);
        assertThrows(IllegalStateException.class, map::free);
    }

    @Test
    void readersGoOnWhileOthersWriteAndProve() throws InterruptedException {
        AtomicBoolean done = new AtomicBoolean();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        put("k", "0", 1);
        Thread reader = new Thread(() -> {
            try {
                long before = 0;
                while (!done.get()) {
                    long now = Long.parseLong(new String(map.get(bytes("k")), UTF_8));
                    assertTrue(now >= before);
                    before = now;
                }
            } catch (RuntimeException | Error e) {
                failure.set(e);
            }
        });
        reader.start();
        for (int i = 1; i < 3_000; i++) {
            put("k", Integer.toString(i), 1);
            if (i % 100 == 0) {
                assertTrue(isPresent(map.rootHash(), "k", map.proof(bytes("k"))));
            }
        }
        done.set(true);
        reader.join();
        assertNull(failure.get());
    }
}
