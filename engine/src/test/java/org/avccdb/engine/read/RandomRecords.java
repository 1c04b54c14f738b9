package org.avccdb.engine.read;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.avccdb.VersionedValue;
import org.avccdb.engine.keys.RecordType;

/** Random writes to few keys, how they may be spread over runs, and what a reader must see of them, found the slow way. */
final class RandomRecords {
    private final Random random;
    private final List<byte[]> keys = new ArrayList<>();
    private final List<Rec> all = new ArrayList<>();
    private final int versions;

    RandomRecords(Random random, int keyCount, int writes) {
        this.random = random;
        this.versions = 1 + random.nextInt(random.nextInt(4) == 0 ? 60 : 6);
        Set<String> names = new HashSet<>();
        while (keys.size() < keyCount) {
            byte[] key = new byte[random.nextInt(4)];
            for (int i = 0; i < key.length; i++) {
                key[i] = (byte) (random.nextInt(4) * 0x55);
            }
            if (names.add(Arrays.toString(key)) || names.size() > 40) {
                keys.add(key);
            }
        }
        keys.sort(Arrays::compareUnsigned);
        int deletesIn = 2 + random.nextInt(30);
        for (int sequence = 1; sequence <= writes; sequence++) {
            all.add(write(sequence, deletesIn));
        }
    }

    private Rec write(long sequence, int deletesIn) {
        byte[] key = keys.get(random.nextInt(keys.size()));
        int kind = random.nextInt(deletesIn);
        if (kind == 0) {
            return new Rec(key, Long.MAX_VALUE, sequence, RecordType.KEY_DELETE, new byte[0]);
        }
        long version = writtenVersion();
        if (kind == 1) {
            return new Rec(key, version, sequence, RecordType.VERSION_DELETE, new byte[0]);
        }
        byte[] value = new byte[valueLength()];
        random.nextBytes(value);
        return new Rec(key, version, sequence, RecordType.PUT, value);
    }

    private int valueLength() {
        return switch (random.nextInt(100)) {
            case 0 -> 20_000;
            case 1, 2, 3, 4 -> random.nextInt(2000);
            default -> random.nextInt(30);
        };
    }

    private long writtenVersion() {
        int version = random.nextInt(versions + 1);
        return version == 5 ? Long.MAX_VALUE - 1 : version;
    }

    List<Rec> all() {
        return all;
    }

    List<byte[]> keys() {
        return keys;
    }

    long lastSequence() {
        return all.size();
    }

    /** One that was written, or one beside it. */
    byte[] anyKey() {
        byte[] key = keys.get(random.nextInt(keys.size()));
        return switch (random.nextInt(6)) {
            case 0 -> Arrays.copyOf(key, key.length + 1);
            case 1 -> Arrays.copyOf(key, key.length / 2);
            default -> key;
        };
    }

    long anyVersion() {
        return random.nextInt(10) == 0 ? Long.MAX_VALUE - random.nextInt(2) : random.nextInt(versions + 2);
    }

    /** The records as runs, newest first: for each key, a newer run has the higher sequence numbers. */
    List<List<Rec>> spread(int count) {
        List<List<Rec>> runs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            runs.add(new ArrayList<>());
        }
        for (byte[] key : distinctKeys()) {
            List<Rec> ofKey =
                    all.stream().filter(rec -> Arrays.equals(rec.key(), key)).toList();
            int[] places = random.ints(ofKey.size(), 0, count).sorted().toArray();
            for (int i = 0; i < places.length; i++) {
                // The oldest record goes to the last of the runs.
                runs.get(count - 1 - places[i]).add(ofKey.get(i));
            }
        }
        runs.forEach(run -> run.sort(Rec.ORDER));
        return runs;
    }

    /**
     * The records as a database would have them: memtables and tables of level 0, which share out the sequence numbers among
     * them, newest first; then levels, to which of each key the oldest records have sunk, as far as each time it happened.
     */
    List<List<Rec>> layered(int young, int levels) {
        List<List<Rec>> runs = new ArrayList<>();
        for (int i = 0; i < young + levels; i++) {
            runs.add(new ArrayList<>());
        }
        long[] cuts = random.longs(young - 1L, 0, all.size() + 1L).sorted().toArray();
        for (byte[] key : distinctKeys()) {
            List<Rec> ofKey =
                    all.stream().filter(rec -> Arrays.equals(rec.key(), key)).toList();
            int sunk = levels == 0 ? 0 : random.nextInt(ofKey.size() + 1);
            int[] depths = random.ints(sunk, 0, Math.max(1, levels)).sorted().toArray();
            for (int i = 0; i < ofKey.size(); i++) {
                Rec rec = ofKey.get(i);
                if (i < sunk) {
                    runs.get(young + levels - 1 - depths[i]).add(rec);
                } else {
                    int older = 0;
                    while (older < cuts.length && cuts[older] < rec.sequence()) {
                        older++;
                    }
                    runs.get(young - 1 - older).add(rec);
                }
            }
        }
        runs.forEach(run -> run.sort(Rec.ORDER));
        return runs;
    }

    List<byte[]> distinctKeys() {
        List<byte[]> distinct = new ArrayList<>();
        for (byte[] key : keys) {
            if (distinct.isEmpty() || !Arrays.equals(distinct.get(distinct.size() - 1), key)) {
                distinct.add(key);
            }
        }
        return distinct;
    }

    /** All live versions of a key, ascending. */
    static List<VersionedValue> history(List<Rec> records, byte[] key, long upTo, long min, long max) {
        long deleted = 0;
        Map<Long, Rec> deciding = new TreeMap<>();
        for (Rec rec : records) {
            if (!Arrays.equals(rec.key(), key) || rec.sequence() > upTo) {
                continue;
            }
            if (rec.type() == RecordType.KEY_DELETE) {
                deleted = Math.max(deleted, rec.sequence());
            } else {
                deciding.merge(rec.version(), rec, (a, b) -> a.sequence() > b.sequence() ? a : b);
            }
        }
        List<VersionedValue> live = new ArrayList<>();
        for (Rec rec : deciding.values()) {
            if (rec.isPut() && rec.sequence() > deleted && rec.version() >= min && rec.version() <= max) {
                live.add(new VersionedValue(rec.value(), rec.version(), rec.sequence()));
            }
        }
        return live;
    }
}
