package org.avccdb.memdb;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** Makes random histories of a map. */
final class MapHistories {
    private static final int MOST_IN_GROUP = 40;

    private final Random random;
    private final Keys family;
    private final List<Bytes> known = new ArrayList<>();
    /** How much of the history writes, in percent. */
    private final int writes;

    private int made;
    /** Keys outside of the family come only once a list has been made to suit the family. */
    private boolean strays;

    private MapHistories(Random random, Keys family) {
        this.random = random;
        this.family = family;
        this.writes = 30 + random.nextInt(50);
    }

    static List<MapStep> random(Random random, Keys family, int steps) {
        MapHistories histories = new MapHistories(random, family);
        List<MapStep> history = new ArrayList<>(steps);
        while (history.size() < steps) {
            if (!histories.strays && history.size() > steps / 3) {
                history.add(new MapStep.Reset(false, true));
                histories.strays = true;
                histories.made = 0;
            }
            history.add(histories.step());
        }
        return history;
    }

    private MapStep step() {
        int at = random.nextInt(Buffers.PLACES);
        if (random.nextInt(100) < writes) {
            return switch (random.nextInt(12)) {
                case 0, 1 -> new MapStep.Delete(someKey(), at);
                case 2 -> group(at);
                default -> new MapStep.Put(newOrKnownKey(), Keys.value(random), at);
            };
        }
        return switch (random.nextInt(40)) {
            case 0, 1, 2, 3, 4 -> new MapStep.Get(someKey(), random.nextInt(7) - 3, at);
            case 5, 6 -> new MapStep.Contains(someKey(), at);
            case 7, 8, 9, 10 -> new MapStep.Find(someKey(), at);
            case 11, 12, 13 -> new MapStep.Open(bound(), bound());
            case 14, 15, 16, 17, 18, 19, 20, 21 -> new MapStep.Move(MapStep.Direction.NEXT);
            case 22, 23, 24, 25, 26, 27, 28, 29 -> new MapStep.Move(MapStep.Direction.PREV);
            case 30 -> new MapStep.Move(MapStep.Direction.FIRST);
            case 31 -> new MapStep.Move(MapStep.Direction.LAST);
            case 32 -> new MapStep.Move(MapStep.Direction.CLOSE);
            case 33, 34, 35, 36 -> new MapStep.Seek(someKey(), at);
            case 37 -> new MapStep.Walk(bound(), bound());
            case 38 -> new MapStep.Reset(true, random.nextInt(4) != 0);
            default -> new MapStep.Reset(random.nextInt(10) != 0, random.nextBoolean());
        };
    }

    private MapStep group(int at) {
        List<MapStep.Entry> entries = new ArrayList<>();
        int count = random.nextInt(MOST_IN_GROUP);
        for (int i = 0; i < count; i++) {
            entries.add(new MapStep.Entry(newOrKnownKey(), Keys.value(random)));
        }
        if (random.nextBoolean()) {
            entries.sort(Comparator.comparing(MapStep.Entry::key));
        }
        return new MapStep.PutAll(entries, at);
    }

    private Bytes newOrKnownKey() {
        if (!known.isEmpty() && random.nextInt(4) == 0) {
            return knownKey();
        }
        Bytes key = strays && random.nextInt(30) == 0 ? stray() : family.key(random, made++);
        known.add(key);
        return key;
    }

    private Bytes stray() {
        Keys other = random.nextBoolean() ? Keys.TAILS : Keys.RANDOM_16;
        return known.isEmpty() || random.nextBoolean() ? other.key(random, made) : Keys.near(random, knownKey());
    }

    /** One that is there, was there, or is close to one. */
    private Bytes someKey() {
        if (known.isEmpty()) {
            return family.key(random, made);
        }
        return random.nextInt(3) == 0 ? Keys.near(random, knownKey()) : knownKey();
    }

    private Bytes knownKey() {
        return known.get(random.nextInt(known.size()));
    }

    private Bytes bound() {
        return random.nextInt(3) == 0 ? null : someKey();
    }
}
