package org.avccdb.engine.table;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class SamplePartsTest {
    private final Random random = new Random(11);

    @Test
    void aPartLeavesNothingOutThatMayBeNearest() {
        for (int round = 0; round < 2_000; round++) {
            final int bits = 1 + random.nextInt(Long.SIZE);
            final long base = random.nextBoolean() ? 0 : random.nextLong();
            final long[] digests = LongStream.generate(() -> base + (random.nextLong() >>> (Long.SIZE - bits)))
                    .limit(1 + random.nextInt(100))
                    .toArray();
            sortUnsigned(digests);
            digests[0] = random.nextLong(); // never asked for
            check(digests, base);
        }
    }

    @Test
    void theWholeRangeOfDigests() {
        check(new long[] {0, 0, Long.MAX_VALUE, Long.MIN_VALUE, -1}, 0);
        check(new long[] {0, 0, -1}, 0);
        check(new long[] {0, -1, -1}, 0);
        check(new long[] {0, 7}, 0);
        check(new long[] {0}, 0);
    }

    @Test
    void evenlySpreadDigestsLeaveFewToLookAt() {
        final long[] digests =
                LongStream.generate(random::nextLong).limit(1_000).toArray();
        sortUnsigned(digests);
        final SampleParts parts = parts(digests);
        long most = 0;
        long sum = 0;
        for (int i = 0; i < 1_000; i++) {
            final int part = parts.of(random.nextLong());
            most = Math.max(most, parts.end(part) - parts.begin(part));
            sum += parts.end(part) - parts.begin(part);
        }
        assertTrue(most <= 12 && sum < 3_000, most + " samples to look at, of " + sum + " in all");
    }

    @Test
    void digestsOutOfOrderLeadNowhereElse() {
        for (int round = 0; round < 1_000; round++) {
            final long[] digests = LongStream.generate(random::nextLong)
                    .limit(1 + random.nextInt(50))
                    .toArray();
            final SampleParts parts = parts(digests);
            for (int i = 0; i < 50; i++) {
                final int part = parts.of(i == 0 ? 0 : random.nextLong());
                assertTrue(1 <= parts.begin(part) && parts.begin(part) <= parts.end(part));
                assertTrue(parts.end(part) <= digests.length);
            }
        }
    }

    private void check(final long[] digests, final long base) {
        final SampleParts parts = parts(digests);
        for (int i = 0; i < 60; i++) {
            final long asked = switch (i % 3) {
                case 0 -> digests[random.nextInt(digests.length)] + random.nextInt(3) - 1;
                case 1 -> base + (random.nextLong() >>> random.nextInt(Long.SIZE));
                default -> random.nextLong();
            };
            final int part = parts.of(asked);
            for (int sample = 1; sample < digests.length; sample++) {
                final int order = Long.compareUnsigned(digests[sample], asked);
                assertTrue(sample >= parts.begin(part) || order < 0, "a sample that is not before is left out");
                assertTrue(sample < parts.end(part) || order > 0, "a sample that is not behind is left out");
            }
        }
    }

    /** With just as much memory as they may take, so that what leads out of it fails. */
    private static SampleParts parts(final long[] digests) {
        final int begins = digests.length * Long.BYTES;
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[begins + SampleParts.maxLength(digests.length)]);
        for (int i = 0; i < digests.length; i++) {
            buffer.putLong(i * Long.BYTES, digests[i]);
        }
        return new SampleParts(buffer, digests.length, begins);
    }

    private static void sortUnsigned(final long[] digests) {
        for (int i = 0; i < digests.length; i++) {
            digests[i] += Long.MIN_VALUE;
        }
        Arrays.sort(digests);
        for (int i = 0; i < digests.length; i++) {
            digests[i] += Long.MIN_VALUE;
        }
    }
}
