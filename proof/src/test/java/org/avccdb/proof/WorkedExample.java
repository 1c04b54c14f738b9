package org.avccdb.proof;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The example of FORMAT.md: three records in one block; asked for the latest value of the first. */
final class WorkedExample {
    static final Rec A = Rec.put("a", 1, 1, "x");
    static final Rec B = Rec.put("b", 2, 2, "a value of thirty-four bytes: 34..");
    static final Rec C = Rec.keyDelete("c", 3);
    static final ReferenceDatabase DATABASE = new ReferenceDatabase(
            HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f"),
            0,
            3,
            List.of(new ReferenceDatabase.Run(
                    1,
                    0,
                    List.of(new ReferenceDatabase.Table(List.of(new ReferenceDatabase.Block(List.of(A, B, C))))))));

    private WorkedExample() {}

    static byte[] proof() {
        return Asked.latest(A.key).encoded(new ReferenceProver(DATABASE));
    }

    /** Hashes by name, from the leaves up. */
    static Map<String, String> hashes() {
        ReferenceDatabase.Run run = DATABASE.runs.get(0);
        ReferenceDatabase.Table table = run.tables.get(0);
        List<byte[]> leaves = new ArrayList<>(table.blocks.get(0).leaves());
        Map<String, String> hashes = new LinkedHashMap<>();
        hashes.put("VALUE of b", hex(B.open(false).value()));
        hashes.put("LEAF a", hex(leaves.get(0)));
        hashes.put("LEAF b", hex(leaves.get(1)));
        hashes.put("LEAF c", hex(leaves.get(2)));
        hashes.put("NODE of a and b", hex(NaiveTree.root(1, leaves.subList(0, 2))));
        hashes.put("MTH(leaves)", hex(NaiveTree.root(1, leaves)));
        hashes.put("BLOCK", hex(table.blocks.get(0).hash()));
        hashes.put("TABLE", hex(table.hash()));
        hashes.put("RUN", hex(run.hash()));
        hashes.put("MLEAF", hex(DATABASE.runLeaves().get(0)));
        hashes.put("MASTER", DATABASE.root().toString());
        return hashes;
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
