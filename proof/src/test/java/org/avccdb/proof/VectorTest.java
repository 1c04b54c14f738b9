package org.avccdb.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The checked-in vectors hold, and would be written again byte for byte. */
class VectorTest {
    private static String checkedIn(QuestionKind kind) throws IOException {
        try (InputStream in = VectorTest.class.getResourceAsStream("/vectors/" + Vectors.fileName(kind))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @EnumSource(QuestionKind.class)
    void theyAreWrittenAgainAsTheyAre(QuestionKind kind) throws IOException {
        assertEquals(checkedIn(kind), Vectors.text(kind));
    }

    @ParameterizedTest
    @EnumSource(QuestionKind.class)
    void theyHold(QuestionKind kind) throws IOException {
        String[] vectors = checkedIn(kind).split("\n\n", 0);
        assertTrue(vectors.length >= 30, "vectors: " + vectors.length);
        for (String text : vectors) {
            Map<String, String> vector = new HashMap<>();
            text.lines().forEach(line -> {
                int colon = line.indexOf(": ");
                vector.put(line.substring(0, colon), line.substring(colon + 2));
            });
            MasterRoot root = MasterRoot.of(Vectors.bytes(vector.get("root")));
            String got = Vectors.parse(vector).verifyOrReject(root, Vectors.bytes(vector.get("proof")));
            assertEquals(vector.get("answer"), got == null ? "rejected" : got, text);
        }
    }

    @Test
    void theyShowEveryKindOfAnswer() throws IOException {
        assertTrue(checkedIn(QuestionKind.LATEST).contains("answer: absent\n"));
        assertTrue(checkedIn(QuestionKind.HISTORY).contains("answer: []\n"));
        assertTrue(checkedIn(QuestionKind.RANGE).contains(" up to end\n"));
        assertTrue(checkedIn(QuestionKind.RANGE).contains(" up to 62616e616e61\n"));
    }
}
