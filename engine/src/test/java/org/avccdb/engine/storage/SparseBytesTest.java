package org.avccdb.engine.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SparseBytesTest {
    /** A file and what must be in it. */
    private static final class Pair {
        private final SparseBytes actual;
        private byte[] expected;

        Pair(final SparseBytes actual, final byte[] expected) {
            this.actual = actual;
            this.expected = expected;
        }
    }

    @Test
    void copiesGoTheirOwnWays() {
        for (int seed = 0; seed < 100; seed++) {
            final Random random = new Random(seed);
            final List<Pair> pairs = new ArrayList<>();
            pairs.add(new Pair(new SparseBytes(), new byte[0]));
            for (int step = 0; step < 60; step++) {
                final Pair pair = pairs.get(random.nextInt(pairs.size()));
                change(pair, pairs, random);
            }
            for (final Pair pair : pairs) {
                assertEquals(pair.expected.length, pair.actual.length(), "seed " + seed);
                assertArrayEquals(pair.expected, pair.actual.read(0, pair.expected.length), "seed " + seed);
                final int from = random.nextInt(pair.expected.length + 1);
                assertArrayEquals(
                        Arrays.copyOfRange(pair.expected, from, pair.expected.length + 10),
                        pair.actual.read(from, pair.expected.length + 10 - from),
                        "seed " + seed);
            }
        }
    }

    private static void change(final Pair pair, final List<Pair> pairs, final Random random) {
        switch (random.nextInt(8)) {
            case 0 -> pairs.add(new Pair(pair.actual.copy(), pair.expected.clone()));
            case 1 -> {
                final int length = random.nextInt(200_000);
                pair.actual.setLength(length);
                pair.expected = Arrays.copyOf(pair.expected, length);
            }
            case 2 -> {
                final int length = random.nextInt(pair.expected.length + 1);
                pair.actual.setLength(length);
                pair.expected = Arrays.copyOf(pair.expected, length);
            }
            default -> {
                final byte[] data = new byte[random.nextInt(4) == 0 ? random.nextInt(100_000) : random.nextInt(700)];
                random.nextBytes(data);
                final int offset = random.nextInt(data.length + 1);
                final int position = random.nextInt(pair.expected.length + 600);
                pair.actual.write(position, data, offset, data.length - offset);
                final int end = position + data.length - offset;
                pair.expected = Arrays.copyOf(pair.expected, Math.max(end, pair.expected.length));
                System.arraycopy(data, offset, pair.expected, position, data.length - offset);
            }
        }
    }

    @Test
    void emptinessTakesNoRoom() {
        final List<SparseBytes> many = new ArrayList<>();
        final SparseBytes large = new SparseBytes();
        large.setLength(1L << 40);
        large.write(1 << 20, new byte[] {1}, 0, 1);
        for (int i = 0; i < 100_000; i++) {
            many.add(large.copy());
        }
        assertEquals(1L << 40, many.get(99_999).length());
        assertArrayEquals(new byte[] {0, 1, 0}, many.get(99_999).read((1 << 20) - 1, 3));
    }
}
