package org.avccdb.engine.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.avccdb.Compression;
import org.avccdb.CorruptionException;
import org.avccdb.engine.storage.FileNames;
import org.avccdb.engine.storage.SimulatedStorage;
import org.avccdb.memdb.MemoryLedger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever is changed in a table's file: the same answers, or an exception that says what is wrong and where. */
class TableDamageTest {
    private static final String FILE = FileNames.table(TestTable.NUMBER);

    private final MemoryLedger ledger = new MemoryLedger(Long.MAX_VALUE);
    private final SimulatedStorage storage = new SimulatedStorage();
    private final List<byte[]> keys = new ArrayList<>();
    private WholeTable sound;
    private int refused;
    private int harmless;

    private void write(Compression compression) {
        Random random = new Random(5);
        List<TestRecord> records = new RandomRecords(random, 100).list(40);
        TableSettings settings = new TableSettings(256, 4, compression, 10, false, HashWorker.NONE);
        TestTable.write(storage, settings, records, ledger);
        for (TestRecord record : records) {
            keys.add(record.key());
        }
        keys.add("absent".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        sound = read(storage);
        assertTrue(sound.walks().get(0).equals(records));
    }

    private WholeTable read(SimulatedStorage from) {
        try (BlockCache cache = new BlockCache(10_000, BlockCache.frameBytes(256), ledger)) {
            return WholeTable.read(from, keys, cache);
        }
    }

    private void check(SimulatedStorage damaged, String how) {
        try {
            assertEquals(sound, read(damaged), how);
            harmless++;
        } catch (CorruptionException found) {
            assertEquals(FILE, found.file());
            refused++;
        } catch (RuntimeException other) {
            throw new AssertionError(how, other);
        }
    }

    @AfterEach
    void nothingIsLeftBehind() {
        assertEquals(0, ledger.totalBytes(), ledger::toString);
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void anyByteChanged(Compression compression) {
        write(compression);
        long length = storage.length(FILE);
        for (long at = 0; at < length; at++) {
            for (int mask : new int[] {1 << (at % 8), 0xFF}) {
                storage.flipByte(FILE, at, mask);
                check(storage, "byte " + at + " ^ " + mask);
                storage.flipByte(FILE, at, mask);
            }
        }
        assertTrue(harmless < 2 * 2 * 63, harmless + " changes did no harm: more than the padding");
        assertTrue(refused > length);
    }

    @Test
    void anyLength() {
        write(Compression.LZ4);
        for (long length = storage.length(FILE) - 1; length >= 0; length--) {
            storage.truncate(FILE, length);
            check(storage, "cut to " + length);
        }
        assertEquals(0, harmless);
    }

    @Test
    void anySectorZeroed() {
        write(Compression.NONE);
        long length = storage.length(FILE);
        for (int size : new int[] {16, 100, 512}) {
            for (long at = 0; at + size <= length; at += size / 2) {
                SimulatedStorage damaged = storage.snapshot();
                damaged.zero(FILE, at, size);
                check(damaged, size + " bytes at " + at + " zeroed");
            }
        }
        assertTrue(refused > harmless);
    }

    @Test
    void anotherTableUnderTheName() {
        write(Compression.NONE);
        storage.rename(FILE, FileNames.table(43));
        storage.rename(FileNames.table(43), FileNames.table(44));
        storage.linkOrCopy(FileNames.table(44), storage.directory("other"));
        storage.rename(FileNames.table(44), FILE);
        check(storage, "back under its own name");
        assertEquals(1, harmless);
        SimulatedStorage other = storage.directory("other");
        other.rename(FileNames.table(44), FILE);
        check(other, "the same content under the same number");
        assertEquals(2, harmless);
        storage.rename(FILE, FileNames.table(9));
        CorruptionException refusal = org.junit.jupiter.api.Assertions.assertThrows(
                CorruptionException.class, () -> TableReader.open(storage, 9, null, false));
        assertTrue(refusal.getMessage().contains("table 42"), refusal::getMessage);
    }

    @Test
    void aBlockOfAnotherTableOrPlace() {
        // The same records, so the same blocks at the same places, but for the number.
        write(Compression.NONE);
        byte[] mine = TableBytes.read(storage, TestTable.NUMBER);
        List<TestRecord> records = sound.walks().get(0);
        TestTable.write(
                storage, 77, new TableSettings(256, 4, Compression.NONE, 10, false, HashWorker.NONE), records, ledger);
        byte[] other = TableBytes.read(storage, 77);
        byte[] mixed = mine.clone();
        System.arraycopy(
                other, 0, mixed, 0, (int) TableBytes.footer(mine).filter().offset());
        TableBytes.write(storage, TestTable.NUMBER, mixed);
        check(storage, "blocks of another table");
        assertEquals(1, refused);
    }

    @Test
    void verificationFindsWhatReadingFinds() {
        write(Compression.LZ4);
        long length = storage.length(FILE);
        for (long at = 0; at < length; at += 7) {
            storage.flipByte(FILE, at, 0x10);
            List<String> problems = new ArrayList<>();
            try {
                TableReader reader = TableReader.open(storage, TestTable.NUMBER, null, false);
                reader.verifyAll(problems::add);
                reader.close();
            } catch (CorruptionException found) {
                problems.add(found.getMessage());
            }
            assertFalse(problems.isEmpty(), "nothing found with byte " + at + " changed");
            assertTrue(problems.get(0).startsWith(FILE), problems::toString);
            storage.flipByte(FILE, at, 0x10);
        }
    }
}
