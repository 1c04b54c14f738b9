package org.avccdb.proof;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Random writes, and a database of any shape that holds them: runs, tables and blocks are cut anywhere they may be. */
final class RandomDatabase {
    private static final byte[] ALPHABET = {0, 'a', (byte) 0xFF};
    private static final int[] VALUE_LENGTHS = {0, 1, 32, 33, 100};

    final Random random;
    final List<Rec> writes = new ArrayList<>();
    final Oracle oracle;
    final ReferenceDatabase database;
    final ReferenceProver prover;
    final int maxVersion;

    RandomDatabase(long seed) {
        random = new Random(seed);
        boolean monotone = random.nextInt(3) == 0;
        maxVersion = 1 + random.nextInt(6);
        int count = random.nextInt(4) == 0 ? random.nextInt(4) : random.nextInt(50);
        long version = 1;
        for (int i = 1; i <= count; i++) {
            version = monotone ? Math.min(maxVersion, version + random.nextInt(6) / 5) : random.nextInt(maxVersion + 1);
            writes.add(randomWrite(i, version));
        }
        oracle = new Oracle(writes);
        byte[] id = new byte[16];
        random.nextBytes(id);
        database = new ReferenceDatabase(id, monotone ? 1 : 0, count, cutIntoRuns());
        prover = new ReferenceProver(database);
    }

    private Rec randomWrite(long sequence, long version) {
        byte[] key = randomKey();
        int what = random.nextInt(10);
        if (what == 0) {
            return new Rec(2, key, Long.MAX_VALUE, sequence, new byte[0]);
        }
        if (what < 3) {
            return new Rec(3, key, random.nextInt(maxVersion + 1), sequence, new byte[0]);
        }
        byte[] value = new byte[VALUE_LENGTHS[random.nextInt(VALUE_LENGTHS.length)]];
        random.nextBytes(value);
        return new Rec(1, key, version, sequence, value);
    }

    byte[] randomKey() {
        byte[] key = new byte[random.nextInt(4)];
        for (int i = 0; i < key.length; i++) {
            key[i] = ALPHABET[random.nextInt(ALPHABET.length)];
        }
        return key;
    }

    /** For each key alone, later writes are in newer runs. */
    private List<ReferenceDatabase.Run> cutIntoRuns() {
        int runs = 1 + random.nextInt(6);
        List<List<Rec>> content = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            content.add(new ArrayList<>());
        }
        Map<String, Integer> runOfKey = new HashMap<>();
        boolean inOrder = random.nextBoolean();
        for (int i = 0; i < writes.size(); i++) {
            Rec write = writes.get(i);
            int run = inOrder
                    ? runs - 1 - i * runs / writes.size()
                    : runOfKey.getOrDefault(Arrays.toString(write.key), runs - 1) - random.nextInt(4) / 3;
            run = Math.max(0, run);
            runOfKey.put(Arrays.toString(write.key), run);
            content.get(run).add(write);
        }
        List<ReferenceDatabase.Run> result = new ArrayList<>();
        for (List<Rec> records : content) {
            if (!records.isEmpty()) {
                result.add(cutIntoTables(random.nextBoolean() ? withoutHidden(records) : records));
            }
        }
        return result;
    }

    /** As a compaction would leave them. */
    private static List<Rec> withoutHidden(List<Rec> records) {
        List<Rec> kept = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        Set<String> deleted = new HashSet<>();
        for (int i = records.size() - 1; i >= 0; i--) {
            Rec r = records.get(i);
            String key = Arrays.toString(r.key);
            if (!deleted.contains(key) && seen.add(key + r.version)) {
                kept.add(r);
            }
            if (r.type == 2) {
                deleted.add(key);
            }
        }
        return kept;
    }

    private ReferenceDatabase.Run cutIntoTables(List<Rec> unsorted) {
        List<Rec> records = new ArrayList<>(unsorted);
        records.sort(Rec.ORDER);
        int meanTable = 1 + random.nextInt(12);
        int meanBlock = 1 + random.nextInt(6);
        List<ReferenceDatabase.Table> tables = new ArrayList<>();
        List<ReferenceDatabase.Block> blocks = new ArrayList<>();
        List<Rec> block = new ArrayList<>();
        for (int i = 0; i < records.size(); i++) {
            boolean newKey = i > 0 && !Arrays.equals(records.get(i).key, records.get(i - 1).key);
            boolean newTable = newKey && random.nextInt(meanTable) == 0;
            if (i > 0 && (newTable || random.nextInt(meanBlock) == 0)) {
                blocks.add(new ReferenceDatabase.Block(block));
                block = new ArrayList<>();
            }
            if (newTable) {
                tables.add(new ReferenceDatabase.Table(blocks));
                blocks = new ArrayList<>();
            }
            block.add(records.get(i));
        }
        blocks.add(new ReferenceDatabase.Block(block));
        tables.add(new ReferenceDatabase.Table(blocks));
        int kind = tables.size() == 1 ? 1 + random.nextInt(3) : 3;
        return new ReferenceDatabase.Run(kind, kind == 3 ? 1 + random.nextInt(6) : 0, tables);
    }
}
