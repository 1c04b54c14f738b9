package org.avccdb.memdb;

import static org.avccdb.memdb.Bytes.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeyDigestTest {
    private static KeyDigest suiting(Bytes... keys) {
        Arena arena = new Arena(1 << 20, new MemoryLedger(Long.MAX_VALUE));
        try {
            SkipList list = new SkipList(arena, KeyOrder.INTERNAL, KeyDigest.LEADING_BYTES, 1);
            long sequence = 0;
            for (Bytes key : keys) {
                UnsafeBuffer buffer = Buffers.of(key);
                assertTrue(list.writer().add(buffer, 0, key.length(), 0, sequence++, buffer, 0, 0));
            }
            return KeyDigest.suiting(list);
        } finally {
            arena.release();
        }
    }

    private static int digest(KeyDigest digests, Bytes key) {
        return digests.of(key.array(), BufferUtil.ARRAY_BASE_OFFSET, key.length());
    }

    private static void assertMonotone(KeyDigest digests, List<Bytes> keys) {
        List<Bytes> sorted = new ArrayList<>(keys);
        Collections.sort(sorted);
        for (int i = 1; i < sorted.size(); i++) {
            Bytes smaller = sorted.get(i - 1);
            Bytes larger = sorted.get(i);
            assertTrue(
                    Integer.compareUnsigned(digest(digests, smaller), digest(digests, larger)) <= 0,
                    () -> smaller + " has a larger digest than " + larger + ", prefix of " + digests.prefixLength());
        }
    }

    @ParameterizedTest
    @EnumSource
    void neverContradictsTheOrderOfKeys(Keys family) {
        Random random = new Random(17);
        int count = family == Keys.LONGEST ? 60 : 600;
        for (int round = 0; round < (family == Keys.LONGEST ? 2 : 20); round++) {
            List<Bytes> keys = new ArrayList<>(List.of(Bytes.EMPTY));
            for (int i = 0; i < count; i++) {
                Bytes key = family.key(random, i);
                keys.add(key);
                keys.add(Keys.near(random, key));
            }
            for (Keys other : List.of(Keys.TAILS, Keys.RANDOM_16, Keys.SHARED_6, Keys.BEHIND_BYTE_4)) {
                for (int i = 0; i < 50; i++) {
                    keys.add(other.key(random, i));
                }
            }
            assertMonotone(KeyDigest.LEADING_BYTES, keys);
            assertMonotone(suiting(family.key(random, 1), family.key(random, 2)), keys);
            Bytes any = family.key(random, round);
            assertMonotone(suiting(any.plus(bytes("00")).first(any.length()), Keys.near(random, any)), keys);
        }
    }

    @Test
    void standsForWhatIsBehindTheCommonPrefix() {
        KeyDigest digests = suiting(bytes("70*10 61"), bytes("70*10 62 63"));
        assertEquals(10, digests.prefixLength());
        assertEquals(0x6162_6364, digest(digests, bytes("70*10 61 62 63 64 65")));
        assertEquals(0x8000_0000, digest(digests, bytes("70*10 80")));
        assertEquals(0, digest(digests, bytes("70*10")));
        assertEquals(0xFFFF_FFFF, digest(digests, bytes("70*10 ff*5")));
    }

    @Test
    void keysWithoutThePrefixAreBelowOrAboveAllThatHaveIt() {
        KeyDigest digests = suiting(bytes("70*10 61"), bytes("70*10 62"));
        for (String below : List.of("", "70", "70*9", "70*9 6f ff", "00", "6f*20", "70*9 00*20")) {
            assertEquals(0, digest(digests, bytes(below)), below);
        }
        for (String above : List.of("71", "80", "ff", "70*9 71", "70*9 80 00", "ff*20")) {
            assertEquals(-1, digest(digests, bytes(above)), above);
        }
    }

    @Test
    void aPrefixIsCutWhereItIsLong() {
        KeyDigest digests = suiting(bytes("70*200 61"), bytes("70*200 62"));
        assertEquals(64, digests.prefixLength());
        assertEquals(0x7070_7070, digest(digests, bytes("70*200 62")));
    }

    @Test
    void oneKeyMayBeThePrefix() {
        KeyDigest digests = suiting(bytes("70*6"), bytes("70*6 ff"));
        assertEquals(6, digests.prefixLength());
        assertEquals(0, digest(digests, bytes("70*6")));
    }

    @Test
    void whatHasNoPrefixIsDigestedFromItsBeginning() {
        assertSame(KeyDigest.LEADING_BYTES, suiting());
        assertSame(KeyDigest.LEADING_BYTES, suiting(bytes("70*10")));
        assertSame(KeyDigest.LEADING_BYTES, suiting(bytes("70*10"), bytes("71*10")));
        assertSame(KeyDigest.LEADING_BYTES, suiting(Bytes.EMPTY, bytes("70*10")));
        assertSame(KeyDigest.LEADING_BYTES, suiting(bytes("70 61"), bytes("70*4"), bytes("71"), bytes("00")));
        assertEquals(0, KeyDigest.LEADING_BYTES.prefixLength());
        assertEquals(0x7071_0000, digest(KeyDigest.LEADING_BYTES, bytes("70 71")));
    }
}
