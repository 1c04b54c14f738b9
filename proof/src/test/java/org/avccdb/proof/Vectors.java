package org.avccdb.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Test vectors for verifiers in any language: text, one "name: value" a line, an empty line behind each vector; bytes in
 * hexadecimal digits, "-" where there are none. Run {@link #main} with the folder of the resources to write them anew.
 */
final class Vectors {
    private static final HexFormat HEX = HexFormat.of();

    private Vectors() {}

    /**
     * Writes all files.
     *
     * @param args the folder
     */
    public static void main(String[] args) throws IOException {
        for (QuestionKind kind : QuestionKind.values()) {
            Files.writeString(Path.of(args[0], fileName(kind)), text(kind));
        }
    }

    static String fileName(QuestionKind kind) {
        return kind.name().toLowerCase(Locale.ROOT) + ".txt";
    }

    /** All vectors of a kind. */
    static String text(QuestionKind kind) {
        StringBuilder out = new StringBuilder();
        for (ReferenceDatabase database : List.of(empty(), arbitrary(), monotone())) {
            ReferenceProver prover = new ReferenceProver(database);
            for (Asked asked : questions()) {
                if (asked.kind() == kind) {
                    byte[] proof = asked.encoded(prover);
                    append(out, asked, database.root(), proof, asked.verify(database.root(), proof));
                    byte[] forged = proof.clone();
                    forged[forged.length - 1] ^= 1;
                    append(out, asked, database.root(), forged, "rejected");
                }
            }
        }
        return out.toString();
    }

    private static void append(StringBuilder out, Asked asked, MasterRoot root, byte[] proof, String answer) {
        out.append("question: ").append(asked.kind()).append('\n');
        if (asked.kind() == QuestionKind.RANGE) {
            out.append("from: ").append(hex(asked.key())).append('\n');
            out.append("to: ")
                    .append(asked.to() == null ? "no bound" : hex(asked.to()))
                    .append('\n');
            out.append("limit: ").append(asked.limit()).append('\n');
        } else {
            out.append("key: ").append(hex(asked.key())).append('\n');
            out.append("min: ").append(asked.min()).append('\n');
            out.append("max: ").append(asked.max()).append('\n');
        }
        out.append("root: ").append(root).append('\n');
        out.append("proof: ").append(hex(proof)).append('\n');
        out.append("answer: ").append(answer).append("\n\n");
    }

    private static String hex(byte[] bytes) {
        return bytes.length == 0 ? "-" : HEX.formatHex(bytes);
    }

    /** The question that a vector asks; its lines as a map. */
    static Asked parse(Map<String, String> vector) {
        QuestionKind kind = QuestionKind.valueOf(vector.get("question"));
        if (kind == QuestionKind.RANGE) {
            String to = vector.get("to");
            return Asked.range(
                    bytes(vector.get("from")),
                    to.equals("no bound") ? null : bytes(to),
                    Integer.parseInt(vector.get("limit")));
        }
        return new Asked(
                kind,
                bytes(vector.get("key")),
                Long.parseLong(vector.get("min")),
                Long.parseLong(vector.get("max")),
                null,
                0);
    }

    static byte[] bytes(String hex) {
        return hex.equals("-") ? new byte[0] : HEX.parseHex(hex);
    }

    private static List<Asked> questions() {
        List<Asked> questions = new ArrayList<>();
        for (String text : List.of("", "apple", "banana", "cherry", "cherry\0", "date", "fig", "\u00FF")) {
            byte[] key = Rec.bytes(text);
            questions.add(Asked.latest(key));
            questions.add(Asked.version(key, 5));
            questions.add(Asked.asOf(key, 0));
            questions.add(Asked.asOf(key, 6));
            questions.add(Asked.history(key, 0, 0));
            questions.add(Asked.history(key, 4, 6));
            questions.add(Asked.history(key, 6, 4));
            questions.add(Asked.range(key, null, 2));
        }
        questions.add(Asked.range(new byte[0], null, 100));
        questions.add(Asked.range(new byte[0], new byte[0], 1));
        questions.add(Asked.range(Rec.bytes("b"), Rec.bytes("d"), 3));
        questions.add(Asked.range(Rec.bytes("b"), Rec.bytes("d"), 1));
        questions.add(Asked.range(Rec.bytes("x"), Rec.bytes("y"), 1));
        return questions;
    }

    private static byte[] id(int first) {
        byte[] id = new byte[16];
        for (int i = 0; i < id.length; i++) {
            id[i] = (byte) (first + i);
        }
        return id;
    }

    private static ReferenceDatabase empty() {
        return new ReferenceDatabase(id(0), 0, 0, List.of());
    }

    @SafeVarargs
    private static ReferenceDatabase.Table table(List<Rec>... blocks) {
        List<ReferenceDatabase.Block> list = new ArrayList<>();
        for (List<Rec> block : blocks) {
            list.add(new ReferenceDatabase.Block(block));
        }
        return new ReferenceDatabase.Table(list);
    }

    private static ReferenceDatabase arbitrary() {
        String longValue = "a value that is longer than thirty-two bytes";
        return new ReferenceDatabase(
                id(16),
                0,
                30,
                List.of(
                        new ReferenceDatabase.Run(
                                1,
                                0,
                                List.of(table(List.of(
                                        Rec.versionDelete("banana", 8, 29),
                                        Rec.put("cherry", 5, 27, longValue),
                                        Rec.keyDelete("date", 28))))),
                        new ReferenceDatabase.Run(
                                2,
                                0,
                                List.of(table(
                                        List.of(Rec.put("apple", 0, 15, "plain"), Rec.put("banana", 8, 16, "eight")),
                                        List.of(Rec.put("cherry", 6, 17, "six"), Rec.put("cherry", 5, 14, "old five")),
                                        List.of(Rec.put("date", 9, 13, "hidden"))))),
                        new ReferenceDatabase.Run(
                                3,
                                1,
                                List.of(
                                        table(
                                                List.of(
                                                        Rec.put("banana", 5, 3, longValue),
                                                        Rec.put("banana", 0, 4, ""),
                                                        Rec.put("cherry", 4, 5, "four")),
                                                List.of(Rec.put("cherry", 0, 6, "plain"))),
                                        table(List.of(Rec.put("date", 5, 7, "hidden too"))),
                                        table(List.of(Rec.put("fig", 7, 8, "seven"), Rec.put("fig", 2, 9, "two")))))));
    }

    private static ReferenceDatabase monotone() {
        return new ReferenceDatabase(
                id(32),
                1,
                9,
                List.of(
                        new ReferenceDatabase.Run(1, 0, List.of(table(List.of(Rec.put("banana", 7, 9, "seven"))))),
                        new ReferenceDatabase.Run(
                                3,
                                6,
                                List.of(table(
                                        List.of(Rec.put("apple", 5, 4, "five"), Rec.put("apple", 4, 2, "four")),
                                        List.of(Rec.put("banana", 6, 8, "six")))))));
    }
}
