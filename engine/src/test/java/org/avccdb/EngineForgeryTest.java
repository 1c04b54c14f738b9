package org.avccdb;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.avccdb.engine.storage.NioStorage;
import org.avccdb.engine.storage.Storage;
import org.avccdb.engine.table.ForgedTable;
import org.avccdb.proof.MasterRoot;
import org.avccdb.proof.ProofRejectedException;
import org.avccdb.proof.ProofVerifier;
import org.avccdb.proof.Verified;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Proofs for what they do not prove, and tables that were changed by somebody who can make all checks right. */
final class EngineForgeryTest {
    private static final int BLOCK_BYTES = 512;
    private static final int RECORDS = 1000;
    private static final byte[] VICTIM = bytes("key500");

    @TempDir
    Path directory;

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }

    private static Options.Builder options() {
        return Options.builder()
                .threadingMode(ThreadingMode.INVOKER)
                .compression(Compression.NONE)
                .blockBytes(BLOCK_BYTES);
    }

    private static AvccDb filled(Path where) {
        AvccDb db = AvccDb.open(where, options().build());
        for (int i = 0; i < RECORDS; i++) {
            db.putWithVersion(bytes("key" + i), bytes("value" + i), 1);
        }
        return db;
    }

    /** A proof, and how it is verified for its own question; and others that it is not an answer to. */
    @SuppressWarnings("ArrayRecordComponent") // of tests
    private record Question(String name, byte[] proof, BiConsumer<MasterRoot, byte[]> verification) {}

    private static List<Question> questions(Snapshot snapshot, byte[] key) {
        List<Question> questions = new ArrayList<>();
        questions.add(new Question(
                "latest", snapshot.proveLatest(key), (root, proof) -> ProofVerifier.verifyLatest(root, key, proof)));
        questions.add(new Question(
                "version",
                snapshot.proveVersion(key, 1),
                (root, proof) -> ProofVerifier.verifyVersion(root, key, 1, proof)));
        questions.add(new Question(
                "as of", snapshot.proveAsOf(key, 1), (root, proof) -> ProofVerifier.verifyAsOf(root, key, 1, proof)));
        questions.add(new Question(
                "history",
                snapshot.proveHistory(key, 0, 0),
                (root, proof) -> ProofVerifier.verifyHistory(root, key, 0, 0, proof)));
        questions.add(new Question(
                "range",
                snapshot.proveRange(KeyRange.atLeast(key), 3),
                (root, proof) -> ProofVerifier.verifyRange(root, key, null, 3, proof)));
        return questions;
    }

    @Test
    void aProofIsForItsSnapshotDatabaseAndQuestionOnly() {
        try (AvccDb db = filled(directory.resolve("a"));
                AvccDb other = filled(directory.resolve("b"));
                Snapshot before = db.snapshot();
                Snapshot elsewhere = other.snapshot()) {
            db.putWithVersion(bytes("another"), bytes("one"), 1);
            try (Snapshot after = db.snapshot()) {
                assertNotEquals(before.masterRoot(), after.masterRoot());
                assertNotEquals(before.masterRoot(), elsewhere.masterRoot());
                List<Question> questions = questions(before, VICTIM);
                for (Question question : questions) {
                    question.verification.accept(before.masterRoot(), question.proof);
                    refused(question, after.masterRoot(), question.proof);
                    refused(question, elsewhere.masterRoot(), question.proof);
                    for (Question of : questions) {
                        if (!of.name.equals(question.name)) {
                            refused(question, before.masterRoot(), of.proof);
                        }
                    }
                    for (Question of : questions(after, VICTIM)) {
                        refused(question, before.masterRoot(), of.proof);
                    }
                    for (Question of : questions(before, bytes("key7"))) {
                        refused(question, before.masterRoot(), of.proof);
                    }
                }
                questions(after, VICTIM)
                        .forEach(question -> question.verification.accept(after.masterRoot(), question.proof));
            }
        }
    }

    private static void refused(Question question, MasterRoot root, byte[] proof) {
        assertThrows(
                ProofRejectedException.class, () -> question.verification.accept(root, proof), () -> question.name);
    }

    /** A database of one table; the root is the last that an honest one had. */
    private MasterRoot rooted() {
        try (AvccDb db = filled(directory)) {
            db.flush();
            return db.masterRoot();
        }
    }

    private long forge(ForgedTable.Root root) {
        UnaryOperator<byte[]> forgery = value -> {
            byte[] forged = value.clone();
            if (new String(value, ISO_8859_1).equals("value500")) {
                forged[0] = 'V';
            }
            return forged;
        };
        return onTheTable(
                (storage, number) -> assertTrue(ForgedTable.write(storage, number, BLOCK_BYTES, root, forgery)));
    }

    private long onTheTable(BiConsumer<Storage, Long> change) {
        Storage storage = NioStorage.open(directory);
        List<String> tables =
                storage.list().stream().filter(name -> name.endsWith(".sst")).toList();
        assertEquals(1, tables.size());
        long number = Long.parseLong(tables.get(0).substring(0, tables.get(0).indexOf('.')));
        change.accept(storage, number);
        storage.close();
        return number;
    }

    /** Nothing of the table is believed where it is not the one that the manifest names. */
    @Test
    void aTableWithAnotherRootIsNotRead() {
        MasterRoot unused = rooted();
        assertNothingIsRead(forge(ForgedTable.Root.OWN));
    }

    @Test
    void aTableThatHasLostItsRootIsNotOpened() {
        MasterRoot unused = rooted();
        long table = forge(ForgedTable.Root.NONE);
        corrupt(table, () -> AvccDb.open(directory, options().build()).close());
    }

    @Test
    void aRootThatIsNotTheManifestsIsFound() {
        MasterRoot unused = rooted();
        long table = onTheTable(ForgedTable::changeRootAlone);
        assertNothingIsRead(table);
    }

    private void assertNothingIsRead(long table) {
        try (AvccDb db = AvccDb.open(directory, options().build());
                Snapshot snapshot = db.snapshot()) {
            corrupt(table, () -> db.get(VICTIM));
            corrupt(table, () -> snapshot.proveLatest(VICTIM));
            corrupt(table, () -> snapshot.proveRange(KeyRange.all(), 10));
            IntegrityReport report = db.verify();
            assertFalse(report.isClean());
            assertTrue(report.problems().get(0).contains(String.valueOf(table)), report::toString);
        }
    }

    private static void corrupt(long table, Runnable call) {
        String message = assertThrows(CorruptionException.class, call::run).getMessage();
        assertTrue(message.contains(table + ".sst"), message);
    }

    /** Reads believe the checks that are there for accidents; roots, proofs and whoever looks closely do not. */
    @ParameterizedTest
    @EnumSource(
            value = ForgedTable.Root.class,
            names = {"STOLEN", "STOLEN_WITH_TREE"})
    void aTableWithAStolenRootProvesNothingAndIsFound(ForgedTable.Root root) {
        MasterRoot honest = rooted();
        long table = forge(root);
        Options paranoid = options().paranoidChecks(true).build();
        try (AvccDb db = AvccDb.open(directory, paranoid);
                Snapshot snapshot = db.snapshot()) {
            assertEquals(honest, snapshot.masterRoot());
            assertArrayEquals(bytes("Value500"), db.get(VICTIM));
            for (Question question : questions(snapshot, VICTIM)) {
                refused(question, honest, question.proof);
            }
            byte[] elsewhere = bytes("key2");
            if (root == ForgedTable.Root.STOLEN_WITH_TREE) {
                Verified untouched = ProofVerifier.verifyLatest(honest, elsewhere, snapshot.proveLatest(elsewhere));
                assertArrayEquals(bytes("value2"), untouched.value());
            } else {
                refused(questions(snapshot, elsewhere).get(0), honest, snapshot.proveLatest(elsewhere));
            }
            IntegrityReport report = db.verify();
            assertFalse(report.isClean());
            assertTrue(report.problems().stream().allMatch(problem -> problem.contains(table + ".sst")));
            db.deleteVersion(VICTIM, 9);
            db.flush();
            String refusal = assertThrows(AvccDbException.class, () -> db.compactRange(KeyRange.all()))
                    .toString();
            assertTrue(refusal.contains("root"), refusal);
            assertEquals(RECORDS, count(db), "what was there is there still");
        }
    }

    private static int count(AvccDb db) {
        int count = 0;
        try (Cursor cursor = db.cursor(KeyRange.all())) {
            while (cursor.next()) {
                count++;
            }
        }
        return count;
    }
}
