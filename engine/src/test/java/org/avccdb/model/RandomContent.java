package org.avccdb.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.avccdb.model.Range.Kind;

/** Draws keys, versions, values and changes: few keys and versions, so that records of the same ones meet. */
final class RandomContent {
    private static final byte[] LETTERS = {0, 0, 1, 'a', 'b', 0x7F, (byte) 0x80, (byte) 0xFF, (byte) 0xFF};
    private static final long[] VERSIONS = {1, 2, 3, 4, 5, 7, 255, 256, 65536, 1L << 32, Long.MAX_VALUE - 1};
    private static final int MOST_SMALL_VALUES = 60;

    private final Random random;
    private final boolean monotone;
    private final List<Key> keys;
    private final int versions;
    private final int plainPercent;
    private final int deletePercent;
    private final int largeValue;
    private long clock = 1;

    RandomContent(Random random, boolean monotone, int largeValue) {
        this.random = random;
        this.monotone = monotone;
        this.largeValue = largeValue;
        this.keys = drawKeys();
        this.versions = 1 + random.nextInt(VERSIONS.length);
        this.plainPercent = random.nextInt(3) * 50;
        this.deletePercent = random.nextInt(4) * 15;
    }

    private List<Key> drawKeys() {
        int[] sizes = {1, 3, 10, 40, 150, 600};
        int wanted = sizes[random.nextInt(sizes.length)];
        boolean numbered = random.nextInt(3) == 0;
        TreeSet<Key> drawn = new TreeSet<>();
        for (int tries = 0; drawn.size() < wanted && tries < 3 * wanted; tries++) {
            drawn.add(
                    numbered
                            ? Key.of(("user/" + random.nextInt(2 * wanted))
                                    .getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                            : drawKey());
        }
        drawn.add(Key.of(new byte[0]));
        if (random.nextInt(3) == 0) {
            for (int length : new int[] {300, 301, 5_000, 65_535, 65_535}) {
                byte[] bytes = new byte[length];
                Arrays.fill(bytes, LETTERS[random.nextInt(LETTERS.length)]);
                bytes[random.nextInt(length)] = (byte) random.nextInt();
                drawn.add(Key.of(bytes));
            }
        }
        List<Key> shuffled = new ArrayList<>(drawn);
        java.util.Collections.shuffle(shuffled, random);
        return shuffled;
    }

    private Key drawKey() {
        byte[] bytes = new byte[random.nextInt(6)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = LETTERS[random.nextInt(LETTERS.length)];
        }
        return Key.of(bytes);
    }

    /** One of the keys, the first ones more often; long ones seldom. */
    Key key() {
        double skewed = random.nextDouble();
        Key key = keys.get((int) (keys.size() * skewed * skewed));
        return key.length() > 1000 && random.nextInt(4) > 0 ? key() : key;
    }

    /** Mostly one of the keys, else some other one. */
    Key keyToAskFor() {
        return random.nextInt(5) > 0 ? key() : drawKey();
    }

    List<Key> keysToAskFor() {
        List<Key> asked = new ArrayList<>();
        for (int i = random.nextInt(8); i > 0; i--) {
            asked.add(keyToAskFor());
        }
        return asked;
    }

    /** A version to ask for. */
    long bound() {
        int kind = random.nextInt(10);
        if (kind == 0) {
            return Long.MAX_VALUE;
        }
        long version = monotone ? Math.max(0, clock - random.nextInt(20)) : writtenVersion();
        return Math.max(0, kind < 3 ? version - 1 : kind < 5 ? version + 1 : version);
    }

    private long writtenVersion() {
        return random.nextInt(100) < plainPercent ? 0 : VERSIONS[random.nextInt(versions)];
    }

    private long versionToPut() {
        if (!monotone) {
            return writtenVersion();
        }
        int kind = random.nextInt(100);
        if (kind == 0) {
            return 0;
        }
        if (kind == 1) {
            return Math.max(0, clock - 1 - random.nextInt(3));
        }
        clock += random.nextInt(3) == 0 ? random.nextInt(3) : 0;
        return clock;
    }

    Value value() {
        long seed = random.nextInt(1 << 20);
        int kind = random.nextInt(100);
        int length;
        if (kind < 10) {
            length = 0;
        } else if (kind < 60) {
            length = random.nextInt(MOST_SMALL_VALUES);
        } else if (kind < 85) {
            length = random.nextInt(600);
        } else if (kind < 97) {
            length = random.nextInt(5_000);
        } else {
            length = random.nextInt(1 + random.nextInt(largeValue));
        }
        return new Value(length, seed);
    }

    Change change() {
        Key key = key();
        if (random.nextInt(100) < deletePercent) {
            return random.nextInt(3) == 0
                    ? new Change.Delete(key)
                    : new Change.DeleteVersion(
                            key, monotone ? Math.max(0, clock - random.nextInt(4)) : writtenVersion());
        }
        return new Change.Put(key, versionToPut(), value());
    }

    List<Change> changes(int most) {
        List<Change> changes = new ArrayList<>();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            changes.add(change());
        }
        return changes;
    }

    Long position() {
        return random.nextInt(4) == 0 ? (long) random.nextInt(1 << 20) : null;
    }

    Range range() {
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> Range.ALL;
            case 3 -> new Range(Kind.PREFIX, keyToAskFor(), null);
            case 4 -> new Range(Kind.AT_LEAST, keyToAskFor(), null);
            case 5 -> new Range(Kind.LESS_THAN, null, keyToAskFor());
            default -> new Range(Kind.OF, keyToAskFor(), keyToAskFor());
        };
    }
}
