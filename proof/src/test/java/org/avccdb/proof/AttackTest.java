package org.avccdb.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Ways in which such systems were broken, each built by hand. Where the hashes of a forged proof are all true, only the
 * rules of the window can refuse it, and the test looks at the reason.
 */
class AttackTest {
    private static final byte[] ID = new byte[16];
    private static final String NO_ROOT = "does not lead to the root";

    /**
     * Three runs. Newest: a key-delete of d, a tombstone of b's version 8. Middle: tables a..c and d..f. Oldest: as level.
     */
    private final Rec deleteD = Rec.keyDelete("d", 40);

    private final Rec hideB8 = Rec.versionDelete("b", 8, 41);
    private final Rec middleA = Rec.put("a", 5, 20, "a5");
    private final Rec middleB = Rec.put("b", 8, 21, "b8");
    private final Rec middleC = Rec.put("c", 6, 22, "a value of c that is longer than 32 bytes");
    private final Rec middleD = Rec.put("d", 9, 23, "d9");
    private final Rec middleF7 = Rec.put("f", 7, 25, "f7");
    private final Rec middleF3 = Rec.put("f", 3, 24, "f3");
    private final Rec oldB = Rec.put("b", 7, 10, "b7");
    private final Rec oldE = Rec.put("e", 10, 11, "e10");
    private final Rec oldF = Rec.put("f", 1, 12, "f1");

    private final ReferenceDatabase database = new ReferenceDatabase(
            ID,
            0,
            50,
            List.of(
                    run(1, table(block(hideB8, deleteD))),
                    run(
                            3,
                            table(block(middleA, middleB), block(middleC)),
                            table(block(middleD), block(middleF7, middleF3))),
                    run(3, table(block(oldB, oldE, oldF)))));
    private final ReferenceProver prover = new ReferenceProver(database);
    private final MasterRoot root = database.root();

    private static ReferenceDatabase.Block block(Rec... records) {
        return new ReferenceDatabase.Block(List.of(records));
    }

    private static ReferenceDatabase.Table table(ReferenceDatabase.Block... blocks) {
        return new ReferenceDatabase.Table(List.of(blocks));
    }

    private static ReferenceDatabase.Run run(int kind, ReferenceDatabase.Table... tables) {
        return new ReferenceDatabase.Run(kind, kind == 3 ? 1 : 0, List.of(tables));
    }

    private static byte[] key(String key) {
        return Rec.bytes(key);
    }

    private void assertRejected(String why, Asked asked, Proof proof) {
        assertRejected(why, root, asked, ProofCodec.encode(proof));
    }

    private static void assertRejected(String why, MasterRoot root, Asked asked, byte[] proof) {
        String message = assertThrows(ProofRejectedException.class, () -> asked.verify(root, proof))
                .getMessage();
        assertTrue(message.contains(why), message);
    }

    private Proof honest(Asked asked) {
        Proof proof = asked.prove(prover, 0);
        asked.verify(root, ProofCodec.encode(proof));
        return proof;
    }

    private static Proof withRuns(Proof proof, List<OpenedRun> runs) {
        return new Proof(proof.kind(), proof.master(), runs, proof.siblings(), proof.endKey());
    }

    private static <T> List<T> replaced(List<T> list, int index, T by) {
        List<T> copy = new ArrayList<>(list);
        copy.set(index, by);
        return copy;
    }

    /** The proof with another leaf in place of one. */
    private static Proof withLeaf(Proof proof, int run, int leafIndex, OpenedLeaf leaf) {
        OpenedRun r = proof.runs().get(run);
        int t = 0;
        while (r.tables().get(t).isHeaderOnly()) {
            t++;
        }
        OpenedTable table = r.tables().get(t);
        OpenedBlock b = table.blocks().get(0);
        OpenedBlock block =
                new OpenedBlock(b.records(), b.firstLeaf(), replaced(b.leaves(), leafIndex, leaf), b.siblings());
        return withTable(proof, run, t, withBlock(table, block));
    }

    private static OpenedTable withBlock(OpenedTable table, OpenedBlock block) {
        return new OpenedTable(
                table.summary(), table.firstBlock(), replaced(table.blocks(), 0, block), table.siblings());
    }

    private static Proof withTable(Proof proof, int run, int index, OpenedTable table) {
        OpenedRun r = proof.runs().get(run);
        OpenedRun changed = new OpenedRun(
                r.summary(), r.olderMaxPutVersion(), r.firstTable(), replaced(r.tables(), index, table), r.siblings());
        return withRuns(proof, replaced(proof.runs(), run, changed));
    }

    private Asked latest(String key) {
        return Asked.latest(key(key));
    }

    @Test
    void theHonestAnswers() {
        assertEquals("@5#20=6135", latest("a").verify(root, latest("a").encoded(prover)));
        assertEquals("@7#10=6237", latest("b").verify(root, latest("b").encoded(prover)));
        assertEquals("absent", latest("d").verify(root, latest("d").encoded(prover)));
        assertEquals("@10#11=653130", latest("e").verify(root, latest("e").encoded(prover)));
    }

    @Test
    void rootTakenFromTheProof() {
        ReferenceDatabase forged =
                new ReferenceDatabase(ID, 0, 50, List.of(run(1, table(block(Rec.put("a", 9, 9, "forged"))))));
        byte[] proof = latest("a").encoded(new ReferenceProver(forged));
        latest("a").verify(forged.root(), proof);
        assertRejected(NO_ROOT, root, latest("a"), proof);
    }

    @Test
    void staleRootReplayed() {
        ReferenceDatabase before = new ReferenceDatabase(ID, 0, 39, database.runs.subList(1, 3));
        byte[] proof = latest("d").encoded(new ReferenceProver(before));
        assertEquals("@9#23=6439", latest("d").verify(before.root(), proof));
        assertRejected(NO_ROOT, root, latest("d"), proof);
    }

    @Test
    void unauthenticatedExistsFlag() {
        Proof proof = honest(latest("d"));
        OpenedLeaf delete = deleteD.open(true);
        OpenedLeaf put = new OpenedLeaf(1, delete.key(), 8, delete.sequence(), 0, new byte[0]);
        int index = proof.runs().get(0).tables().get(0).blocks().get(0).leaves().size() - 1;
        assertThrows(
                ProofRejectedException.class,
                () -> latest("d").verify(root, ProofCodec.encode(withLeaf(proof, 0, index, put))));
    }

    @Test
    void boundaryBetweenKeyVersionAndValueShifted() {
        byte[] id = new byte[16];
        Rec stored = Rec.put("ab", 1, 1, "cd");
        ReferenceDatabase one = new ReferenceDatabase(id, 0, 1, List.of(run(1, table(block(stored)))));
        for (Rec shifted : List.of(Rec.put("a", 1, 1, "bcd"), Rec.put("abc", 1, 1, "d"), Rec.put("abcd", 1, 1, ""))) {
            ReferenceDatabase other = new ReferenceDatabase(id, 0, 1, List.of(run(1, table(block(shifted)))));
            Asked asked = Asked.latest(shifted.key);
            assertRejected(NO_ROOT, one.root(), asked, asked.encoded(new ReferenceProver(other)));
        }
    }

    @Test
    void aDeleteShownAsAnEmptyPut() {
        Asked asked = Asked.version(key("b"), 8);
        Proof proof = honest(asked);
        OpenedLeaf put = new OpenedLeaf(1, key("b"), 8, 41, 0, new byte[0]);
        OpenedTable table = proof.runs().get(0).tables().get(0);
        TableSummary s = table.summary();
        TableSummary liar = new TableSummary(
                1,
                s.records(),
                s.blocks(),
                s.firstKey(),
                s.firstVersion(),
                s.firstSequence(),
                s.lastKey(),
                s.lastVersion(),
                s.lastSequence(),
                s.minSequence(),
                s.maxSequence(),
                8,
                1,
                0);
        OpenedBlock b = table.blocks().get(0);
        OpenedBlock block = new OpenedBlock(b.records(), b.firstLeaf(), replaced(b.leaves(), 0, put), b.siblings());
        OpenedTable forged = new OpenedTable(liar, 0, List.of(block), table.siblings());
        OpenedRun r = proof.runs().get(0);
        OpenedRun run =
                new OpenedRun(new RunSummary(1, 0, 1, 8), r.olderMaxPutVersion(), 0, List.of(forged), r.siblings());
        assertThrows(
                ProofRejectedException.class,
                () -> asked.verify(root, ProofCodec.encode(withRuns(proof, List.of(run)))));
    }

    @Test
    void aLeafShownAsAnInnerNodeAndTheReverse() {
        // A block of two leaves claimed to be one of a single leaf whose hash is their node.
        byte[] left = ReferenceDatabase.leafHash(middleA);
        byte[] right = ReferenceDatabase.leafHash(middleB);
        byte[] node = NaiveTree.root(1, List.of(left, right));
        assertEquals(32, node.length);
        byte[] leafPreimage = new byte[66];
        leafPreimage[0] = 1;
        leafPreimage[1] = 1;
        System.arraycopy(left, 0, leafPreimage, 2, 32);
        System.arraycopy(right, 0, leafPreimage, 34, 32);
        assertTrue(Arrays.equals(node, NaiveTree.sha256(leafPreimage)));
        // Rules begin with different bytes, so no record has that pre-image; and a sibling is never a record.
        Proof proof = honest(latest("a"));
        OpenedTable table = proof.runs().get(1).tables().get(0);
        OpenedBlock b = table.blocks().get(0);
        OpenedBlock asOne = new OpenedBlock(1, 0, b.leaves().subList(0, 1), HashList.EMPTY);
        assertThrows(
                ProofRejectedException.class,
                () -> latest("a").verify(root, ProofCodec.encode(withTable(proof, 1, 0, withBlock(table, asOne)))));
    }

    @Test
    void treeKindsDoNotMix() {
        byte[] a = new byte[32];
        byte[] b = new byte[32];
        HashRules rules = new HashRules();
        for (int kind = 1; kind < 4; kind++) {
            byte[] one = new byte[32];
            byte[] other = new byte[32];
            rules.node(kind, a, 0, b, 0, one, 0);
            rules.node(kind + 1, a, 0, b, 0, other, 0);
            assertTrue(!Arrays.equals(one, other));
            rules.empty(kind, one, 0);
            rules.empty(kind + 1, other, 0);
            assertTrue(!Arrays.equals(one, other) && !Arrays.equals(one, new byte[32]));
        }
    }

    @Test
    void siblingsTooManyOrTooFewAreNoProofAtAll() {
        Proof proof = honest(latest("e"));
        OpenedRun r = proof.runs().get(1);
        for (int count : new int[] {0, 2, 3}) {
            HashList wrong = HashList.copyOf(new byte[96], 0, count);
            if (count != r.siblings().count()) {
                OpenedRun run = new OpenedRun(r.summary(), r.olderMaxPutVersion(), r.firstTable(), r.tables(), wrong);
                assertThrows(
                        IllegalArgumentException.class,
                        () -> ProofCodec.encode(withRuns(proof, replaced(proof.runs(), 1, run))));
            }
        }
        // In bytes: one hash more or less anywhere leaves bytes over, or too few.
        byte[] encoded = ProofCodec.encode(proof);
        for (int at = 0; at <= encoded.length; at++) {
            byte[] longer = new byte[encoded.length + 32];
            System.arraycopy(encoded, 0, longer, 0, at);
            System.arraycopy(encoded, at, longer, at + 32, encoded.length - at);
            assertThrows(ProofRejectedException.class, () -> latest("e").verify(root, longer));
            if (at + 32 <= encoded.length) {
                byte[] shorter = new byte[encoded.length - 32];
                System.arraycopy(encoded, 0, shorter, 0, at);
                System.arraycopy(encoded, at + 32, shorter, at, encoded.length - at - 32);
                assertThrows(ProofRejectedException.class, () -> latest("e").verify(root, shorter));
            }
        }
    }

    @Test
    void wrongIndexOfABlockLeafOrTable() {
        Asked asked = Asked.history(key("f"), 4, 0);
        Proof proof = honest(asked);
        // Table 1 of 2 claimed to be table 0 of 2: as many siblings, on the other side.
        OpenedRun only = prover.open(1, 4, 6, -1, -1, Set.of());
        OpenedRun moved = new OpenedRun(only.summary(), only.olderMaxPutVersion(), 0, only.tables(), only.siblings());
        assertRejected("before those asked for", asked, withRuns(proof, replaced(proof.runs(), 1, moved)));
        Asked latest = latest("z");
        Proof absent = honest(latest);
        OpenedRun last = absent.runs().get(1);
        OpenedRun movedLast =
                new OpenedRun(last.summary(), last.olderMaxPutVersion(), 0, last.tables(), last.siblings());
        assertRejected("only table shown", latest, withRuns(absent, replaced(absent.runs(), 1, movedLast)));
        // Seen as the first table, which it is not, it would show that nothing is before d.
        Asked low = latest("c5");
        Proof between = honest(low);
        OpenedRun second = prover.open(1, 0, 0, -1, 1, Set.of());
        OpenedRun asFirst =
                new OpenedRun(second.summary(), second.olderMaxPutVersion(), 0, second.tables(), second.siblings());
        assertRejected(NO_ROOT, low, withRuns(between, replaced(between.runs(), 1, asFirst)));
    }

    @Test
    void lastLeafClaimedBeforeTheEnd() {
        // The newest run ends with d; shown without its last leaf, as if it ended with b.
        Proof proof = honest(latest("d"));
        OpenedRun cut = prover.open(0, 0, 1, -1, -1, Set.of());
        assertRejected("neighbour", latest("d"), withRuns(proof, replaced(proof.runs(), 0, cut)));
        // In a table with a record more before the end: one neighbour, and no edge behind it.
        Asked asked = latest("z");
        Proof absent = honest(asked);
        OpenedRun early = prover.open(1, 4, 5, -1, -1, Set.of());
        assertRejected("neighbour", asked, withRuns(absent, replaced(absent.runs(), 1, early)));
        OpenedRun twoEarly = prover.open(2, 0, 2, -1, -1, Set.of());
        assertRejected("before those asked for", asked, withRuns(absent, replaced(absent.runs(), 2, twoEarly)));
    }

    @Test
    void neighboursThatAreNotAdjacent() {
        // Around e in the oldest run: b and f, as if they were neighbours in one block.
        Proof proof = honest(latest("e"));
        OpenedTable table = proof.runs().get(2).tables().get(0);
        OpenedBlock forged = new OpenedBlock(2, 0, List.of(oldB.open(false), oldF.open(false)), HashList.EMPTY);
        OpenedTable ofTwo = new OpenedTable(table.summary(), 0, List.of(forged), table.siblings());
        assertRejected("as many records", latest("e"), withTable(proof, 2, 0, ofTwo));
        TableSummary s = table.summary();
        TableSummary liar = new TableSummary(
                1,
                2,
                1,
                s.firstKey(),
                s.firstVersion(),
                s.firstSequence(),
                s.lastKey(),
                s.lastVersion(),
                s.lastSequence(),
                s.minSequence(),
                s.maxSequence(),
                s.maxPutVersion(),
                0,
                0);
        OpenedTable alsoInHeader = new OpenedTable(liar, 0, List.of(forged), table.siblings());
        assertRejected(NO_ROOT, latest("e"), withTable(proof, 2, 0, alsoInHeader));
        // Not next to each other, with the sibling between them left over.
        OpenedBlock odd = new OpenedBlock(
                3,
                0,
                List.of(oldB.open(false), oldF.open(false)),
                table.blocks().get(0).siblings());
        assertThrows(
                RuntimeException.class,
                () -> latest("e").verify(root, ProofCodec.encode(withTable(proof, 2, 0, withBlock(table, odd)))));
    }

    @Test
    void gapAcrossABlocksEdge() {
        Asked asked = Asked.range(key("a"), key("d"), 10);
        Proof proof = honest(asked);
        OpenedTable table = proof.runs().get(1).tables().get(0);
        OpenedBlock first = table.blocks().get(0);
        HashList sibling = ReferenceProver.hashes(List.of(ReferenceDatabase.leafHash(middleB)));
        OpenedBlock cut = new OpenedBlock(2, 0, first.leaves().subList(0, 1), sibling);
        assertRejected("gap between two blocks", asked, withTable(proof, 1, 0, withBlock(table, cut)));
    }

    @Test
    void gapAcrossATablesEdge() {
        Asked asked = Asked.range(key("b"), key("e"), 10);
        Proof proof = honest(asked);
        // The first table without its last block: c is hidden.
        OpenedTable upToB =
                ReferenceProver.openTable(database.runs.get(1).tables.get(0), 0, 2, Set.of());
        assertRejected("gap between two tables", asked, withTable(proof, 1, 0, upToB));
        // The second without its first block: d is hidden.
        OpenedTable withoutD =
                ReferenceProver.openTable(database.runs.get(1).tables.get(1), 1, 2, Set.of());
        assertRejected("gap between two tables", asked, withTable(proof, 1, 1, withoutD));
    }

    @Test
    void keysHiddenInATableShownByItsHeader() {
        Asked asked = Asked.range(key("b"), key("e"), 10);
        Proof proof = honest(asked);
        OpenedTable header =
                ReferenceProver.headerOnly(database.runs.get(1).tables.get(0));
        assertRejected("header only", asked, withTable(proof, 1, 0, header));
        OpenedRun single = prover.open(1, 0, 0, 0, -1, Set.of());
        assertRejected(
                "only table shown",
                latest("b"),
                withRuns(honest(latest("b")), replaced(honest(latest("b")).runs(), 1, single)));
    }

    @Test
    void aTableLeftOutBetweenTwoHeaders() {
        ReferenceDatabase three = new ReferenceDatabase(
                ID,
                0,
                9,
                List.of(run(
                        3,
                        table(block(Rec.put("a", 1, 1, "a"))),
                        table(block(Rec.put("b", 1, 2, "b"))),
                        table(block(Rec.put("c", 1, 3, "c"))))));
        ReferenceProver p = new ReferenceProver(three);
        OpenedTable first = ReferenceProver.headerOnly(three.runs.get(0).tables.get(0));
        OpenedTable middle = ReferenceProver.headerOnly(three.runs.get(0).tables.get(1));
        OpenedTable last = ReferenceProver.headerOnly(three.runs.get(0).tables.get(2));
        RunSummary summary = three.runs.get(0).summary();
        OpenedRun all = new OpenedRun(summary, 0, 0, List.of(first, middle, last), HashList.EMPTY);
        byte[] hidden = ProofCodec.encode(p.assemble(QuestionKind.LATEST, List.of(all), null));
        assertRejected("middle", three.root(), latest("b"), hidden);
        HashList sibling =
                ReferenceProver.hashes(List.of(three.runs.get(0).tables.get(2).hash()));
        OpenedRun two = new OpenedRun(summary, 0, 0, List.of(first, last), sibling);
        byte[] skipped = ProofCodec.encode(p.assemble(QuestionKind.LATEST, List.of(two), null));
        assertRejected(NO_ROOT, three.root(), latest("b"), skipped);
    }

    @Test
    void keyHiddenAtTheRangesEdge() {
        // Made for b..d, shown for b..e and for a..d: a record asked for is a neighbour there, or no neighbour is
        // shown.
        Proof narrow = honest(Asked.range(key("b"), key("d"), 10));
        assertRejected("header only", Asked.range(key("b"), key("e"), 10), narrow);
        assertRejected(
                "before those asked for",
                Asked.range(key("a0"), key("d"), 10),
                honest(Asked.range(key("c"), key("d"), 10)));
        // Up to the end: the last record is left out.
        Asked toEnd = Asked.range(key("e"), null, 10);
        Proof proof = honest(toEnd);
        OpenedRun cut = prover.open(2, 0, 2, -1, -1, Set.of(oldE));
        assertRejected("behind those asked for", toEnd, withRuns(proof, replaced(proof.runs(), 2, cut)));
    }

    @Test
    void emptyUpperBoundReadAsTheLowestKey() {
        Asked toEmpty = Asked.range(key(""), key(""), 10);
        Asked toEnd = Asked.range(key(""), null, 10);
        assertEquals("[] up to end", toEmpty.verify(root, toEmpty.encoded(prover)));
        assertRejected("a run is left out", toEnd, honest(toEmpty));
        assertRejected("inverted", toEmpty, honest(toEnd));
    }

    @Test
    void aRunLeftOutDoubledOrReordered() {
        Asked asked = Asked.range(key("a"), null, 10);
        List<OpenedRun> runs = honest(asked).runs();
        for (List<OpenedRun> wrong : List.of(
                List.of(runs.get(1), runs.get(2)),
                List.of(runs.get(0), runs.get(2)),
                List.of(runs.get(0), runs.get(1)),
                List.of(runs.get(0), runs.get(0), runs.get(2)),
                List.of(runs.get(0), runs.get(1), runs.get(1)),
                List.of(runs.get(1), runs.get(0), runs.get(2)),
                List.of(runs.get(0), runs.get(2), runs.get(1)))) {
            byte[] proof = ProofCodec.encode(prover.assemble(QuestionKind.RANGE, wrong, null));
            assertThrows(ProofRejectedException.class, () -> asked.verify(root, proof));
        }
        Proof twoRuns = prover.assemble(QuestionKind.RANGE, runs.subList(0, 2), null);
        assertRejected("a run is left out", asked, twoRuns);
    }

    @Test
    void moreRunsThanThereAre() {
        Proof proof = honest(latest("z"));
        List<OpenedRun> four = new ArrayList<>(proof.runs());
        four.add(proof.runs().get(2));
        MasterHeader header = new MasterHeader(ID, 0, 0, 50, 4);
        Proof forged = new Proof(QuestionKind.LATEST, header, four, HashList.EMPTY, null);
        assertRejected("higher put version", latest("z"), forged);
        MasterHeader fewer = new MasterHeader(ID, 0, 0, 50, 2);
        Proof two = prover.proveKeyOver(QuestionKind.VERSION, key("f"), 7, 7, 2);
        Asked asked = Asked.version(key("f"), 12);
        assertThrows(
                ProofRejectedException.class,
                () -> asked.verify(
                        root,
                        ProofCodec.encode(new Proof(QuestionKind.VERSION, fewer, two.runs(), HashList.EMPTY, null))));
    }

    @Test
    void aMiddleRunWithAKeyDeleteLeftOut() {
        // Without the newest run, which holds the key-delete, d would be live.
        Proof proof = honest(latest("d"));
        List<OpenedRun> without = List.of(prover.openInterval(1, ReferenceProver.sideOfKey(key("d"), 9), Set.of()));
        Proof forged = prover.assemble(QuestionKind.LATEST, without, null);
        assertThrows(ProofRejectedException.class, () -> latest("d").verify(root, ProofCodec.encode(forged)));
        assertEquals(1, proof.runs().size());
    }

    @Test
    void aMiddleRunWithATombstoneLeftOut() {
        Asked asked = Asked.version(key("b"), 8);
        assertEquals("absent", asked.verify(root, asked.encoded(prover)));
        List<OpenedRun> without = List.of(prover.openInterval(1, ReferenceProver.sideOfKey(key("b"), 8), Set.of()));
        Proof forged = prover.assemble(QuestionKind.VERSION, without, null);
        assertThrows(ProofRejectedException.class, () -> asked.verify(root, ProofCodec.encode(forged)));
    }

    @Test
    void aMemtablePartLeftOut() {
        ReferenceDatabase tablesOnly = new ReferenceDatabase(ID, 0, 50, database.runs.subList(1, 3));
        assertRejected(NO_ROOT, root, latest("d"), latest("d").encoded(new ReferenceProver(tablesOnly)));
    }

    @Test
    void theHeadOfTheKeyNotShown() {
        // f has 7 and 3; asked as of 3 the record of 7 must be shown, or a key-delete could hide there.
        Asked asked = Asked.asOf(key("f"), 3);
        Proof proof = honest(asked);
        OpenedRun headless = prover.open(1, 5, 6, -1, -1, Set.of());
        assertRejected("before those asked for", asked, withRuns(proof, replaced(proof.runs(), 1, headless)));
    }

    @Test
    void aLowerVersionShownAsTheLatest() {
        // The window of the newest version left out at the end: only version 7 of f shown, nothing behind it.
        Asked asked = Asked.history(key("f"), 0, 0);
        Proof proof = honest(asked);
        OpenedRun cut = prover.open(1, 4, 5, 0, -1, Set.of());
        assertThrows(
                ProofRejectedException.class,
                () -> asked.verify(root, ProofCodec.encode(withRuns(proof, replaced(proof.runs(), 1, cut)))));
        OpenedRun cutBehind = prover.open(1, 3, 5, -1, -1, Set.of());
        assertRejected("behind those asked for", asked, withRuns(proof, replaced(proof.runs(), 1, cutBehind)));
    }

    @Test
    void stopEarlyWhereTheOrderDoesNotAllowIt() {
        // a is live with 5 in the middle run, but the oldest run has puts of up to 10.
        Proof two = prover.proveKeyOver(QuestionKind.LATEST, key("a"), 0, Long.MAX_VALUE, 2);
        assertRejected("a run is left out", latest("a"), two);
        Proof history = prover.proveKeyOver(QuestionKind.HISTORY, key("f"), 7, Long.MAX_VALUE, 2);
        assertRejected("a run is left out", Asked.history(key("f"), 7, 0), history);
        Proof version = prover.proveKeyOver(QuestionKind.VERSION, key("f"), 4, 4, 2);
        assertRejected("a run is left out", Asked.version(key("f"), 4), version);
        Proof none = prover.proveKeyOver(QuestionKind.LATEST, key("a"), 0, Long.MAX_VALUE, 0);
        assertRejected("a run is left out", latest("a"), none);
        // Exact and found, or as of and highest, is different.
        Asked exact = Asked.version(key("f"), 7);
        assertEquals(
                "@7#25=6637",
                exact.verify(root, ProofCodec.encode(prover.proveKeyOver(QuestionKind.VERSION, key("f"), 7, 7, 2))));
    }

    @Test
    void monotoneOrderClaimedWhereItIsNot() {
        Proof two = prover.proveKeyOver(QuestionKind.LATEST, key("a"), 0, Long.MAX_VALUE, 2);
        MasterHeader header = new MasterHeader(ID, 0, 1, 50, 3);
        assertRejected(NO_ROOT, latest("a"), new Proof(QuestionKind.LATEST, header, two.runs(), two.siblings(), null));
        ReferenceDatabase monotone = new ReferenceDatabase(ID, 1, 50, database.runs);
        Proof allowed = new ReferenceProver(monotone).proveKeyOver(QuestionKind.LATEST, key("a"), 0, Long.MAX_VALUE, 2);
        assertEquals("@5#20=6135", latest("a").verify(monotone.root(), ProofCodec.encode(allowed)));
    }

    @Test
    void highestVersionOfOlderRunsMadeSmaller() {
        Proof two = prover.proveKeyOver(QuestionKind.LATEST, key("a"), 0, Long.MAX_VALUE, 2);
        OpenedRun r = two.runs().get(1);
        OpenedRun liar = new OpenedRun(r.summary(), 5, r.firstTable(), r.tables(), r.siblings());
        assertRejected(NO_ROOT, latest("a"), withRuns(two, replaced(two.runs(), 1, liar)));
    }

    @Test
    void anOddLeafDoubled() {
        // Three leaves are not the same as four of which two are equal.
        Asked asked = latest("e");
        Proof proof = honest(asked);
        OpenedTable table = proof.runs().get(2).tables().get(0);
        OpenedBlock doubled = new OpenedBlock(
                4, 0, List.of(oldB.open(false), oldE.open(false), oldF.open(false), oldF.open(false)), HashList.EMPTY);
        assertThrows(
                ProofRejectedException.class,
                () -> asked.verify(root, ProofCodec.encode(withTable(proof, 2, 0, withBlock(table, doubled)))));
    }

    @Test
    void zeroHashAsALeaf() {
        Proof proof = honest(latest("a"));
        OpenedRun r = proof.runs().get(1);
        HashList zeros = HashList.copyOf(
                new byte[32 * r.siblings().count()], 0, r.siblings().count());
        assertTrue(zeros.count() > 0);
        OpenedRun zero = new OpenedRun(r.summary(), r.olderMaxPutVersion(), r.firstTable(), r.tables(), zeros);
        assertRejected(NO_ROOT, latest("a"), withRuns(proof, replaced(proof.runs(), 1, zero)));
        assertRejected(NO_ROOT, MasterRoot.of(new byte[32]), latest("a"), ProofCodec.encode(proof));
    }

    @Test
    void valueOfAnotherRecordOrNoValue() {
        Asked asked = latest("c");
        Proof proof = honest(asked);
        Proof byHash = withRuns(
                proof, prover.proveRangeUpTo(key("c"), key("d"), null, Set.of()).runs());
        Asked range = Asked.range(key("c"), key("d"), 10);
        Proof honestRange = honest(range);
        assertRejected("value of an answer is missing", range, withRuns(honestRange, byHash.runs()));
        Proof ofB = honest(latest("b"));
        OpenedRun extra = prover.openInterval(1, ReferenceProver.sideOfKey(key("b"), 7), Set.of(middleC));
        assertRejected("no answer", latest("b"), withRuns(ofB, replaced(ofB.runs(), 1, extra)));
    }

    @Test
    void rangeCutElsewhere() {
        Asked one = Asked.range(key("a"), null, 1);
        assertEquals("[61:@5#20=6135] up to 61", one.verify(root, one.encoded(prover)));
        Asked two = Asked.range(key("a"), null, 2);
        assertRejected("cut elsewhere", two, honest(one));
        assertRejected("cut elsewhere", one, honest(two));
        assertRejected("more entries", one, honest(Asked.range(key("a"), null, 10)));
        Proof upToD = prover.proveRangeUpTo(key("a"), null, key("d"), Set.of(middleC));
        assertRejected("cut elsewhere", Asked.range(key("a"), null, 3), upToD);
        assertRejected("behind the range", Asked.range(key("a"), key("b"), 2), honest(two));
    }

    @Test
    void aProofForAnotherQuestion() {
        byte[] ofA = latest("a").encoded(prover);
        assertThrows(ProofRejectedException.class, () -> latest("b").verify(root, ofA));
        assertThrows(ProofRejectedException.class, () -> latest("f").verify(root, ofA));
        assertRejected("another kind", root, Asked.version(key("a"), 5), ofA);
        assertRejected("another kind", root, Asked.asOf(key("a"), 5), ofA);
        assertRejected("another kind", root, Asked.history(key("a"), 0, 0), ofA);
        assertRejected("another kind", root, Asked.range(key("a"), null, 1), ofA);
    }

    @Test
    void whatMustBeShownByHeaderIsShownByALeaf() {
        Asked asked = latest("d");
        ReferenceProver two = new ReferenceProver(new ReferenceDatabase(ID, 0, 50, database.runs.subList(1, 3)));
        MasterRoot rootOfTwo = two.database.root();
        Proof proof = asked.prove(two, 0);
        OpenedRun leafBefore = two.open(0, 2, 5, -1, -1, Set.of());
        byte[] forged = ProofCodec.encode(withRuns(proof, replaced(proof.runs(), 0, leafBefore)));
        assertRejected("not shown by its header only", rootOfTwo, asked, forged);
    }
}
