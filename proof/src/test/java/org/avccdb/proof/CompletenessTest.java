package org.avccdb.proof;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Honest proofs give the true answer, whatever the shape of the database and whatever is asked. */
class CompletenessTest {
    private static final int DATABASES = 4_000;
    private static final int QUESTIONS = 12;

    @Test
    void honestProofsGiveTheTrueAnswer() {
        Map<QuestionKind, Integer> present = new EnumMap<>(QuestionKind.class);
        int leftOut = 0;
        int headersOnly = 0;
        int incomplete = 0;
        for (int seed = 0; seed < DATABASES; seed++) {
            RandomDatabase random = new RandomDatabase(seed);
            MasterRoot root = random.database.root();
            for (int i = 0; i < QUESTIONS; i++) {
                Asked asked = Asked.random(random);
                Proof proof = asked.prove(random.prover, random.random.nextInt(3));
                byte[] encoded = ProofCodec.encode(proof);
                String expected = asked.answer(random.oracle);
                String where = "seed " + seed + ", " + asked;
                assertEquals(expected, asked.verify(root, encoded), where);
                assertEquals(encoded.length, ProofCodec.encodedLength(proof));
                assertArrayEquals(encoded, ProofCodec.encode(ProofCodec.decode(encoded)), where);
                if (!expected.equals("absent") && !expected.startsWith("[]")) {
                    present.merge(asked.kind(), 1, Integer::sum);
                }
                leftOut += proof.runs().size() < proof.master().runs() ? 1 : 0;
                incomplete += proof.endKey() != null ? 1 : 0;
                for (OpenedRun run : proof.runs()) {
                    headersOnly += run.tables().stream().anyMatch(OpenedTable::isHeaderOnly) ? 1 : 0;
                }
            }
        }
        assertEquals(QuestionKind.values().length, present.size(), "each kind found something");
        assertTrue(
                leftOut > 1000 && headersOnly > 1000 && incomplete > 200,
                leftOut + " " + headersOnly + " " + incomplete);
    }
}
