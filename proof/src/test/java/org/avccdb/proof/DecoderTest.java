package org.avccdb.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The one form of a proof: what else would mean the same is refused, and no claim is believed before there is room. */
class DecoderTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private static void assertRefused(String why, byte[] proof) {
        String message = assertThrows(ProofRejectedException.class, () -> ProofCodec.decode(proof))
                .getMessage();
        assertTrue(message.contains(why), message);
    }

    private DecoderTest bytes(int... bytes) {
        for (int b : bytes) {
            out.write(b);
        }
        return this;
    }

    private DecoderTest varint(long value) {
        long rest = value;
        while (rest >= 0x80) {
            out.write((int) (rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.write((int) rest);
        return this;
    }

    private DecoderTest header(int kind) {
        return bytes('a', 'v', 'p', 1, kind)
                .bytes(new int[16])
                .varint(0)
                .bytes(0)
                .varint(9);
    }

    private byte[] proof() {
        return out.toByteArray();
    }

    private byte[] padded(int length) {
        return Arrays.copyOf(proof(), length);
    }

    @Test
    void theSmallestProof() {
        byte[] proof = header(1).varint(0).varint(0).proof();
        Proof decoded = ProofCodec.decode(proof);
        assertEquals(QuestionKind.LATEST, decoded.kind());
        assertEquals(0, decoded.master().runs());
        assertEquals(9, decoded.master().lastSequence());
    }

    @Test
    void numbersInALongerForm() {
        assertRefused("shortest form", header(1).bytes(0x80, 0x00).varint(0).proof());
    }

    @Test
    void numbersTooLarge() {
        assertRefused(
                "too large",
                header(1)
                        .bytes(0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01)
                        .proof());
        out.reset();
        assertRefused("too large", header(1).varint(1L << 31).varint(0).proof());
    }

    @Test
    void unknownMagicFormatKindOrFlag() {
        assertRefused("no proof", bytes('a', 'v', 'q', 1, 1).proof());
        out.reset();
        assertRefused("format", bytes('a', 'v', 'p', 2, 1).proof());
        for (int kind : new int[] {0, 6, 255}) {
            out.reset();
            assertRefused("kind", header(kind).varint(0).varint(0).proof());
        }
        out.reset();
        assertRefused("end key", header(5).varint(0).bytes(2).varint(0).proof());
        for (int flags : new int[] {0, 4, 0x11, 0x81}) {
            assertRefused("flags", leaf(flags).proof());
        }
        assertRefused("delete with a value", leaf(0x0A).proof());
        assertRefused("first leaf", leaf(0x05).proof());
    }

    /** Up to the flags of the first leaf. */
    private DecoderTest leaf(int flags) {
        out.reset();
        header(1)
                .varint(1)
                .varint(1)
                .bytes(1, 0)
                .varint(1)
                .varint(0)
                .varint(0)
                .varint(0)
                .varint(1);
        table().varint(1).varint(0).varint(3).varint(0).varint(3);
        return bytes(flags).bytes(new int[100]);
    }

    /** A header without its number of blocks opened. */
    private DecoderTest table() {
        return bytes(1).varint(3)
                .varint(1)
                .varint(0)
                .varint(0)
                .varint(1)
                .varint(0)
                .varint(0)
                .varint(1)
                .varint(1)
                .varint(1)
                .varint(0)
                .varint(0)
                .varint(0);
    }

    @Test
    void aShortValueMarkedAsLong() {
        assertRefused("short value", leaf(0x09).proof());
    }

    @Test
    void aKeyRepeated() {
        out.reset();
        header(1)
                .varint(1)
                .varint(1)
                .bytes(1, 0)
                .varint(1)
                .varint(0)
                .varint(0)
                .varint(0)
                .varint(1);
        table().varint(1).varint(0).varint(3).varint(0).varint(2);
        bytes(1, 1, 'k', 5, 1, 0).bytes(1, 1, 'k', 4, 1, 0);
        assertRefused("repeated", bytes(new int[32]).proof());
    }

    @Test
    void keysTooLong() {
        assertRefused("65536 bytes", header(5).varint(0).bytes(1).varint(65_536).padded(70_000));
    }

    @Test
    void hugeCountsAreRefusedBeforeAnythingIsAllocated() {
        for (long claim : new long[] {1 << 10, 1 << 20, Integer.MAX_VALUE, 1L << 40, 1L << 60, Long.MAX_VALUE}) {
            out.reset();
            assertRefused("no room", header(1).varint(5).varint(claim).padded(1024));
            out.reset();
            header(1)
                    .varint(1)
                    .varint(1)
                    .bytes(1, 0)
                    .varint(1)
                    .varint(0)
                    .varint(0)
                    .varint(0);
            assertRefused("no room", varint(claim).padded(1024));
            varintsUpToBlocks();
            assertRefused("no room", varint(claim).padded(1024));
            varintsUpToBlocks();
            assertRefused(
                    "no room",
                    varint(1).varint(0).varint(3).varint(0).varint(claim).padded(1024));
        }
    }

    private void varintsUpToBlocks() {
        out.reset();
        header(1)
                .varint(1)
                .varint(1)
                .bytes(1, 0)
                .varint(1)
                .varint(0)
                .varint(0)
                .varint(0)
                .varint(1);
        table();
    }

    @Test
    void aLongValueThatIsNotThere() {
        out.reset();
        header(1)
                .varint(1)
                .varint(1)
                .bytes(1, 0)
                .varint(1)
                .varint(0)
                .varint(0)
                .varint(0)
                .varint(1);
        table().varint(1).varint(0).varint(3).varint(0).varint(1);
        assertRefused(
                "too early", bytes(0x09, 0, 1, 1).varint(Integer.MAX_VALUE).padded(1024));
    }

    @Test
    void indicesOutsideTheTree() {
        out.reset();
        header(1)
                .varint(1)
                .varint(1)
                .bytes(1, 0)
                .varint(1)
                .varint(0)
                .varint(0)
                .varint(1)
                .varint(1);
        table();
        assertRefused("1 from there on", varint(0).padded(1024));
    }

    /** All versions of a long key share one array, or they would take far more memory than the proof. */
    @Test
    void aLongKeyIsKeptOnce() {
        byte[] key = new byte[65_535];
        List<OpenedLeaf> leaves = new java.util.ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            leaves.add(new OpenedLeaf(3, key, 20_000 - i, 1, 0, new byte[0]));
        }
        OpenedBlock block = new OpenedBlock(20_000, 0, leaves, HashList.EMPTY);
        TableSummary summary = new TableSummary(1, 20_000, 1, key, 20_000, 1, key, 1, 1, 1, 1, 0, 0, 20_000);
        OpenedTable table = new OpenedTable(summary, 0, List.of(block), HashList.EMPTY);
        OpenedRun run = new OpenedRun(new RunSummary(1, 0, 1, 0), 0, 0, List.of(table), HashList.EMPTY);
        MasterHeader master = new MasterHeader(new byte[16], 0, 0, 1, 1);
        byte[] encoded = ProofCodec.encode(new Proof(QuestionKind.HISTORY, master, List.of(run), HashList.EMPTY, null));
        assertTrue(encoded.length < 350_000);
        List<OpenedLeaf> decoded = ProofCodec.decode(encoded)
                .runs()
                .get(0)
                .tables()
                .get(0)
                .blocks()
                .get(0)
                .leaves();
        assertEquals(20_000, decoded.size());
        assertTrue(
                decoded.stream().allMatch(leaf -> leaf.key() == decoded.get(0).key()));
    }

    @Test
    void whatDoesNotFitTogetherIsNotEncoded() {
        MasterHeader none = new MasterHeader(new byte[16], 0, 0, 1, 0);
        assertFalse(
                ProofCodec.encode(new Proof(QuestionKind.LATEST, none, List.of(), HashList.EMPTY, null)).length == 0);
        assertNotEncoded(new Proof(QuestionKind.LATEST, none, List.of(), HashList.EMPTY, new byte[1]));
        assertNotEncoded(new Proof(QuestionKind.LATEST, none, List.of(), HashList.copyOf(new byte[32], 0, 1), null));
        MasterHeader shortId = new MasterHeader(new byte[15], 0, 0, 1, 0);
        assertNotEncoded(new Proof(QuestionKind.LATEST, shortId, List.of(), HashList.EMPTY, null));
        MasterHeader negative = new MasterHeader(new byte[16], 0, 0, -1, 0);
        assertNotEncoded(new Proof(QuestionKind.LATEST, negative, List.of(), HashList.EMPTY, null));
        for (OpenedLeaf leaf : List.of(
                new OpenedLeaf(4, new byte[0], 1, 1, 0, new byte[0]),
                new OpenedLeaf(2, new byte[0], 1, 1, 0, new byte[0]),
                new OpenedLeaf(3, new byte[0], 1, 1, 1, new byte[1]),
                new OpenedLeaf(1, new byte[0], 1, 1, 33, new byte[31]),
                new OpenedLeaf(1, new byte[65_536], 1, 1, 0, new byte[0]))) {
            OpenedBlock block = new OpenedBlock(1, 0, List.of(leaf), HashList.EMPTY);
            TableSummary summary = new TableSummary(1, 1, 1, new byte[0], 1, 1, new byte[0], 1, 1, 1, 1, 1, 0, 0);
            OpenedTable table = new OpenedTable(summary, 0, List.of(block), HashList.EMPTY);
            OpenedRun run = new OpenedRun(new RunSummary(1, 0, 1, 1), 0, 0, List.of(table), HashList.EMPTY);
            MasterHeader one = new MasterHeader(new byte[16], 0, 0, 1, 1);
            assertNotEncoded(new Proof(QuestionKind.LATEST, one, List.of(run), HashList.EMPTY, null));
        }
    }

    private static void assertNotEncoded(Proof proof) {
        assertThrows(IllegalArgumentException.class, () -> ProofCodec.encode(proof));
    }
}
