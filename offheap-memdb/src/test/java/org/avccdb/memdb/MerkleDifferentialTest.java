package org.avccdb.memdb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.avccdb.proof.MasterRoot;
import org.avccdb.proof.ProofVerifier;
import org.avccdb.proof.Verified;
import org.junit.jupiter.api.Test;

/** Random writes: root, answers and proofs against a plain list and the verifier. */
class MerkleDifferentialTest {
    private static final int[] VALUE_LENGTHS = {0, 1, 31, 32, 33, 100, 1000};

    private final byte[] databaseId = new byte[16];
    private Random random;
    private MerkleMemDb map;
    private NaiveMerkle model;

    @Test
    void fewKeysWithManyVersions() {
        for (int seed = 0; seed < 12; seed++) {
            check(seed, 1, 5, 150);
        }
    }

    @Test
    void manyKeys() {
        for (int seed = 100; seed < 108; seed++) {
            check(seed, 2, 2, 300);
        }
    }

    @Test
    void everyCountUpToSomeBlocks() {
        check(1, 2, 3, 130, 1);
    }

    @Test
    void manyBlocks() {
        check(7, 4, 3, 5_000, 1_700);
    }

    private void check(int seed, int keyLength, int versions, int writes) {
        check(seed, keyLength, versions, writes, 0);
    }

    /** @param stride of writes between two checks; 0 for random ones */
    private void check(int seed, int keyLength, int versions, int writes, int stride) {
        random = new Random(seed);
        random.nextBytes(databaseId);
        map = new MerkleMemDb(8 << 20, databaseId);
        model = new NaiveMerkle(databaseId);
        try (MerkleMemDb closing = map) {
            checkSome(keyLength, versions);
            for (int i = 1; i <= writes; i++) {
                byte[] value = new byte[VALUE_LENGTHS[random.nextInt(VALUE_LENGTHS.length)]];
                random.nextBytes(value);
                byte[] key = key(keyLength);
                long version = version(versions);
                assertTrue(closing.putWithVersion(key, value, version));
                model.put(key, value, version);
                if (stride == 0 ? random.nextInt(20) == 0 : i % stride == 0) {
                    checkSome(keyLength, versions);
                }
            }
            checkSome(keyLength, versions);
        }
    }

    /** Of few letters, up to the length, so that many are prefixes of each other. */
    private byte[] key(int maxLength) {
        byte[] key = new byte[random.nextInt(maxLength + 1)];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) (random.nextInt(16) * 17);
        }
        return key;
    }

    private long version(int versions) {
        return random.nextInt(10) == 0 ? MerkleMemDb.MAX_VERSION : random.nextInt(versions + 1);
    }

    private void checkSome(int keyLength, int versions) {
        MasterRoot root = map.rootHash();
        assertEquals(model.root(), root);
        for (int i = 0; i < 12; i++) {
            byte[] key = i == 0 ? new byte[0] : key(keyLength + 1);
            long version = random.nextInt(8) == 0 ? Long.MAX_VALUE : version(versions);
            NaiveMerkle.Written expected = model.get(key, version);
            byte[] got = map.getWithVersion(key, version);
            assertArrayEquals(expected == null ? null : expected.value(), got);
            checkProof(root, key, version, expected);
        }
        assertEquals(root, map.rootHash());
    }

    private void checkProof(MasterRoot root, byte[] key, long version, NaiveMerkle.Written expected) {
        Verified verified = ProofVerifier.verifyVersion(root, key, version, map.proof(key, version));
        if (expected == null) {
            assertFalse(verified.isPresent());
        } else {
            assertArrayEquals(expected.value(), verified.value());
            assertEquals(expected.version(), verified.version());
            assertEquals(expected.sequence(), verified.sequence());
        }
    }
}
