package org.avccdb.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ProofCommandsTest {
    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    private static Path db;
    private Path proof;

    @BeforeAll
    static void write() {
        db = shared.resolve("db");
        Run.fine("put", db, "ant", "plain");
        Run.fine("put", db, "bee", "one", "--version", 1);
        Run.fine("put", db, "bee", "three", "--version", 3);
        Run.fine("put", db, "cat", "last");
    }

    @BeforeEach
    void choosePlace() {
        proof = folder.resolve("proof");
    }

    static Stream<Arguments> questions() {
        return Stream.of(
                Arguments.of("--key bee", "three\n"),
                Arguments.of("--key bee --version 1", "one\n"),
                Arguments.of("--key bee --as-of 2", "one\n"),
                Arguments.of("--key bee --version 2", ""),
                Arguments.of("--key dog", ""),
                Arguments.of("--key bee --history", "1\tone\n3\tthree\n"),
                Arguments.of("--key bee --history --min 2 --max 9", "3\tthree\n"),
                Arguments.of("--from b", "bee\tthree\ncat\tlast\n"),
                Arguments.of("--limit 2", "ant\tplain\nbee\tthree\n"),
                Arguments.of("--prefix x", ""));
    }

    private static Object[] arguments(Object... parts) {
        List<Object> all = new ArrayList<>();
        for (Object part : parts) {
            if (part instanceof String words) {
                all.addAll(Arrays.asList(words.split(" ", -1)));
            } else {
                all.add(part);
            }
        }
        return all.toArray();
    }

    private String prove(String question) {
        return Run.fine(arguments("prove", db, proof, question)).strip();
    }

    @ParameterizedTest
    @MethodSource("questions")
    void whatIsProvenVerifies(String question, String answer) {
        String root = prove(question);
        Run verified = Run.of(arguments("verify-proof", proof, question, "--root", root));
        assertEquals(0, verified.status(), verified.err());
        assertEquals(answer, verified.out());
        assertTrue(
                answer.isEmpty()
                        ? verified.err().startsWith("proven: ")
                        : verified.err().isEmpty() || verified.err().startsWith("proven: these "),
                verified.err());
    }

    @ParameterizedTest
    @MethodSource("questions")
    void whatIsTamperedWithIsRejected(String question, String answer) throws IOException {
        String root = prove(question);
        byte[] honest = Files.readAllBytes(proof);
        for (int i = 0; i < honest.length; i += 23) {
            byte[] forged = honest.clone();
            forged[i] ^= 1;
            Files.write(proof, forged);
            String error = Run.fails(1, arguments("verify-proof", proof, question, "--root", root));
            assertTrue(error.startsWith("avccdb: the proof is rejected: "), error);
        }
    }

    @Test
    void anotherRootIsRejected() throws IOException {
        Path rootFile = folder.resolve("root");
        Path changing = folder.resolve("db");
        Run.fine("checkpoint", db, changing);
        Run.fine("prove", changing, proof, "--key", "bee", "--root-file", rootFile);
        assertEquals("three\n", Run.fine("verify-proof", proof, "--key", "bee", "--root-file", rootFile));
        Run.fine("put", changing, "bee", "four", "--version", 4);
        Run.fine("prove", changing, folder.resolve("later"), "--key", "bee", "--root-file", rootFile);
        Run.fails(1, "verify-proof", proof, "--key", "bee", "--root-file", rootFile);
        Files.writeString(rootFile, "abcd\n");
        assertTrue(Run.fails(2, "verify-proof", proof, "--key", "bee", "--root-file", rootFile)
                .contains("32 bytes"));
    }

    @Test
    void printsJson() {
        String proven = Run.fine("prove", db, proof, "--key", "bee", "--json");
        String root = proven.replaceAll(".*\"root\":\"([0-9a-f]{64})\".*\\R", "$1");
        assertTrue(proven.contains("\"sequence\":4,\"proofBytes\":"), proven);
        assertEquals(
                "{\"version\":3,\"sequence\":3,\"value\":\"three\"}\n",
                Run.fine("verify-proof", proof, "--key", "bee", "--root", root, "--json"));
        Run.fine("prove", db, proof, "--key", "dog");
        assertEquals("{\"absent\":true}\n", Run.fine("verify-proof", proof, "--key", "dog", "--root", root, "--json"));
    }

    static List<String> mixedQuestions() {
        return List.of(
                "--history",
                "--version 3",
                "--as-of 3",
                "--min 1",
                "--key a --min 1",
                "--key a --history --as-of 2",
                "--key a --from b",
                "--key a --limit 3",
                "--limit 0",
                "--key a --version 1 --as-of 2");
    }

    @ParameterizedTest
    @MethodSource("mixedQuestions")
    void questionsThatMakeNoSenseAreRefused(String question) {
        Run.fails(2, arguments("prove", db, proof, question));
        Run.fails(2, arguments("verify-proof", proof, question, "--root", "00".repeat(32)));
    }

    @Test
    void aDatabaseWithoutHashesSaysSo() throws IOException {
        Path options = Files.writeString(folder.resolve("options"), "authentication=NONE\n");
        Path other = folder.resolve("other");
        Run.fine("put", other, "a", "b", "--options", options);
        String error = Run.fails(3, "prove", other, proof, "--key", "a", "--options", options);
        assertTrue(error.contains("authentication"), error);
    }
}
