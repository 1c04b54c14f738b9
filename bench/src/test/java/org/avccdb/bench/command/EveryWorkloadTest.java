package org.avccdb.bench.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.avccdb.bench.engines.EngineKind;
import org.avccdb.bench.measure.JsonReader;
import org.avccdb.bench.workloads.Workloads;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A small run of every workload on every engine: all answers are right, and everything is written down. */
class EveryWorkloadTest {
    private static final int RECORDS = 2_000;
    private static final int VALUE_BYTES = 60;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    void holds(EngineKind engine) throws IOException {
        List<String> arguments = new ArrayList<>(Workloads.names());
        arguments.addAll(List.of("--engine", engine.title(), "--records", Integer.toString(RECORDS)));
        arguments.addAll(
                List.of("--sync-records", "20", "--threads", "2", "--value-bytes", Integer.toString(VALUE_BYTES)));
        // What is the same for all engines is done once. Small memtables are flushed and merged.
        String once = engine.proves() ? "1" : "0";
        Path options = folder.resolve("options");
        Files.writeString(options, "writeBufferBytes = 64 KiB\n");
        arguments.addAll(List.of("--warm-up-records", once + "00", "--jitter-seconds", once, "--pipelined"));
        arguments.addAll(List.of("--options", options.toString()));
        arguments.addAll(List.of("--dir", folder.resolve("databases").toString()));
        arguments.addAll(List.of("--results", folder.resolve("results").toString()));
        assertEquals(0, CommandLines.execute(arguments.toArray(String[]::new)));

        Map<String, Object> run =
                JsonReader.readObject(Files.readString(folder.resolve("results").resolve("run.json")));
        assertEquals(true, run.get("good"));
        assertEquals(arguments, run.get("command"));
        Set<Object> seen = new HashSet<>();
        for (Object result : (List<?>) run.get("results")) {
            Map<?, ?> map = (Map<?, ?>) result;
            seen.add(map.get("workload"));
            check(map);
        }
        if (engine.proves()) {
            assertTrue(Files.readString(folder.resolve("results").resolve("report.html"))
                    .contains(">absence<"));
        }
        Set<Object> expected = new HashSet<>(Workloads.names());
        if (!engine.proves()) {
            expected.removeAll(Set.of("prove", "verify", "rootevery"));
        }
        assertEquals(expected, seen);
        assertEquals(engine.proves(), run.containsKey("jitter"));
        assertTrue(Files.readString(folder.resolve("results").resolve("report.html"))
                .contains(engine.title()));
        try (var left = Files.list(folder.resolve("databases"))) {
            assertEquals(List.of(), left.toList());
        }
    }

    private void check(Map<?, ?> result) throws IOException {
        String name = result.get("workload").toString();
        assertTrue(((Number) result.get("recordsPerSecond")).doubleValue() > 0, name);
        assertFalse(((List<?>) result.get("series")).isEmpty(), name);
        long counted = 0;
        for (Object kind : ((Map<?, ?>) result.get("latency")).values()) {
            Map<?, ?> service = (Map<?, ?>) ((Map<?, ?>) kind).get("service");
            counted += (Long) service.get("count");
            assertFalse(((List<?>) service.get("curve")).isEmpty(), name);
        }
        long operations = (Long) result.get("operations");
        assertTrue(name.equals("readwhilewriting") ? counted >= operations : counted == operations, name);
        assertEquals(name.equals("prove"), result.containsKey("proofBytes"));
        if (name.equals("prove")) {
            Map<?, ?> sizes = (Map<?, ?>) result.get("proofBytes");
            Map<?, ?> latest = (Map<?, ?>) sizes.get("latest value");
            Map<?, ?> absence = (Map<?, ?>) sizes.get("absence");
            assertEquals(operations, latest.get("count"));
            // Each of two threads adds as many as it has made, but no more than a thousand.
            assertEquals(operations, absence.get("count"));
            assertTrue((Long) latest.get("min") > VALUE_BYTES, latest::toString);
            assertTrue((Long) absence.get("min") > 0, absence::toString);
        }
        for (Object file : (List<?>) result.get("files")) {
            assertTrue(Files.size(folder.resolve("results").resolve(file.toString())) > 0, file.toString());
        }
    }
}
