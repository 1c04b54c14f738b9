package org.avccdb.bench.load;

/** Scatters the bits of a number. */
final class Mix {
    private static final long FIRST = 0xBF58_476D_1CE4_E5B9L;
    private static final long SECOND = 0x94D0_49BB_1331_11EBL;

    private Mix() {}

    /** The finisher of SplitMix64, a bijection. */
    static long of(final long number) {
        long mixed = (number ^ (number >>> 30)) * FIRST;
        mixed = (mixed ^ (mixed >>> 27)) * SECOND;
        return mixed ^ (mixed >>> 31);
    }
}
