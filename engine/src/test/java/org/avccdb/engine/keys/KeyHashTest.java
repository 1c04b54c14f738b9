package org.avccdb.engine.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class KeyHashTest {
    private static long hash(byte[] key) {
        return KeyHash.of(new UnsafeBuffer(key), 0, key.length);
    }

    /** Filters in files depend on it. */
    @Test
    void theHashNeverChanges() {
        StringBuilder hashes = new StringBuilder();
        for (int length : new int[] {0, 1, 3, 4, 7, 8, 15, 16, 17, 32, 33, 100}) {
            byte[] key = new byte[length];
            for (int i = 0; i < length; i++) {
                key[i] = (byte) (i * 7 + 1);
            }
            hashes.append(Long.toHexString(hash(key))).append(' ');
        }
        assertEquals(
                "3865671b0221da93 cf02775a8eed5ed 8b96285ef1762db6 a044f0601a71c65e 11523465cf2b0ad4 a7b4cf3b60be09db"
                        + " d304538bd25902ba 276899f976b1da14 802fc943805903fb 9dfb174162d9395d 4b1c4f5dea12de95"
                        + " 22f11514c9ea2e7c",
                hashes.toString().trim());
    }

    @Test
    void itDoesNotMatterWhereTheKeyIs() {
        Random random = new Random(1);
        byte[] bytes = new byte[300];
        random.nextBytes(bytes);
        UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        for (int length = 0; length < 200; length++) {
            int offset = random.nextInt(100);
            byte[] key = new byte[length];
            buffer.getBytes(offset, key);
            assertEquals(hash(key), KeyHash.of(buffer, offset, length));
        }
    }

    @Test
    void everyBitOfTheKeyChangesAboutHalfTheBits() {
        Random random = new Random(2);
        for (int length : new int[] {1, 2, 3, 4, 5, 8, 11, 16, 20, 40}) {
            for (int bit = 0; bit < length * 8; bit++) {
                int changed = 0;
                int rounds = 200;
                for (int i = 0; i < rounds; i++) {
                    byte[] key = new byte[length];
                    random.nextBytes(key);
                    long before = hash(key);
                    key[bit >>> 3] ^= (byte) (1 << (bit & 7));
                    changed += Long.bitCount(before ^ hash(key));
                }
                double mean = (double) changed / rounds;
                assertTrue(mean > 28 && mean < 36, "length " + length + ", bit " + bit + ": " + mean);
            }
        }
    }

    @Test
    void similarKeysDoNotCollide() {
        Set<Long> hashes = new HashSet<>();
        int keys = 0;
        for (int length = 0; length < 50; length++) {
            hashes.add(hash(new byte[length]));
            keys++;
        }
        for (int number = 0; number < 100_000; number++) {
            UnsafeBuffer key = new UnsafeBuffer(new byte[16]);
            key.putInt(12, number + 1);
            hashes.add(KeyHash.of(key, 0, 16));
            keys++;
        }
        assertEquals(keys, hashes.size());
    }
}
