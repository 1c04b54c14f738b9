package org.avccdb.engine.table;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.avccdb.Compression;
import org.avccdb.engine.storage.SimulatedStorage;
import org.avccdb.memdb.MemoryLedger;
import org.junit.jupiter.api.Test;

/** A table as it is on disk, byte for byte. If this changes, old databases can no longer be read. */
class TableFormatTest {
    private static final String[] BYTES = {
        "2c01000000000000040000000200000002000000000000001a00000000656c70",
        "6f63697205000505076170706c65736576656e410500054302706c61696e2200",
        "07000261707269636f742707000006040014309b4f0000000000010000010000",
        "0001000000070000000000000000000000050007280561707269636f74612076",
        "616c7565206f6620736f6d65206c656e6774682c20746f20656e642074686520",
        "626c6f636b00f92b66c00b000000000000000100000001000000060000000000",
        "0000000000001900060800000000000162616e616e6166617220617761790027",
        "8ffad90000000000000000000000000000000000000000000000000000000000",
        "800000020800000000000000c001010400010010000020000000000080000000",
        "0008000000000009000000000000000000040000008040000000000000000000",
        "0100000006000000006d722f1c00000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "03000000000000000000000000000000000000000000000000746f6369727061",
        "000000000000006200000000000000005500000088000000ffffffffffffff7f",
        "ffffffffffffffff5500000000000000550000008a0000000500000000000000",
        "0100000000000100aa000000000000003900000093000000ffffffffffffff7f",
        "ffffffffffffffff0000070061707269636f7401006200978714ef0100000003",
        "0000002a00000000000000060000000000000001000000000000000100000000",
        "0000000a00000000000000000000000001000000000000000100000300000000",
        "00000025000000000000003a00000000000000e3000000000000005000000001",
        "0000002a0000000000000001000000020000000700000000000000012c010000",
        "0000000000000000010000010b0000000000000500060000000000d228e85fef",
        "e5f4e96170706c6562616e616e6107000000000000000800000000000000008f",
        "fc65c500010000000000004d0000000000000080010000000000009b00000000",
        "0000001b0200000000000000000000000000001b02000000000000c800000000",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000001000000000000000000000000000000000000002a00000000",
        "0000000000000011e2ecd8617663635461626c"
    };

    private final MemoryLedger ledger = new MemoryLedger(Long.MAX_VALUE);
    private final SimulatedStorage storage = new SimulatedStorage();

    private static List<TestRecord> records() {
        return List.of(
                TestRecord.put(key("apple"), 7, 300, key("seven")),
                TestRecord.put(key("apple"), 0, 10, key("plain")),
                TestRecord.keyDelete(key("apricot"), 301),
                TestRecord.versionDelete(key("apricot"), 6, 302),
                TestRecord.put(key("apricot"), 5, 1L << 40, key("a value of some length, to end the block")),
                TestRecord.put(key("banana"), 1L << 40, 11, key("far away")));
    }

    private static byte[] key(String text) {
        return text.getBytes(US_ASCII);
    }

    @Test
    void writingGivesTheseBytes() {
        TestTable.write(
                storage, new TableSettings(110, 2, Compression.NONE, 10, false, HashWorker.NONE), records(), ledger);
        byte[] written = TableBytes.read(storage, TestTable.NUMBER);
        List<String> lines = new ArrayList<>();
        for (int at = 0; at < written.length; at += 32) {
            lines.add(HexFormat.of().formatHex(written, at, Math.min(at + 32, written.length)));
        }
        assertEquals(String.join("\n", BYTES), String.join("\n", lines));
    }

    @Test
    void readingThemGivesTheRecords() {
        TableBytes.write(storage, TestTable.NUMBER, HexFormat.of().parseHex(String.join("", BYTES)));
        TableReader reader = TableReader.open(storage, TestTable.NUMBER, null, true);
        TableCursor cursor = new TableCursor();
        cursor.attach(reader);
        for (TestRecord record : records()) {
            assertTrue(cursor.next());
            assertEquals(record, TestRecord.of(cursor));
        }
        cursor.detach();
        List<String> problems = new ArrayList<>();
        reader.verifyAll(problems::add);
        assertEquals(List.of(), problems);
        reader.close();
    }
}
