package org.avccdb;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;

/** What each thread of {@link KilledWriter} does, step by step, the same for the same seed. */
final class KillScript {
    /** Keys of a batch that does not fit into the write buffer. */
    static final int LARGE = 150;

    private static final int KEYS = 120;
    private static final int VALUE_BYTES = 200;

    enum Kind {
        PUT,
        DELETE,
        DELETE_VERSION,
        BATCH
    }

    /** One write. Its value begins with the number of the step. */
    record Step(Kind kind, List<String> keys, long version, long number, int length, boolean synced) {
        byte[] value() {
            return ByteBuffer.allocate(length).putLong(number).array();
        }
    }

    private final long seed;

    KillScript(long seed) {
        this.seed = seed;
    }

    static Options options(Random random) {
        return Options.builder()
                .writeBufferBytes(32 << 10)
                .blockBytes(512)
                .compactionTableBytes(16 << 10)
                .compactionTotalBytes(64 << 10)
                .compactionTotalSizeMultiplier(4)
                .threadingMode(random.nextBoolean() ? ThreadingMode.SHARED : ThreadingMode.DEDICATED)
                .build();
    }

    private Random random(int thread, long number) {
        Random random = new Random((seed * 31 + thread) * 0x9E37_79B9_7F4A_7C15L + number * 0xBF58_476D_1CE4_E5B9L);
        random.nextInt();
        return random;
    }

    static String prefix(int thread) {
        return "thread" + thread + "/";
    }

    /** Whether a thread that has come to this step does it, and some more, without waiting in between. */
    boolean isPipelined(int thread, long number) {
        return random(thread, number).nextInt(30) == 0;
    }

    Step step(int thread, long number) {
        Random random = random(thread, number);
        random.nextInt(30);
        int choice = random.nextInt(400);
        boolean synced = random.nextInt(100) == 0;
        int length = Long.BYTES + random.nextInt(VALUE_BYTES);
        String key = prefix(thread) + random.nextInt(KEYS);
        if (choice == 0) {
            return new Step(Kind.BATCH, keys(thread, 0, LARGE), 0, number, 300, synced);
        } else if (choice < 60) {
            return new Step(
                    Kind.BATCH, keys(thread, random.nextInt(LARGE), 2 + random.nextInt(5)), 0, number, length, synced);
        } else if (choice < 100) {
            return new Step(Kind.DELETE, List.of(key), 0, number, 0, synced);
        } else if (choice < 140) {
            return new Step(Kind.DELETE_VERSION, List.of(key), 1 + random.nextInt(3), number, 0, synced);
        }
        return new Step(Kind.PUT, List.of(key), 1 + random.nextInt(3), number, length, synced);
    }

    private static List<String> keys(int thread, int from, int count) {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            keys.add(prefix(thread) + "batch" + (from + i));
        }
        return keys;
    }

    /** What a thread's part of the database holds: by key and version the step that wrote it. */
    static final class State {
        private final NavigableMap<String, NavigableMap<Long, Long>> keys = new TreeMap<>();

        void apply(Step step) {
            for (String key : step.keys()) {
                switch (step.kind()) {
                    case DELETE -> keys.remove(key);
                    case DELETE_VERSION -> {
                        NavigableMap<Long, Long> versions = keys.get(key);
                        if (versions != null) {
                            versions.remove(step.version());
                            if (versions.isEmpty()) {
                                keys.remove(key);
                            }
                        }
                    }
                    case PUT, BATCH -> add(key, step.version(), step.number());
                }
            }
        }

        void add(String key, long version, long step) {
            keys.computeIfAbsent(key, unused -> new TreeMap<>()).put(version, step);
        }

        /** The last step of which there is something, or -1. */
        long highest() {
            long highest = -1;
            for (Map<Long, Long> versions : keys.values()) {
                for (long step : versions.values()) {
                    highest = Math.max(highest, step);
                }
            }
            return highest;
        }

        boolean isSame(State other) {
            return keys.equals(other.keys);
        }

        @Override
        public String toString() {
            return keys.toString();
        }
    }
}
