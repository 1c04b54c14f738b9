package org.avccdb.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.avccdb.Options;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaintenanceCommandsTest {
    @TempDir
    private Path folder;

    private Path db;
    private Path options;

    /** With small buffers: a journal of the usual size takes its time. */
    @BeforeEach
    void write() {
        db = folder.resolve("db");
        options = folder.resolve("options");
        Options.builder().writeBufferBytes(1 << 16).build().save(options);
        Run.fine("put", db, "ant", "plain", "--options", options);
        Run.fine("put", db, "bee", "three", "--version", 3, "--options", options);
        Run.fine("compact", db, "--options", options);
    }

    @Test
    void tellsWhatIsThere() {
        String stat = Run.fine("stat", db);
        assertTrue(stat.startsWith("database ") && stat.contains("version order ARBITRARY"), stat);
        String json = Run.fine("stat", db, "--json");
        assertTrue(json.contains("\"writes\":{") && json.contains("\"latencyNanos\":{"), json);
        assertFalse(Run.fine("stat", db, "--property", "avccdb.stats").isBlank());
        assertTrue(Run.fails(2, "stat", db, "--property", "avccdb.nonsense").contains("no property"));
    }

    @Test
    void tellsOfLevels() {
        assertTrue(Run.fine("levels", db, "--tables").contains("--- level 0 ---"));
        String json = Run.fine("levels", db, "--json");
        assertTrue(json.startsWith("[{\"level\":0,\"tables\":0,\"bytes\":0},{\"level\":1,"), json);
    }

    @Test
    void checks() throws IOException {
        assertTrue(Run.fine("check", db).matches("sound: [12] tables, 1 journals, 2 records, \\d+ bytes read\n"));
        Path table = table();
        byte[] bytes = Files.readAllBytes(table);
        bytes[3] ^= 1;
        Files.write(table, bytes);
        Run damaged = Run.of("check", db);
        assertEquals(1, damaged.status());
        String name = table.getFileName().toString();
        assertTrue(damaged.out().startsWith("first damage: "), damaged.out());
        assertTrue(damaged.out().lines().findFirst().orElseThrow().contains(name), damaged.out());
        String json = Run.of("check", db, "--json").out();
        assertTrue(json.startsWith("{\"clean\":false,"), json);
        assertTrue(json.contains("\"first\":{\"file\":\"" + name + "\",\"offset\":0}"), json);
    }

    @Test
    void checksWhatCannotBeOpened() throws IOException {
        Path current = db.resolve("CURRENT");
        byte[] bytes = Files.readAllBytes(current);
        bytes[40] ^= 1;
        Files.write(current, bytes);
        Run damaged = Run.of("check", db);
        assertEquals(1, damaged.status());
        assertTrue(damaged.out().startsWith("first damage: CURRENT, offset "), damaged.out());
    }

    @Test
    void makesCheckpoints() {
        Path copy = folder.resolve("copy");
        Run.fine("checkpoint", db, copy);
        assertEquals(Run.fine("unload", db), Run.fine("unload", copy));
        Run.fails(3, "checkpoint", db, copy);
    }

    @Test
    void recovers() throws IOException {
        String before = Run.fine("unload", db);
        Files.delete(db.resolve("CURRENT"));
        Run.fails(3, "get", db, "ant");
        Run.fine("recover", db, "--options", options);
        assertEquals(before, Run.fine("unload", db));
    }

    @Test
    void recoversNoDatabaseFromNothing() throws IOException {
        Path other = Files.createDirectory(folder.resolve("other"));
        assertTrue(Run.fails(3, "recover", other).contains("no table and no journal"));
        try (var files = Files.list(other)) {
            assertEquals(List.of(), files.toList());
        }
    }

    private Path table() {
        try (var files = Files.list(db)) {
            return files.filter(file -> file.toString().endsWith(".sst"))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
