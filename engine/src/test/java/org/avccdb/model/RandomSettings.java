package org.avccdb.model;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Draws small options, so that little data makes many tables, levels and compactions. */
final class RandomSettings {
    private RandomSettings() {}

    /** Options for a new database. */
    static Settings draw(Random random, boolean monotone) {
        Settings settings = redraw(random);
        if (random.nextInt(4) == 0) {
            settings = settings.with("authentication", "NONE");
        }
        return monotone ? settings.with("versionOrder", "MONOTONE") : settings;
    }

    /** Options that may change when a database is opened again. */
    static Settings redraw(Random random) {
        Map<String, String> values = new TreeMap<>();
        put(values, "writeBufferBytes", random.nextInt(4) > 0 ? log(random, 14, 16) : log(random, 14, 20));
        put(values, "maxFrozenMemtables", 1 + random.nextInt(3));
        put(values, "arenaPoolSize", random.nextInt(4));
        put(values, "blockBytes", log(random, 8, 13));
        put(values, "blockRestartInterval", 1 << random.nextInt(5));
        put(values, "compression", pick(random, "NONE", "LZ4", "ZSTD"));
        put(values, "filterBitsPerKey", pick(random, "0", "1", "10"));
        put(values, "blockCacheBytes", pick(random, "0", "4096", "100000", "1000000"));
        put(values, "openFilesCacheCapacity", pick(random, "0", "1", "3", "500"));
        put(values, "compactionTableBytes", log(random, 10, 17));
        put(values, "compactionTableSizeMultiplier", 1 + random.nextInt(3));
        put(values, "compactionTotalBytes", log(random, 10, 17));
        put(values, "compactionTotalSizeMultiplier", pick(random, "1", "2", "4", "10"));
        int trigger = 1 + random.nextInt(5);
        int slowdown = trigger + random.nextInt(5);
        put(values, "compactionL0Trigger", trigger);
        put(values, "writeL0SlowdownTrigger", slowdown);
        put(values, "writeL0PauseTrigger", slowdown + random.nextInt(4));
        put(values, "maxManifestBytes", pick(random, "4096", "20000", "1000000"));
        put(values, "noWriteMerge", random.nextInt(6) == 0);
        put(values, "noSync", random.nextInt(2) == 0);
        put(values, "disableLargeBatchTransaction", random.nextInt(3) == 0);
        put(values, "paranoidChecks", random.nextBoolean());
        put(values, "ringSlots", pick(random, "8", "8", "64", "1024"));
        put(values, "producerType", pick(random, "MULTI", "MULTI", "SINGLE"));
        put(values, "journalSegmentBytes", random.nextBoolean() ? 0 : log(random, 14, 18));
        put(values, "pinnedMemoryBytes", pick(random, "0", "30000", "1000000"));
        if (random.nextInt(5) == 0) {
            put(values, "threadingMode", pick(random, "SHARED", "DEDICATED"));
        } else {
            put(values, "invokerSeed", random.nextInt(1000));
            if (random.nextInt(5) == 0) {
                put(values, "compactionRateBytesPerSecond", log(random, 16, 22));
            }
        }
        return new Settings(values);
    }

    private static void put(Map<String, String> values, String name, Object value) {
        values.put(name, value.toString());
    }

    private static String pick(Random random, String... texts) {
        return texts[random.nextInt(texts.length)];
    }

    /** A number of this many bits, or a few more; now and then a power of two. */
    private static int log(Random random, int least, int most) {
        int power = 1 << (least + random.nextInt(most - least + 1));
        return random.nextInt(3) == 0 ? power : Math.min(1 << most, power + random.nextInt(power));
    }
}
