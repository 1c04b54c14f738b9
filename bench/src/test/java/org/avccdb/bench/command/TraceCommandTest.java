package org.avccdb.bench.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.AvccDb;
import org.avccdb.Cursor;
import org.avccdb.KeyRange;
import org.avccdb.VersionedValue;
import org.avccdb.bench.engines.Durability;
import org.avccdb.bench.engines.EngineKind;
import org.avccdb.bench.engines.Events;
import org.avccdb.bench.engines.Session;
import org.avccdb.bench.engines.Store;
import org.avccdb.bench.engines.StoreSettings;
import org.avccdb.bench.measure.JsonReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceCommandTest {
    private static final int KEY_BYTES = 18;
    private static final int VALUE_BYTES = 41;
    private static final String SIZES = " --key-bytes " + KEY_BYTES + " --value-bytes " + VALUE_BYTES;

    @TempDir
    private Path folder;

    private int execute(String arguments) {
        List<String> all = new ArrayList<>(
                Arrays.asList(arguments.replace("FILE", file().toString()).split(" ", -1)));
        if (all.size() > 2) {
            all.addAll(List.of("--dir", folder.resolve("databases").toString(), "--jitter-seconds", "0"));
            all.addAll(List.of("--results", folder.resolve(all.get(1)).toString(), "--keep"));
        }
        return CommandLines.execute(all.toArray(String[]::new));
    }

    private Path file() {
        return folder.resolve("recording");
    }

    private Map<String, Object> run(String command) throws IOException {
        return JsonReader.readObject(Files.readString(folder.resolve(command).resolve("run.json")));
    }

    private Path database(String engine, int number) {
        return folder.resolve("databases").resolve(engine + "-round1").resolve("database" + number);
    }

    private static Map<String, byte[]> content(Path database) {
        Map<String, byte[]> content = new TreeMap<>();
        try (AvccDb db = AvccDb.open(database);
                Cursor cursor = db.cursor(KeyRange.all())) {
            while (cursor.next()) {
                byte[] value = new byte[cursor.value().capacity()];
                cursor.value().getBytes(0, value);
                content.put(
                        cursor.key().getStringWithoutLengthAscii(0, cursor.key().capacity()), value);
            }
        }
        return content;
    }

    private Store open(String engine, int number) {
        return EngineKind.of(engine)
                .open(
                        new StoreSettings(
                                database(engine, number), Durability.DEFAULT, null, KEY_BYTES, VALUE_BYTES, 5_000),
                        new Events());
    }

    private void assertContent(Map<String, byte[]> expected, String engine, int number) {
        try (Store store = open(engine, number);
                Session session = store.session()) {
            assertEquals(expected.size(), session.scanAll());
            expected.forEach((key, value) -> {
                session.key().putStringWithoutLengthAscii(0, key);
                assertEquals(VALUE_BYTES, session.get(), key);
                assertEquals(new UnsafeBuffer(value), session.answer(), key);
            });
        }
    }

    @ParameterizedTest
    @CsvSource({"avccdb,full", "lmdb,full", "mvstore,full", "lmdb,original"})
    void whatWasRecordedIsThereAfterItsReplay(String engine, String speed) throws IOException {
        String workloads = "fillbatch overwrite mixed --mix read=30,update=20,insert=20,scan=10,rmw=20";
        assertEquals(
                0,
                execute("trace record FILE " + workloads + " --records 1500 --batch-records 37 --warm-up-records 100"
                        + " --threads 2 --pipelined" + SIZES));
        // A mixed workload finds its records in a database of its own.
        Map<String, byte[]> before = content(database("avccdb", 0));
        Map<String, byte[]> expected = content(database("avccdb", 1));
        assertTrue(expected.size() > 1_700, () -> "records: " + expected.size());

        assertEquals(0, execute("trace replay FILE --engine " + engine + " --speed " + speed));
        assertContent(before, engine, 0);
        assertContent(expected, engine, 1);
        Map<String, Object> run = run("replay");
        assertEquals(true, run.get("good"));
        List<?> results = (List<?>) run.get("results");
        assertEquals(
                List.of("fillbatch", "overwrite-warm-up", "overwrite", "mixed-warm-up", "fillrandom-before", "mixed"),
                results.stream()
                        .map(result -> ((Map<?, ?>) result).get("workload"))
                        .toList());
        Map<?, ?> latency = (Map<?, ?>) ((Map<?, ?>) results.get(5)).get("latency");
        assertEquals(List.of("get", "put", "scan"), List.copyOf(latency.keySet()));
        for (Object kind : latency.values()) {
            assertEquals(speed.equals("original"), ((Map<?, ?>) kind).containsKey("response"));
        }
        assertEquals(1_500L, ((Map<?, ?>) results.get(2)).get("records"));
        assertTrue(Files.readString(folder.resolve("replay").resolve("report.html"))
                .contains(speed.equals("original") ? "at its recorded time" : "as fast as it goes"));
    }

    @Test
    void versionsAndNewDatabasesComeAgain() {
        assertEquals(
                0, execute("trace record FILE readasof readmissing --records 600 --versions 3 --engine lmdb" + SIZES));
        assertEquals(0, execute("trace replay FILE"));
        assertVersions();
        assertContent(content(database("avccdb", 1)), "lmdb", 1);
        assertEquals(0, execute("trace replay FILE --engine lmdb"));
        assertVersions();
        assertContent(content(database("avccdb", 1)), "lmdb", 1);
    }

    /** Each version of each key is the same in LMDB as in this database. */
    private void assertVersions() {
        Map<String, byte[]> latest = content(database("avccdb", 0));
        assertEquals(200, latest.size());
        try (AvccDb db = AvccDb.open(database("avccdb", 0));
                Store store = open("lmdb", 0);
                Session session = store.session()) {
            assertEquals(600, session.scanAll());
            for (String key : latest.keySet()) {
                session.key().putStringWithoutLengthAscii(0, key);
                for (long version = 1; version <= 3; version++) {
                    VersionedValue expected = db.getAsOf(key.getBytes(StandardCharsets.US_ASCII), version);
                    assertEquals(version, expected.version(), key);
                    assertEquals(VALUE_BYTES, session.getAsOf(version), key);
                    assertEquals(new UnsafeBuffer(expected.value()), session.answer(), key);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "trace",
                "trace rewind FILE",
                "trace record",
                "trace record FILE",
                "trace record FILE fillsomehow",
                "trace record FILE prove",
                "trace record FILE fillseq rootevery",
                "trace record FILE fillseq --engine berkeley",
                "trace record FILE fillseq --records 0",
                "trace record FILE fillseq --versus lmdb",
                "trace record FILE fillseq --value-bytes 16777217",
                "trace record FILE fillseq --warm-up-records -1",
                "trace record FILE/below fillseq",
                "trace replay",
                "trace replay FILE",
                "trace replay FILE FILE",
                "trace replay FILE --records 5"
            })
    void wrongArgumentsAreTwo(String arguments) {
        assertEquals(2, execute(arguments));
        assertFalse(Files.exists(file()));
        assertFalse(Files.exists(folder.resolve("record")));
        assertFalse(Files.exists(folder.resolve("replay")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--engine berkeley", "--speed slow", "--durability perhaps", "--no-such-option"})
    void wrongArgumentsOfAReplayAreTwo(String arguments) throws IOException {
        Files.writeString(file(), "anything");
        assertEquals(2, execute("trace replay FILE " + arguments));
        assertEquals(2, execute("trace record FILE fillseq"));
        assertEquals("anything", Files.readString(file()));
    }

    @Test
    void aDamagedFileIsAFailure() throws IOException {
        Files.writeString(file(), "anything ".repeat(50));
        assertEquals(1, execute("trace replay FILE"));
        assertFalse(Files.exists(folder.resolve("replay")));
        Files.delete(file());
        assertEquals(0, execute("trace record FILE fillseq --records 10"));
        byte[] whole = Files.readAllBytes(file());
        Files.write(file(), Arrays.copyOf(whole, whole.length - 8));
        assertEquals(1, execute("trace replay FILE"));
        Files.write(file(), whole);
        assertEquals(0, execute("trace replay FILE"));
    }

    @Test
    void helpIsNoMistake() {
        assertEquals(0, CommandLines.execute("trace", "--help"));
        assertEquals(0, CommandLines.execute("trace", "record", "--help"));
        assertEquals(0, CommandLines.execute("trace", "replay", "--help"));
    }
}
