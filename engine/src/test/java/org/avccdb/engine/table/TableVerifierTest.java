package org.avccdb.engine.table;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.Compression;
import org.avccdb.engine.storage.SimulatedStorage;
import org.avccdb.engine.table.FooterDescriptor.Section;
import org.avccdb.memdb.MemoryLedger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tables whose checks are right, but whose parts do not fit each other. */
class TableVerifierTest {
    private final MemoryLedger ledger = new MemoryLedger(Long.MAX_VALUE);
    private final SimulatedStorage storage = new SimulatedStorage();
    private byte[] table;
    private UnsafeBuffer bytes;
    private FooterDescriptor.Footer footer;

    @BeforeEach
    void write() {
        List<TestRecord> records = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            records.add(TestRecord.put(new byte[] {'k', (byte) i}, 5, i, new byte[10]));
        }
        TestTable.write(
                storage, new TableSettings(256, 4, Compression.NONE, 10, false, HashWorker.NONE), records, ledger);
        table = TableBytes.read(storage, TestTable.NUMBER);
        bytes = new UnsafeBuffer(table);
        footer = TableBytes.footer(table);
    }

    private List<String> problems() {
        TableBytes.write(storage, TestTable.NUMBER, table);
        List<String> problems = new ArrayList<>();
        TableReader reader = TableReader.open(storage, TestTable.NUMBER, null, false);
        reader.verifyAll(problems::add);
        reader.close();
        return problems;
    }

    private void expect(String what) {
        List<String> problems = problems();
        assertTrue(problems.stream().anyMatch(problem -> problem.contains(what)), problems::toString);
    }

    private void mend(Section section) {
        TableBytes.mend(table, (int) section.offset(), (int) section.length());
    }

    private BlockIndex index() {
        UnsafeBuffer section = new UnsafeBuffer(
                table, (int) footer.index().offset(), (int) footer.index().length());
        return new BlockIndex(section, ledger);
    }

    private void mendFirstBlock() {
        TableBytes.mend(table, 0, index().storedLength(0));
    }

    /** Where a block's entry begins, for entries that are restarts. */
    private int restart(int number) {
        int restarts = bytes.getInt(BlockDescriptor.RESTARTS_OFFSET, LITTLE_ENDIAN);
        return BlockDescriptor.HEAD_LENGTH
                + restarts * BlockDescriptor.RESTART_LENGTH
                + bytes.getInt(BlockDescriptor.HEAD_LENGTH + number * Integer.BYTES, LITTLE_ENDIAN);
    }

    @Test
    void aSoundTableHasNoProblems() {
        assertEquals(List.of(), problems());
    }

    @Test
    void recordsOutOfOrder() {
        // The key of the second restart: flags, shared, unshared, value length, version, sequence, then "k" and a
        // number.
        int key = restart(1) + 6;
        assertEquals('k', table[key]);
        table[key + 1] = 1;
        mendFirstBlock();
        expect("not behind the one before");
    }

    @Test
    void aKeyThatTheFilterDoesNotKnow() {
        Section filter = footer.filter();
        Arrays.fill(table, (int) filter.offset(), (int) filter.offset() + FilterDescriptor.LINE_LENGTH, (byte) 0);
        mend(filter);
        expect("filter does not let through");
    }

    @Test
    void aWrongFence() {
        int blocks = index().blocks();
        int entry = (int) footer.index().offset() + IndexDescriptor.entries(blocks) + IndexDescriptor.ENTRY_LENGTH;
        int key = bytes.getInt(entry + IndexDescriptor.KEY_OFFSET_OFFSET, LITTLE_ENDIAN);
        int suffix = (int) footer.index().offset() + key + Short.BYTES;
        table[suffix]++;
        mend(footer.index());
        expect("wrong fence for block 1");
        expect("wrong digest for block 1");
        table[suffix] = (byte) (table[suffix] - 2);
        mend(footer.index());
        expect("wrong fence for block 1");
    }

    @Test
    void aWrongDigestInABlock() {
        int restarts = bytes.getInt(BlockDescriptor.RESTARTS_OFFSET, LITTLE_ENDIAN);
        table[BlockDescriptor.HEAD_LENGTH + restarts * Integer.BYTES]++;
        mendFirstBlock();
        expect("restart with a wrong digest");
    }

    @Test
    void aWrongCountOfRecordsInABlock() {
        bytes.putInt(
                BlockDescriptor.RECORDS_OFFSET,
                bytes.getInt(BlockDescriptor.RECORDS_OFFSET, LITTLE_ENDIAN) - 1,
                LITTLE_ENDIAN);
        mendFirstBlock();
        expect("that claims");
    }

    @Test
    void wrongProperties() {
        // Records, min and max sequence, max put version, user keys, key bytes, value bytes, longest block.
        for (int offset : new int[] {16, 40, 48, 56, 64, 72, 80, 96, 120, 128, 136, 144}) {
            byte[] sound = table.clone();
            int at = (int) footer.properties().offset() + offset;
            table[at] += (byte) (offset == 48 || offset == 16 ? 1 : offset == 40 ? 1 : -1);
            mend(footer.properties());
            expect("properties do not fit");
            System.arraycopy(sound, 0, table, 0, table.length);
        }
    }

    @Test
    void somethingBetweenTheSections() {
        int at = (int) footer.filter().end();
        assertTrue(at < footer.index().offset());
        table[at] = 1;
        expect("offset " + at + ": something where there should be nothing");
    }

    @Test
    void theRestIsVerifiedBehindADamagedBlock() {
        table[30] ^= 1;
        int second = (int) index().offset(1);
        table[second + 30] ^= 1;
        List<String> problems = problems();
        assertEquals(2, problems.size(), problems::toString);
        assertTrue(problems.get(0).contains("offset 0: wrong checksum"), problems::toString);
        assertTrue(problems.get(1).contains("offset " + second + ": wrong checksum"), problems::toString);
    }
}
