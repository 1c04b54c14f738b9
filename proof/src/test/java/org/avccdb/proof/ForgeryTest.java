package org.avccdb.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** Forgeries in great number: flipped bits, cut and longer bytes, parts of other proofs, mutations and garbage. */
class ForgeryTest {
    private static final int SEEDS = 40;

    /** One question of each kind on several databases, with what the verifier needs. */
    private static void forEachHonestProof(int perKind, BiConsumer<Case, byte[]> consumer) {
        int[] done = new int[QuestionKind.values().length + 1];
        for (int seed = 100; seed < 100 + SEEDS * 10; seed++) {
            RandomDatabase random = new RandomDatabase(seed);
            Asked asked = Asked.random(random);
            if (random.writes.size() < 8 || done[asked.kind().code()] == perKind) {
                continue;
            }
            done[asked.kind().code()]++;
            Case c = new Case(random.oracle, asked, random.database.root());
            consumer.accept(c, asked.encoded(random.prover));
        }
        for (QuestionKind kind : QuestionKind.values()) {
            assertEquals(perKind, done[kind.code()], kind.name());
        }
    }

    private record Case(Oracle oracle, Asked asked, MasterRoot root) {
        void assertRejectedOrTrue(byte[] proof) {
            String got = asked.verifyOrReject(root, proof);
            assertTrue(got == null || asked.isTrue(got, oracle), () -> asked + ": " + got);
        }
    }

    @Test
    void everyFlippedBitIsRejected() {
        forEachHonestProof(8, (c, proof) -> {
            for (int bit = 0; bit < proof.length * 8; bit++) {
                byte[] flipped = proof.clone();
                flipped[bit / 8] ^= (byte) (1 << bit % 8);
                int where = bit;
                assertNull(c.asked().verifyOrReject(c.root(), flipped), () -> c.asked() + ", bit " + where);
            }
        });
    }

    @Test
    void everyFlippedBitOfRootAndQuestionIsRejected() {
        forEachHonestProof(8, (c, proof) -> {
            for (int bit = 0; bit < 256; bit++) {
                byte[] root = c.root().bytes();
                root[bit / 8] ^= (byte) (1 << bit % 8);
                assertNull(c.asked().verifyOrReject(MasterRoot.of(root), proof));
            }
        });
    }

    @Test
    void cutOrLongerAtEveryLength() {
        forEachHonestProof(10, (c, proof) -> {
            for (int length = 0; length < proof.length; length++) {
                assertNull(c.asked().verifyOrReject(c.root(), Arrays.copyOf(proof, length)));
            }
            for (int more = 1; more < 70; more++) {
                assertNull(c.asked().verifyOrReject(c.root(), Arrays.copyOf(proof, proof.length + more)));
                byte[] inFront = new byte[proof.length + more];
                System.arraycopy(proof, 0, inFront, more, proof.length);
                assertNull(c.asked().verifyOrReject(c.root(), inFront));
            }
        });
    }

    @Test
    void everyByteTakenOutOrPutIn() {
        forEachHonestProof(4, (c, proof) -> {
            for (int at = 0; at < proof.length; at++) {
                byte[] shorter = new byte[proof.length - 1];
                System.arraycopy(proof, 0, shorter, 0, at);
                System.arraycopy(proof, at + 1, shorter, at, proof.length - at - 1);
                assertNull(c.asked().verifyOrReject(c.root(), shorter));
                byte[] longer = new byte[proof.length + 1];
                System.arraycopy(proof, 0, longer, 0, at);
                System.arraycopy(proof, at, longer, at + 1, proof.length - at);
                assertNull(c.asked().verifyOrReject(c.root(), longer));
            }
        });
    }

    /** A proof for one question, given for another about the same database, is rejected or proves the truth. */
    @Test
    void proofsForOtherQuestions() {
        int accepted = 0;
        for (int seed = 0; seed < 400; seed++) {
            RandomDatabase random = new RandomDatabase(seed);
            MasterRoot root = random.database.root();
            List<Asked> questions = new ArrayList<>();
            List<byte[]> proofs = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                questions.add(Asked.random(random));
                proofs.add(questions.get(i).encoded(random.prover));
            }
            for (Asked asked : questions) {
                Case c = new Case(random.oracle, asked, root);
                for (byte[] proof : proofs) {
                    c.assertRejectedOrTrue(proof);
                    accepted += asked.verifyOrReject(root, proof) == null ? 0 : 1;
                }
            }
        }
        assertTrue(accepted >= 400 * 12);
    }

    /** Parts of a proof in the place of parts of another: of another database, snapshot, question or place. */
    @Test
    void splicedParts() {
        int tried = 0;
        for (int seed = 0; seed < 250; seed++) {
            RandomDatabase random = new RandomDatabase(seed);
            RandomDatabase other = new RandomDatabase(seed + 10_000);
            Asked asked = Asked.random(random);
            Case c = new Case(random.oracle, asked, random.database.root());
            List<Proof> donors = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                donors.add(Asked.random(random).prove(random.prover, 6));
                donors.add(asked.prove(other.prover, 6));
            }
            for (Proof donor : donors) {
                for (Proof spliced : Splices.of(asked.prove(random.prover, 1), donor)) {
                    byte[] bytes = Splices.encodeIfPossible(spliced);
                    if (bytes != null) {
                        tried++;
                        c.assertRejectedOrTrue(bytes);
                    }
                }
            }
        }
        assertTrue(tried > 10_000, "spliced: " + tried);
    }

    @Test
    void mutations() {
        Random random = new Random(5);
        forEachHonestProof(30, (c, proof) -> {
            for (int i = 0; i < 700; i++) {
                byte[] mutant = proof.clone();
                for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                    mutant = Splices.mutate(mutant, random);
                }
                c.assertRejectedOrTrue(mutant);
            }
        });
    }

    @Test
    void garbage() {
        RandomDatabase database = new RandomDatabase(7);
        MasterRoot root = database.database.root();
        Random random = new Random(6);
        byte[] start = Asked.latest(new byte[0]).encoded(database.prover);
        for (int i = 0; i < 150_000; i++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            if (random.nextBoolean()) {
                for (int at = 0; at < bytes.length; at++) {
                    bytes[at] = (byte) (bytes[at] & (random.nextInt(4) == 0 ? 0xFF : 3));
                }
            }
            System.arraycopy(start, 0, bytes, 0, Math.min(bytes.length, random.nextInt(30)));
            if (bytes.length > 4) {
                bytes[4] = (byte) (1 + random.nextInt(5));
            }
            assertThrows(ProofRejectedException.class, () -> {
                ProofCodec.decode(bytes);
                throw new ProofRejectedException("has the form of a proof");
            });
            for (QuestionKind kind : QuestionKind.values()) {
                Asked asked = new Asked(kind, new byte[] {'a'}, 1, 2, null, 1);
                if (bytes.length > 4 && bytes[4] == kind.code()) {
                    assertNull(asked.verifyOrReject(root, bytes));
                }
            }
        }
    }
}
