package org.avccdb;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.LongStream;
import org.agrona.concurrent.UnsafeBuffer;

/** What writers have come to: each counts up, and always writes its count to all of its keys together. */
final class Counters {
    static final int WRITERS = 7;
    private static final int KEYS = 5;
    private static final int LONGEST_PADDING = 300;

    private final AtomicLongArray begun = new AtomicLongArray(WRITERS);
    private final AtomicLongArray accepted = new AtomicLongArray(WRITERS);
    private final AtomicLongArray acknowledged = new AtomicLongArray(WRITERS);

    /** The keys of a writer, spread over all keys; one only where it writes them one by one. */
    List<byte[]> keys(int writer) {
        List<byte[]> keys = new ArrayList<>();
        for (int i = 0; i < (isAlone(writer) ? 1 : KEYS); i++) {
            keys.add((i + "/writer" + writer).getBytes(UTF_8));
        }
        return keys;
    }

    private static boolean isAlone(int writer) {
        return writer <= 2 || writer == 6;
    }

    /** Who has written a key. */
    static int writerOf(byte[] key) {
        return key[key.length - 1] - '0';
    }

    /** A count as a value, of a length that changes. */
    static byte[] value(long count) {
        byte[] value = new byte[Long.BYTES + (int) (count * 31 % LONGEST_PADDING)];
        Arrays.fill(value, (byte) count);
        new UnsafeBuffer(value).putLong(0, count);
        return value;
    }

    /** The count in a value, which must be whole. */
    static long count(byte[] value) {
        long count = new UnsafeBuffer(value).getLong(0);
        if (!Arrays.equals(value, value(count))) {
            throw new AssertionError("a torn value of " + count);
        }
        return count;
    }

    /** About to be written. */
    long begin(int writer) {
        return begun.incrementAndGet(writer);
    }

    /** Handed over: a close may not lose it. */
    void accepted(int writer, long count) {
        accepted.set(writer, count);
    }

    /** Visible to all who begin to read now. */
    void acknowledged(int writer, long count) {
        accepted.set(writer, count);
        acknowledged.set(writer, count);
    }

    long begun(int writer) {
        return begun.get(writer);
    }

    long accepted(int writer) {
        return accepted.get(writer);
    }

    long acknowledged(int writer) {
        return acknowledged.get(writer);
    }

    long leastAcknowledged() {
        return LongStream.range(0, WRITERS)
                .map(writer -> acknowledged((int) writer))
                .min()
                .getAsLong();
    }
}
