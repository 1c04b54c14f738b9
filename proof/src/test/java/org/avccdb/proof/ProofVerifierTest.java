package org.avccdb.proof;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What the caller of the verifier sees. */
class ProofVerifierTest {
    private static final byte[] KEY = {'k'};

    private final ReferenceDatabase database = new ReferenceDatabase(
            new byte[16],
            0,
            3,
            List.of(new ReferenceDatabase.Run(
                    1,
                    0,
                    List.of(new ReferenceDatabase.Table(List.of(new ReferenceDatabase.Block(
                            List.of(Rec.put("k", 7, 3, "seven"), Rec.put("k", 0, 1, "plain")))))))));
    private final ReferenceProver prover = new ReferenceProver(database);
    private final MasterRoot root = database.root();
    private final byte[] latest = Asked.latest(KEY).encoded(prover);

    @Test
    void rootsAreValues() {
        byte[] bytes = root.bytes();
        MasterRoot same = MasterRoot.of(bytes);
        assertEquals(root, same);
        assertEquals(root.hashCode(), same.hashCode());
        assertEquals(64, root.toString().length());
        assertTrue(MasterRoot.of(new byte[32]).toString().matches("0{64}"));
        bytes[0]++;
        assertEquals(root, same);
        same.bytes()[0]++;
        assertEquals(root, same);
        assertNotEquals(root, MasterRoot.of(bytes));
        assertNotEquals(root, new Object());
        assertThrows(IllegalArgumentException.class, () -> MasterRoot.of(new byte[31]));
        assertThrows(IllegalArgumentException.class, () -> MasterRoot.of(new byte[33]));
        assertThrows(NullPointerException.class, () -> MasterRoot.of(null));
    }

    @Test
    void answersAreCopies() {
        Verified verified = ProofVerifier.verifyLatest(root, KEY, latest);
        assertTrue(verified.isPresent());
        assertEquals(7, verified.version());
        assertEquals(3, verified.sequence());
        verified.value()[0] = 0;
        latest[latest.length - 1]++;
        assertArrayEquals(Rec.bytes("seven"), verified.value());
    }

    @Test
    void absence() {
        byte[] other = {'x'};
        Verified verified =
                ProofVerifier.verifyLatest(root, other, Asked.latest(other).encoded(prover));
        assertFalse(verified.isPresent());
        assertNull(verified.value());
        assertEquals(0, verified.version());
        assertEquals(0, verified.sequence());
    }

    @Test
    void versionZeroAsksForTheLatest() {
        assertEquals(7, ProofVerifier.verifyVersion(root, KEY, 0, latest).version());
    }

    @Test
    void asOfZeroAsksForThePlainSlot() {
        Verified verified =
                ProofVerifier.verifyAsOf(root, KEY, 0, Asked.asOf(KEY, 0).encoded(prover));
        assertArrayEquals(Rec.bytes("plain"), verified.value());
    }

    @Test
    void historiesAndRangesCannotBeChanged() {
        byte[] history = Asked.history(KEY, 0, 0).encoded(prover);
        List<VerifiedHistory.Entry> entries =
                ProofVerifier.verifyHistory(root, KEY, 0, 0, history).entries();
        assertEquals(0, entries.get(0).version());
        assertEquals(1, entries.get(0).sequence());
        assertEquals(7, entries.get(1).version());
        assertThrows(UnsupportedOperationException.class, () -> entries.remove(0));
        byte[] range = Asked.range(new byte[0], null, 1).encoded(prover);
        VerifiedRange all = ProofVerifier.verifyRange(root, null, null, 1, range);
        assertEquals(1, all.entries().size());
        assertNull(all.completeUpTo());
        all.entries().get(0).key()[0] = 0;
        all.entries().get(0).value()[0] = 0;
        assertArrayEquals(KEY, all.entries().get(0).key());
        assertArrayEquals(Rec.bytes("seven"), all.entries().get(0).value());
    }

    @Test
    void badArguments() {
        byte[] long65536 = new byte[65_536];
        assertThrows(IllegalArgumentException.class, () -> ProofVerifier.verifyLatest(root, long65536, latest));
        assertThrows(IllegalArgumentException.class, () -> ProofVerifier.verifyVersion(root, KEY, -1, latest));
        assertThrows(IllegalArgumentException.class, () -> ProofVerifier.verifyAsOf(root, KEY, -1, latest));
        assertThrows(IllegalArgumentException.class, () -> ProofVerifier.verifyHistory(root, KEY, -1, 1, latest));
        assertThrows(IllegalArgumentException.class, () -> ProofVerifier.verifyHistory(root, KEY, 1, -1, latest));
        assertThrows(IllegalArgumentException.class, () -> ProofVerifier.verifyRange(root, KEY, null, 0, latest));
        assertThrows(NullPointerException.class, () -> ProofVerifier.verifyLatest(null, KEY, latest));
        assertThrows(NullPointerException.class, () -> ProofVerifier.verifyLatest(root, null, latest));
        assertThrows(NullPointerException.class, () -> ProofVerifier.verifyLatest(root, KEY, null));
        assertThrows(NullPointerException.class, () -> ProofVerifier.verifyRange(null, KEY, null, 1, latest));
    }
}
