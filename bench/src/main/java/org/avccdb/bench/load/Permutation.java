package org.avccdb.bench.load;

/**
 * The numbers 0 to n-1 in an order that looks like chance, each once, without a table: a Feistel network over the next even
 * number of bits, walked until it lands below n.
 */
public final class Permutation {
    private static final int ROUNDS = 4;

    private final long count;
    private final long seed;
    private final int halfBits;
    private final long halfMask;

    /** Another seed, another order. */
    public Permutation(final long count, final long seed) {
        this.count = count;
        this.seed = seed;
        final int bits = Math.max(2, Long.SIZE - Long.numberOfLeadingZeros(Math.max(1, count - 1)));
        this.halfBits = (bits + 1) / 2;
        this.halfMask = (1L << halfBits) - 1;
    }

    /** The number at a place. */
    public long at(final long place) {
        long number = place;
        do {
            number = scatter(number);
        } while (number >= count);
        return number;
    }

    private long scatter(final long number) {
        long left = number >>> halfBits;
        long right = number & halfMask;
        for (int round = 0; round < ROUNDS; round++) {
            final long next = left ^ (Mix.of(right + seed + ((long) round << 56)) & halfMask);
            left = right;
            right = next;
        }
        return left << halfBits | right;
    }
}
