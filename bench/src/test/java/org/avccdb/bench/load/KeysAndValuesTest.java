package org.avccdb.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeysAndValuesTest {
    private static final int COUNT = 3_000;

    private static byte[] key(Keys keys, long number, int length) {
        byte[] key = new byte[length];
        keys.write(number, new UnsafeBuffer(key));
        return key;
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 15, 16, 17, 40})
    void keysAscendWithTheirNumbers(int length) {
        Keys keys = new Keys(COUNT, length);
        for (int i = 1; i < COUNT; i++) {
            assertTrue(Arrays.compareUnsigned(key(keys, i - 1, length), key(keys, i, length)) < 0, "key " + i);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 16})
    void missingAndInsertedKeysAreNoOthers(int length) {
        Keys keys = new Keys(COUNT, length);
        Set<String> seen = new HashSet<>();
        byte[] missing = new byte[length];
        for (int i = 0; i < 3 * COUNT; i++) {
            assertTrue(seen.add(Arrays.toString(key(keys, i, length))), "key " + i);
        }
        for (int i = 0; i < COUNT; i++) {
            keys.writeMissing(i, new UnsafeBuffer(missing));
            assertFalse(seen.contains(Arrays.toString(missing)), "missing key " + i);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 64, 1_000, 4_097})
    void aPermutationHasEachNumberOnce(long count) {
        Permutation permutation = new Permutation(count, 5);
        Set<Long> seen = new HashSet<>();
        for (long place = 0; place < count; place++) {
            long number = permutation.at(place);
            assertTrue(number >= 0 && number < count && seen.add(number), "place " + place);
        }
    }

    @Test
    void aPermutationIsNotTheNaturalOrder() {
        Permutation permutation = new Permutation(COUNT, 5);
        int ascents = 0;
        for (int i = 1; i < COUNT; i++) {
            ascents += permutation.at(i) > permutation.at(i - 1) ? 1 : 0;
        }
        assertEquals(COUNT / 2, ascents, COUNT / 10);
    }

    @Test
    void valuesAreKnownByTheirNumbers() {
        Values values = new Values(100, 0.5);
        UnsafeBuffer value = new UnsafeBuffer(new byte[100]);
        values.write(7, value);
        assertTrue(values.matches(7, value));
        assertFalse(values.matches(8, value));
        value.putByte(99, (byte) 0);
        assertFalse(values.matches(7, value));
    }

    @Test
    void lowNumbersAreFrequentByZipfsLaw() {
        Zipf zipf = new Zipf(COUNT, new SplittableRandom(1));
        int[] counts = new int[COUNT];
        for (int i = 0; i < 100_000; i++) {
            counts[(int) zipf.next()]++;
        }
        assertTrue(counts[0] > counts[1] && counts[1] > counts[10] && counts[10] > counts[1_000]);
        // 1 / H(3000, 0.99) of all.
        assertEquals(0.115, counts[0] / 100_000.0, 0.01);
    }
}
