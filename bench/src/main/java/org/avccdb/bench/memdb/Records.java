package org.avccdb.bench.memdb;

import java.util.SplittableRandom;
import org.agrona.DirectBuffer;

/** Random keys and values, the same for everybody, and the order in which they are asked for. */
final class Records {
    static final int KEY_LENGTH = 16;
    static final int VALUE_LENGTH = 100;
    static final String EXPORT = "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED";

    private static final int SEED = 42;

    private final byte[] keys;
    private final byte[] value = new byte[VALUE_LENGTH];
    private final int[] order;
    private final int count;

    /** As many records as have this much content. */
    Records(final int contentMebibytes) {
        count = (int) ((long) contentMebibytes * (1 << 20) / (KEY_LENGTH + VALUE_LENGTH));
        final SplittableRandom random = new SplittableRandom(SEED);
        keys = new byte[count * KEY_LENGTH];
        random.nextBytes(keys);
        random.nextBytes(value);
        order = new int[count];
        for (int i = 0; i < count; i++) {
            final int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
    }

    int count() {
        return count;
    }

    /** All keys, one behind the other, in the order in which they are put. */
    byte[] keys() {
        return keys;
    }

    byte[] value() {
        return value;
    }

    /** Where the i-th key to be asked for begins. */
    int askedOffset(final int i) {
        return order[i] * KEY_LENGTH;
    }

    /** Reads every byte; the same code for both sides. */
    static long sum(final DirectBuffer bytes) {
        long sum = 0;
        int i = 0;
        for (; i + Long.BYTES <= bytes.capacity(); i += Long.BYTES) {
            sum += bytes.getLong(i);
        }
        for (; i < bytes.capacity(); i++) {
            sum += bytes.getByte(i);
        }
        return sum;
    }
}
