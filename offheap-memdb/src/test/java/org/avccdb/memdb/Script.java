package org.avccdb.memdb;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a writer does, step by step, so that readers can tell what they may see: a step writes or deletes the key (in
 * internal order, key, version and stamp) of one rank, and says when it has begun and when it is published. A value tells
 * its step. Immutable but for the progress.
 */
final class Script {
    static final int MAX_VALUE = 48;

    private static final int RANKS = 400;
    private static final long FACTOR = 0x9E37_79B9_7F4A_7C15L;
    private static final VarHandle BEGUN = progress("begun");
    private static final VarHandle PUBLISHED = progress("published");

    /** Which rank comes when, and how alike the keys are. */
    enum Pattern {
        ASCENDING,
        DESCENDING,
        RANDOM,
        /** All digests are equal; in internal order, few keys with many versions. */
        TIES,
        /** From the middle towards both ends, so that insertions go to the middle of leaves. */
        OUTWARDS,
        /** Each second rank in order, then those between from the end on. */
        COMB
    }

    private final Pattern pattern;
    private final long seed;
    private final boolean internal;
    private final int[] rankOfStep;
    private final boolean[] deletes;
    private final int[] nextDelete;

    @SuppressWarnings("unused")
    private int begun;

    @SuppressWarnings("unused")
    private int published;

    private volatile boolean done;

    private Script(Pattern pattern, long seed, boolean internal, List<Integer> ranks, boolean withDeletes) {
        this.pattern = pattern;
        this.seed = seed;
        this.internal = internal;
        Random random = new Random(seed);
        List<Integer> all = new ArrayList<>();
        List<Boolean> deleted = new ArrayList<>();
        for (int i = 0; i < ranks.size(); i++) {
            all.add(ranks.get(i));
            deleted.add(false);
            if (withDeletes && random.nextInt(2) == 0) {
                // Again, one that was written before; mostly one that was written lately.
                int back = random.nextInt(random.nextBoolean() ? Math.min(4, i + 1) : i + 1);
                all.add(ranks.get(i - back));
                deleted.add(random.nextInt(4) == 0);
            }
        }
        rankOfStep = all.stream().mapToInt(Integer::intValue).toArray();
        deletes = new boolean[rankOfStep.length];
        nextDelete = new int[rankOfStep.length];
        int[] next = new int[RANKS];
        Arrays.fill(next, Integer.MAX_VALUE);
        for (int step = rankOfStep.length - 1; step >= 0; step--) {
            deletes[step] = deleted.get(step);
            nextDelete[step] = next[rankOfStep[step]];
            if (deletes[step]) {
                next[rankOfStep[step]] = step;
            }
        }
    }

    static Script ofMap(Pattern pattern, long seed) {
        return new Script(pattern, seed, false, ranks(pattern, seed), true);
    }

    static Script ofList(Pattern pattern, long seed) {
        return new Script(pattern, seed, true, ranks(pattern, seed), false);
    }

    private static List<Integer> ranks(Pattern pattern, long seed) {
        List<Integer> ranks = new ArrayList<>();
        for (int i = 0; i < RANKS; i++) {
            ranks.add(
                    switch (pattern) {
                        case ASCENDING, RANDOM, TIES -> i;
                        case DESCENDING -> RANKS - 1 - i;
                        case OUTWARDS -> i % 2 == 0 ? RANKS / 2 + i / 2 : RANKS / 2 - 1 - i / 2;
                        case COMB -> i < RANKS / 2 ? 2 * i : RANKS - 1 - 2 * (i - RANKS / 2);
                    });
        }
        if (pattern == Pattern.RANDOM || pattern == Pattern.TIES) {
            Collections.shuffle(ranks, new Random(seed));
        }
        return ranks;
    }

    int ranks() {
        return RANKS;
    }

    int steps() {
        return rankOfStep.length;
    }

    int rankOf(int step) {
        return rankOfStep[step];
    }

    boolean isDelete(int step) {
        return deletes[step];
    }

    /** The first later step that deletes the same, or the highest number. */
    int nextDelete(int step) {
        return nextDelete[step];
    }

    int liveAtEnd() {
        boolean[] live = new boolean[RANKS];
        for (int step = 0; step < rankOfStep.length; step++) {
            live[rankOfStep[step]] = !deletes[step];
        }
        int count = 0;
        for (boolean one : live) {
            count += one ? 1 : 0;
        }
        return count;
    }

    void begin(int step) {
        BEGUN.setVolatile(this, step + 1);
    }

    void publish(int step) {
        PUBLISHED.setRelease(this, step + 1);
        // So that all of the readers' calls meet the writer at work.
        for (long i = (step * FACTOR + seed) & 127; i > 0; i--) {
            Thread.onSpinWait();
        }
    }

    void end() {
        done = true;
    }

    int begun() {
        return (int) BEGUN.getVolatile(this);
    }

    int published() {
        return (int) PUBLISHED.getAcquire(this);
    }

    boolean isDone() {
        return done;
    }

    UnsafeBuffer key(int rank) {
        if (pattern != Pattern.TIES) {
            return bytes(Integer.BYTES, rank);
        }
        return internal ? bytes(6, rank / 50) : bytes(12, rank);
    }

    private static UnsafeBuffer bytes(int length, int number) {
        UnsafeBuffer bytes = new UnsafeBuffer(new byte[length]);
        bytes.putInt(length - Integer.BYTES, number, ByteOrder.BIG_ENDIAN);
        return bytes;
    }

    /** Of the map. */
    int rankOfKey(DirectBuffer key) {
        int rank = key.getInt(key.capacity() - Integer.BYTES, ByteOrder.BIG_ENDIAN);
        assertEquals(key(rank).capacity(), key.capacity());
        return rank;
    }

    /** Descends within a key. */
    long version(int rank) {
        return pattern == Pattern.TIES ? 1000 - rank % 50 / 7 : 7;
    }

    /** Descends within a version. */
    long stamp(int rank) {
        return RecordDescriptor.stamp(pattern == Pattern.TIES ? 1000 - rank % 50 % 7 : 1 + rank, 1);
    }

    UnsafeBuffer value(int step) {
        int length = lengthOf(step);
        UnsafeBuffer value = new UnsafeBuffer(new byte[length]);
        value.putLong(0, step);
        for (int at = Long.BYTES; at < length; at += Long.BYTES) {
            value.putLong(at, word(step, at));
        }
        return value;
    }

    /** Checks all of the value. */
    int stepOf(DirectBuffer value, int offset, int length) {
        long step = value.getLong(offset);
        if (step < 0 || step >= rankOfStep.length || length != lengthOf((int) step)) {
            throw new AssertionError("not a value: " + Long.toHexString(step) + ", " + length + " bytes");
        }
        for (int at = Long.BYTES; at < length; at += Long.BYTES) {
            assertEquals(word((int) step, at), value.getLong(offset + at), () -> "in the value of step " + step);
        }
        return (int) step;
    }

    private static int lengthOf(int step) {
        return 2 * Long.BYTES + step % 5 * Long.BYTES;
    }

    private long word(int step, int at) {
        return (seed * 1_000_003 + step * 64L + at) * FACTOR;
    }

    private static VarHandle progress(String name) {
        try {
            return MethodHandles.lookup().findVarHandle(Script.class, name, int.class);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }
}
