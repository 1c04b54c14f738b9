package org.avccdb.bench.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.avccdb.bench.measure.JsonReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExitStatusTest {
    @TempDir
    private Path folder;

    private int execute(String arguments) {
        List<String> all = new ArrayList<>(Arrays.asList(arguments.split(" ", -1)));
        all.addAll(List.of("--dir", folder.resolve("databases").toString(), "--jitter-seconds", "0"));
        all.addAll(List.of("--results", folder.toString()));
        return CommandLines.execute(all.toArray(String[]::new));
    }

    private Map<String, Object> run() throws IOException {
        return JsonReader.readObject(Files.readString(folder.resolve("run.json")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fillsomehow",
                "fillseq --engine berkeley",
                "fillseq --records 0",
                "fillseq --records many",
                "fillseq --key-bytes 7",
                "fillseq --compressible 2",
                "fillseq --rate -1",
                "fillseq --durability perhaps",
                "fillseq --rounds 0",
                "mixed --mix read=50",
                "mixed --mix z",
                "fillseq --no-such-option",
                "fillseq --versus lmdb --options no-such-file",
                "job --options no-such-file",
                "job --keys 1",
                "job --versions 64"
            })
    void wrongArgumentsAreTwo(String arguments) {
        assertEquals(2, execute(arguments));
        assertFalse(Files.exists(folder.resolve("run.json")));
    }

    /** All the help behind it would push it out of sight. */
    @Test
    void wrongArgumentsAreToldInALine() {
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        PrintStream before = System.err;
        System.setErr(new PrintStream(told, true, UTF_8));
        try {
            assertEquals(2, CommandLines.execute("job", "--no-such-option"));
        } finally {
            System.setErr(before);
        }
        assertEquals(
                "Unknown option: '--no-such-option'; see 'bench job --help'",
                told.toString(UTF_8).strip());
    }

    @Test
    void aMistakeInAFileOfOptionsIsToldBeforeAnythingRuns() throws IOException {
        Path options = folder.resolve("options");
        Files.writeString(options, "blockCacheSize=1\n");
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        PrintStream before = System.err;
        System.setErr(new PrintStream(told, true, UTF_8));
        try {
            assertEquals(2, execute("fillseq --options " + options));
        } finally {
            System.setErr(before);
        }
        String message = told.toString(UTF_8).strip();
        assertTrue(message.contains("'blockCacheSize'") && message.contains("blockCacheBytes"), message);
        assertFalse(Files.exists(folder.resolve("run.json")));
    }

    @Test
    void helpIsNoMistake() {
        assertEquals(0, CommandLines.execute("--help"));
        assertEquals(0, CommandLines.execute("job", "--help"));
    }

    @Test
    void aRateThatIsNotHeldIsAFailure() throws IOException {
        assertEquals(1, execute("fillseq --records 5000 --rate 1e9 --warm-up-records 0"));
        assertEquals(false, run().get("good"));
        assertTrue(run().get("failures").toString().contains("the rate was not held"));
        Map<?, ?> result = (Map<?, ?>) ((List<?>) run().get("results")).get(0);
        assertEquals(false, result.get("rateHeld"));
        Map<?, ?> put = (Map<?, ?>) ((Map<?, ?>) result.get("latency")).get("put");
        long service = (Long) ((Map<?, ?>) put.get("service")).get("p50");
        long response = (Long) ((Map<?, ?>) put.get("response")).get("p50");
        assertTrue(response > service, response + " " + service);
    }

    @Test
    void anEngineThatFailsIsAFailure() throws IOException {
        Path options = folder.resolve("options");
        Files.writeString(options, "errorIfMissing=true\n");
        assertEquals(1, execute("fillseq --records 100 --options " + options));
        assertEquals(false, run().get("good"));
    }

    @Test
    void aTurnInAJvmOfItsOwnGivesItsResults() throws IOException {
        assertEquals(0, execute("fillseq --records 500 --fork --rounds 2 --warm-up-records 0"));
        assertEquals(2, ((List<?>) run().get("results")).size());
        assertEquals(true, run().get("forked"));
        try (var left = Files.list(folder)) {
            assertFalse(left.anyMatch(file -> file.toString().contains("fork-")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " --versions 1"})
    void theMainJobHolds(String more) throws IOException {
        assertEquals(0, execute("job --keys 400 --samples 50" + more));
        assertEquals(9, ((List<?>) run().get("checks")).size());
        Map<?, ?> proofs = (Map<?, ?>) ((List<?>) run().get("results")).get(2);
        for (String kind : List.of("latest value", "version", "history", "absence")) {
            Map<?, ?> sizes = (Map<?, ?>) ((Map<?, ?>) proofs.get("proofBytes")).get(kind);
            assertEquals(50L, sizes.get("count"), kind);
            assertTrue((Long) sizes.get("min") > 0, kind);
        }
        assertTrue(Files.readString(folder.resolve("report.html")).contains("proofs before compaction"));
    }
}
