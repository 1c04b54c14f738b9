package org.avccdb.engine.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.Compression;
import org.avccdb.CorruptionException;
import org.avccdb.engine.storage.SimulatedStorage;
import org.avccdb.engine.table.FooterDescriptor.Section;
import org.avccdb.memdb.MemoryLedger;
import org.avccdb.proof.TreeShape;
import org.junit.jupiter.api.Test;

/** The tree of a table is the one that its records ask for, whatever is stored of it; and garbage is told from it. */
class TableTreeTest {
    private static final int LARGEST = 200;
    private static final int ROUNDS = 400;

    private final SimulatedStorage storage = new SimulatedStorage();
    private final MemoryLedger ledger = new MemoryLedger(8 << 20);
    private final LeafHasher hasher = new LeafHasher();

    private static byte[] sha256(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static byte[] naive(int kind, List<byte[]> leaves) {
        if (leaves.size() == 1) {
            return leaves.get(0);
        }
        int split = 1;
        while (2 * split < leaves.size()) {
            split *= 2;
        }
        return sha256(
                new byte[] {1, (byte) kind},
                naive(kind, leaves.subList(0, split)),
                naive(kind, leaves.subList(split, leaves.size())));
    }

    private static byte[] leaf(TestRecord record) {
        byte[] value = record.value().length <= 32 ? record.value() : sha256(new byte[] {2}, record.value());
        return sha256(
                ByteBuffer.allocate(10)
                        .put((byte) 0)
                        .put((byte) record.type())
                        .putInt(0)
                        .putInt(record.key().length)
                        .array(),
                record.key(),
                ByteBuffer.allocate(20)
                        .putLong(record.version())
                        .putLong(record.sequence())
                        .putInt(record.value().length)
                        .array(),
                value);
    }

    private static byte[] block(List<byte[]> leaves) {
        return sha256(ByteBuffer.allocate(5).put((byte) 3).putInt(leaves.size()).array(), naive(1, leaves));
    }

    private static List<TestRecord> numbered(int count) {
        List<TestRecord> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] key = ByteBuffer.allocate(4).putInt(i).array();
            records.add(TestRecord.put(key, i % 3, 1 + i, new byte[i % 70]));
        }
        return records;
    }

    private static TableSettings settings(int blockBytes, Compression compression) {
        return new TableSettings(blockBytes, 4, compression, 10, true, HashWorker.NONE);
    }

    /** One record in a block each, so that there are as many blocks as records. */
    @Test
    void subtreesOfBlocksAreThoseOfTheDefinition() {
        Random random = new Random(1);
        for (int count = 1; count <= LARGEST; count++) {
            List<TestRecord> records = numbered(count);
            TestTable.write(storage, settings(1, Compression.NONE), records, ledger);
            List<byte[]> blocks =
                    records.stream().map(record -> block(List.of(leaf(record)))).toList();
            TableReader reader = TableReader.open(storage, TestTable.NUMBER, null, false);
            TableTree tree = new TableTree(hasher, new SubtreeCache(1 << 16));
            tree.attach(reader);
            assertEquals(count, tree.summary().blocks());
            checkSubtree(tree, blocks, 0, count);
            for (int i = 0; i < 12; i++) {
                int from = random.nextInt(count);
                int to = from + 1 + random.nextInt(count - from);
                TreeShape.siblings(count, from, to, (start, end) -> checkSubtree(tree, blocks, (int) start, (int) end));
            }
            tree.detach();
            reader.close();
        }
        assertEquals(0, ledger.totalBytes(), ledger::toString);
    }

    private static void checkSubtree(TableTree tree, List<byte[]> blocks, int from, int to) {
        byte[] hash = new byte[40];
        tree.subtree(from, to, hash, 3);
        byte[] found = Arrays.copyOfRange(hash, 3, 35);
        assertArrayEquals(naive(2, blocks.subList(from, to)), found, from + " to " + to + " of " + blocks.size());
    }

    @Test
    void leavesAndPlacesAreThoseOfTheRecords() {
        for (long seed = 0; seed < 6; seed++) {
            Random random = new Random(seed);
            List<TestRecord> records = new RandomRecords(random, 400).list(20 + random.nextInt(900));
            TableSettings settings = settings(1 << (5 + random.nextInt(9)), TestTable.compression(random));
            TestTable.write(storage, settings, records, ledger);
            TableReader reader = TableReader.open(storage, TestTable.NUMBER, null, false);
            TableTree tree = new TableTree(hasher, new SubtreeCache(1 << 16));
            tree.attach(reader);
            int at = 0;
            byte[] hash = new byte[32];
            for (int block = 0; block < tree.summary().blocks(); block++) {
                int count = tree.records(block);
                List<byte[]> leaves = records.subList(at, at + count).stream()
                        .map(TableTreeTest::leaf)
                        .toList();
                tree.subtree(block, block + 1, hash, 0);
                assertArrayEquals(block(leaves), hash);
                int current = block;
                int opened = random.nextInt(count);
                TreeShape.siblings(count, opened, opened + 1, (from, to) -> {
                    byte[] sibling = new byte[32];
                    tree.leaves(current, from, to, sibling, 0);
                    assertArrayEquals(naive(1, leaves.subList((int) from, (int) to)), sibling);
                });
                for (int i = 0; i < count; i++) {
                    TestRecord record = records.get(at + i);
                    assertArrayEquals(record.key(), tree.leaf(block, i).key());
                    assertEquals(record.sequence(), tree.leaf(block, i).sequence());
                    tree.leaves(block, i, i + 1, hash, 0);
                    assertArrayEquals(leaves.get(i), hash);
                    boolean isHead = at + i == 0
                            || !Arrays.equals(records.get(at + i - 1).key(), record.key());
                    if (isHead) {
                        assertEquals(((long) block << 32) | i, tree.find(record.key()));
                    }
                }
                at += count;
            }
            assertEquals(records.size(), at);
            tree.detach();
            reader.close();
        }
    }

    @Test
    void hashBlocksOfADataBlockAreOfAboutOneSize() {
        for (int records = 1; records < 700; records++) {
            int blocks = HashBlocks.count(records);
            assertEquals(0, HashBlocks.start(records, 0));
            assertEquals(records, HashBlocks.start(records, blocks));
            for (int block = 0; block < blocks; block++) {
                int size = HashBlocks.start(records, block + 1) - HashBlocks.start(records, block);
                assertTrue(size >= 1 && size <= 48 && Math.abs(size - records / blocks) <= 1);
            }
            for (int record = 0; record < records; record++) {
                int block = HashBlocks.of(records, record);
                assertTrue(HashBlocks.start(records, block) <= record);
                assertTrue(HashBlocks.start(records, block + 1) > record);
            }
        }
    }

    /** Bytes that are no rows are refused, with a reason, whatever they claim to be. */
    @Test
    void garbageIsNotRows() {
        Random random = new Random(2);
        HashList rows = new HashList(ledger);
        rows.add(new byte[32 * 40], 40);
        UnsafeBuffer firsts = new UnsafeBuffer(new byte[20 * Integer.BYTES]);
        for (int i = 0; i < 20; i++) {
            firsts.putInt(i * Integer.BYTES, 2 * i);
        }
        byte[] sound = new byte[RowsDescriptor.length(rows, 20)];
        RowsDescriptor.encode(rows, firsts, 20, hasher.rules(), new UnsafeBuffer(sound));
        rows.free();
        assertNull(RowsDescriptor.problem(new UnsafeBuffer(sound), sound.length, 20));
        int refused = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] garbage = sound.clone();
            int length = random.nextInt(3) == 0 ? random.nextInt(sound.length + 1) : sound.length;
            for (int i = random.nextInt(4); i >= 0; i--) {
                garbage[random.nextInt(100)] = (byte) (random.nextBoolean() ? 0xFF : random.nextInt());
            }
            refused += RowsDescriptor.problem(new UnsafeBuffer(garbage, 0, length), length, 20) == null ? 0 : 1;
        }
        assertTrue(refused > 15_000, refused + " were refused");
    }

    /** Tables with right checks and wrong content: their trees have wrong hashes, or they are corrupt, and that is all. */
    @Test
    void craftedTablesAreCorruptOrHaveOtherHashes() {
        List<TestRecord> records = new RandomRecords(new Random(3), 60).list(120);
        TestTable.write(storage, settings(256, Compression.NONE), records, ledger);
        byte[] table = TableBytes.read(storage, TestTable.NUMBER);
        FooterDescriptor.Footer footer = TableBytes.footer(table);
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Random random = new Random(round);
            byte[] crafted = table.clone();
            Section section = round % 2 == 0 ? footer.rows() : footer.properties();
            int offset = (int) section.offset();
            int content = (int) section.length() - BlockDescriptor.TRAILER_LENGTH;
            for (int i = random.nextInt(3); i >= 0; i--) {
                int within = random.nextBoolean() ? Math.min(content, 80) : content;
                crafted[offset + random.nextInt(within)] = (byte) (random.nextBoolean() ? 0 : random.nextInt());
            }
            TableBytes.mend(crafted, offset, (int) section.length());
            TableBytes.write(storage, TestTable.NUMBER, crafted);
            try {
                walk(records);
            } catch (CorruptionException found) {
                refused++;
            } catch (RuntimeException | Error failure) {
                throw new AssertionError("round " + round, failure);
            }
        }
        assertTrue(refused > 0 && refused < ROUNDS, refused + " were refused");
        assertEquals(0, ledger.totalBytes(), ledger::toString);
    }

    /** As whoever proves walks: to a key that is at most the last one. */
    private void walk(List<TestRecord> records) {
        TableReader reader = TableReader.open(storage, TestTable.NUMBER, null, true);
        TableTree tree = new TableTree(hasher, new SubtreeCache(1 << 16));
        try {
            tree.attach(reader);
            byte[] hash = new byte[32];
            tree.subtree(0, tree.summary().blocks(), hash, 0);
            assertTrue(tree.find(tree.summary().lastKey()) >= 0, "its own last key is behind all of its records");
            for (TestRecord record : records) {
                if (Arrays.compareUnsigned(tree.summary().lastKey(), record.key()) >= 0) {
                    long place = tree.find(record.key());
                    int block = (int) (place >>> 32);
                    assertTrue(tree.records(block) > (int) place);
                    assertTrue(tree.leaf(block, (int) place).key().length <= 65_535);
                    tree.leaves(block, 0, tree.records(block), hash, 0);
                }
            }
            for (int block = 0; block < tree.summary().blocks(); block++) {
                assertTrue(tree.records(block) > 0);
            }
        } finally {
            tree.detach();
            reader.close();
        }
    }
}
