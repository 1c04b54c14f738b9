package org.avccdb.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataCommandsTest {
    @TempDir
    private Path folder;

    private Path db;

    @BeforeEach
    void write() {
        db = folder.resolve("db");
        Run.fine("put", db, "ant", "plain");
        Run.fine("put", db, "bee", "one", "--version", 1);
        Run.fine("put", db, "bee", "three", "--version", 3, "--sync");
        Run.fine("put", db, "cat", "last");
    }

    @Test
    void getsVersions() {
        assertEquals("plain\n", Run.fine("get", db, "ant"));
        assertEquals("three\n", Run.fine("get", db, "bee"));
        assertEquals("one\n", Run.fine("get", db, "bee", "--version", 1));
        assertEquals("one\n", Run.fine("get", db, "bee", "--as-of", 2));
        assertEquals("three", Run.fine("get", db, "bee", "--raw"));
        assertEquals(
                "{\"key\":\"bee\",\"version\":3,\"sequence\":3,\"value\":\"three\"}\n",
                Run.fine("get", db, "bee", "--json"));
    }

    @Test
    void saysWhatIsNotThere() {
        assertEquals("avccdb: not found: dog\n", Run.fails(1, "get", db, "dog"));
        Run.fails(1, "get", db, "bee", "--version", 2);
        Run.fails(1, "history", db, "dog");
    }

    @Test
    void deletes() {
        Run.fine("delete", db, "bee", "--version", 3);
        assertEquals("one\n", Run.fine("get", db, "bee"));
        Run.fine("delete", db, "bee");
        Run.fails(1, "get", db, "bee");
    }

    @Test
    void printsHistories() {
        assertEquals(List.of("1\tone", "3\tthree"), Run.lines("history", db, "bee"));
        assertEquals(List.of("3\tthree"), Run.lines("history", db, "bee", "--min", 2));
        assertEquals(
                List.of("{\"version\":1,\"sequence\":2,\"value\":\"one\"}"),
                Run.lines("history", db, "bee", "--max", 2, "--json"));
    }

    @Test
    void scans() {
        assertEquals(List.of("ant\tplain", "bee\tthree", "cat\tlast"), Run.lines("scan", db));
        assertEquals(List.of("cat", "bee"), Run.lines("scan", db, "--reverse", "--keys", "--limit", 2));
        assertEquals(List.of("bee\t3\tthree", "bee\t1\tone"), Run.lines("scan", db, "--prefix", "b", "--versions"));
        assertEquals(List.of("bee\tthree"), Run.lines("scan", db, "--from", "b", "--to", "c"));
        assertEquals(
                List.of("{\"key\":\"cat\",\"version\":0,\"sequence\":4,\"value\":\"last\"}"),
                Run.lines("scan", db, "--from", "c", "--json"));
        assertTrue(Run.fails(2, "scan", db, "--prefix", "b", "--to", "c").contains("--prefix"));
    }

    @Test
    void takesAndPrintsAllFormats() {
        Run.fine("put", db, "00ff", "0a0d", "--format", "hex");
        assertEquals("\\x0A\\x0D\n", Run.fine("get", db, "\\x00\\xFF"));
        assertEquals("Cg0=\n", Run.fine("get", db, "AP8=", "--format", "BASE64"));
        assertEquals("0a0d\n", Run.fine("get", db, "\\x00\\xff", "--value-format", "hex"));
        assertTrue(Run.fails(2, "get", db, "zz", "--format", "hex").contains("'zz' is not hex"));
        assertTrue(Run.fails(2, "get", db, "a\\b").contains("stray backslash"));
    }

    @Test
    void takesValuesFromFilesAndTheInput() throws IOException {
        byte[] bytes = {0, 10, -1};
        Path file = Files.write(folder.resolve("value"), bytes);
        Run.fine("put", db, "file", "--value-file", file);
        assertEquals(
                0, Run.withInput(bytes, "put", db, "input", "--value-file", "-").status());
        assertEquals("000aff\n", Run.fine("get", db, "file", "--value-format", "hex"));
        assertEquals("000aff\n", Run.fine("get", db, "input", "--value-format", "hex"));
        Run.fails(2, "put", db, "neither");
        Run.fails(2, "put", db, "both", "value", "--value-file", file);
    }

    @Test
    void takesKeysThatLookLikeOptions() {
        Run.fine("put", db, "--", "--sync", "-v");
        assertEquals("-v\n", Run.fine("get", db, "--", "--sync"));
    }
}
