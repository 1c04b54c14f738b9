package org.avccdb.bench.load;

import java.util.SplittableRandom;

/** Numbers from 0 on, low ones far more often, as YCSB draws them (Gray and others, "Quickly generating billion-record
 * synthetic databases"), with its constant of 0.99. */
public final class Zipf {
    private static final double THETA = 0.99;

    private final SplittableRandom random;
    private final long count;
    private final double zeta;
    private final double alpha = 1 / (1 - THETA);
    private final double eta;

    /** Draws from so many numbers. The first use of a count takes time in proportion to it. */
    public Zipf(final long count, final SplittableRandom random) {
        this.count = count;
        this.random = random;
        double sum = 0;
        for (long i = 1; i <= count; i++) {
            sum += 1 / Math.pow((double) i, THETA);
        }
        zeta = sum;
        final double zetaOfTwo = 1 + Math.pow(0.5, THETA);
        eta = (1 - Math.pow(2.0 / count, 1 - THETA)) / (1 - zetaOfTwo / zeta);
    }

    /** The next number: 0 is the most frequent one. */
    public long next() {
        final double u = random.nextDouble();
        final double scaled = u * zeta;
        if (scaled < 1) {
            return 0;
        }
        if (scaled < 1 + Math.pow(0.5, THETA)) {
            return Math.min(1, count - 1);
        }
        return Math.min(count - 1, (long) (count * Math.pow(eta * u - eta + 1, alpha)));
    }

    /** The next number, with the frequent ones scattered over all. */
    public long nextScattered() {
        return Long.remainderUnsigned(Mix.of(next() + 1), count);
    }
}
