package org.avccdb.bench.load;

import java.util.SplittableRandom;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Values by number: the first part is random, the rest compresses to nothing. The same number gives the same value. */
public final class Values {
    /** More versions than any key has. */
    private static final long MAX_VERSIONS = 64;

    private static final int POOL_BYTES = 1 << 20;
    private static final long SEED = 20;
    private static final byte FILLER = 'v';

    private final UnsafeBuffer pool;
    private final int randomBytes;
    private final int valueBytes;

    /** Values of that length, of which that part is compressible. */
    public Values(final int valueBytes, final double compressible) {
        this.valueBytes = valueBytes;
        this.randomBytes = (int) Math.round(valueBytes * (1 - compressible));
        final byte[] bytes = new byte[POOL_BYTES + valueBytes];
        new SplittableRandom(SEED).nextBytes(bytes);
        pool = new UnsafeBuffer(bytes);
    }

    /** The number that stands for the value of a key in a version. */
    public static long numberOf(final long key, final long version) {
        return key * MAX_VERSIONS + version;
    }

    /** Writes the value of a number into a buffer. */
    public void write(final long number, final MutableDirectBuffer target) {
        target.putBytes(0, pool, offset(number), randomBytes);
        target.setMemory(randomBytes, valueBytes - randomBytes, FILLER);
    }

    /** Whether a buffer begins with the value of a number. */
    public boolean matches(final long number, final DirectBuffer found) {
        final int offset = offset(number);
        for (int i = 0; i < valueBytes; i++) {
            if (found.getByte(i) != (i < randomBytes ? pool.getByte(offset + i) : FILLER)) {
                return false;
            }
        }
        return true;
    }

    private static int offset(final long number) {
        return (int) (Mix.of(number) & (POOL_BYTES - 1));
    }
}
