package org.avccdb.engine.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.Compression;
import org.avccdb.CorruptionException;
import org.avccdb.engine.storage.SimulatedStorage;
import org.avccdb.engine.table.FooterDescriptor.Section;
import org.avccdb.memdb.MemoryLedger;
import org.junit.jupiter.api.Test;

/**
 * Tables whose checks are right and whose content is not: no answer is promised, but there is one soon, or an exception that
 * says that the table is damaged.
 */
class CraftedTableTest {
    private static final int ROUNDS = 1000;
    private static final long MEMORY_LIMIT = 8 << 20;

    private final MemoryLedger ledger = new MemoryLedger(MEMORY_LIMIT);
    private final SimulatedStorage storage = new SimulatedStorage();
    private final List<byte[]> keys = new ArrayList<>();
    private int refused;

    /** What can be crafted. */
    private enum Part {
        BLOCK,
        INDEX,
        FILTER,
        PROPERTIES,
        FOOTER
    }

    private byte[] write(Compression compression, long seed) {
        List<TestRecord> records = new RandomRecords(new Random(seed), 100).list(60);
        TestTable.write(storage, new TableSettings(256, 4, compression, 10, false, HashWorker.NONE), records, ledger);
        keys.clear();
        records.forEach(record -> keys.add(record.key()));
        return TableBytes.read(storage, TestTable.NUMBER);
    }

    @Test
    void blocks() {
        craft(Part.BLOCK, Compression.NONE);
    }

    @Test
    void compressedBlocks() {
        craft(Part.BLOCK, Compression.LZ4);
        craft(Part.BLOCK, Compression.ZSTD);
    }

    @Test
    void indexes() {
        craft(Part.INDEX, Compression.NONE);
    }

    @Test
    void filters() {
        craft(Part.FILTER, Compression.NONE);
    }

    @Test
    void properties() {
        craft(Part.PROPERTIES, Compression.LZ4);
    }

    @Test
    void footers() {
        craft(Part.FOOTER, Compression.NONE);
    }

    private void craft(Part part, Compression compression) {
        byte[] table = write(compression, 11);
        for (int round = 0; round < ROUNDS; round++) {
            Random random = new Random(round);
            byte[] crafted = table.clone();
            change(part, crafted, random);
            TableBytes.write(storage, TestTable.NUMBER, crafted);
            try {
                check();
            } catch (RuntimeException | Error failure) {
                throw new AssertionError(part + ", " + compression + ", round " + round, failure);
            }
        }
        assertTrue(refused > 0, "nothing was refused");
        assertEquals(0, ledger.totalBytes(), ledger::toString);
    }

    private void check() {
        try (BlockCache cache = new BlockCache(10_000, BlockCache.frameBytes(256), ledger)) {
            WholeTable.read(storage, keys, cache);
        } catch (CorruptionException found) {
            refused++;
        }
        try {
            TableReader reader = TableReader.open(storage, TestTable.NUMBER, null, true);
            reader.verifyAll(problem -> {});
            reader.close();
        } catch (CorruptionException found) {
            refused++;
        }
    }

    private static void change(Part part, byte[] table, Random random) {
        FooterDescriptor.Footer footer = TableBytes.footer(table);
        switch (part) {
            case FOOTER -> {
                scramble(table, table.length - FooterDescriptor.LENGTH, 132, random);
                TableBytes.mendFooter(table);
            }
            case BLOCK -> changeBlock(table, random, footer);
            case INDEX -> changeSection(table, random, footer.index());
            case FILTER -> changeSection(table, random, footer.filter());
            case PROPERTIES -> changeSection(table, random, footer.properties());
        }
    }

    private static void changeSection(byte[] table, Random random, Section section) {
        int offset = (int) section.offset();
        int length = (int) section.length();
        // Most of what leads elsewhere is at one of the ends.
        int content = length - BlockDescriptor.TRAILER_LENGTH;
        int some = random.nextBoolean() ? Math.min(48, content) : content;
        scramble(table, random.nextBoolean() ? offset : offset + content - some, some, random);
        TableBytes.mend(table, offset, length);
    }

    private static void changeBlock(byte[] table, Random random, FooterDescriptor.Footer footer) {
        UnsafeBuffer section = new UnsafeBuffer(
                table, (int) footer.index().offset(), (int) footer.index().length());
        BlockIndex index = new BlockIndex(section, MemoryLedger.process());
        int block = random.nextInt(index.blocks());
        int offset = (int) index.offset(block);
        int length = index.storedLength(block);
        index.free();
        scramble(table, offset, length - BlockDescriptor.TRAILER_LENGTH, random);
        TableBytes.mend(table, offset, length);
    }

    private static void scramble(byte[] bytes, int offset, int length, Random random) {
        int changes = 1 + random.nextInt(random.nextInt(4) == 0 ? 40 : 3);
        for (int i = 0; i < changes; i++) {
            int at = offset + random.nextInt(length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) 0xFF;
                case 1 -> bytes[at] = 0;
                case 2 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                default -> bytes[at] = (byte) random.nextInt();
            }
        }
    }
}
