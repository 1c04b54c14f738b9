package org.avccdb.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.avccdb.AvccDb;
import org.avccdb.Options;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorsTest {
    @TempDir
    private Path folder;

    @Test
    void aWordThatIsNoCommandIsCalledSo() {
        assertEquals("avccdb: there is no command 'chek'; see 'avccdb --help'\n", Run.fails(2, "chek", "DB"));
        assertTrue(Run.fails(2, "--chek").contains("Unknown option: '--chek'"));
        assertTrue(Run.fails(2, "get", "DB", "a", "b").contains("Unmatched argument"));
    }

    private static void assertOneLine(String error) {
        assertTrue(error.startsWith("avccdb: "), error);
        assertEquals(1, error.lines().count(), error);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "get DB a",
                "delete DB a",
                "scan DB",
                "unload DB",
                "stat DB",
                "levels DB",
                "check DB",
                "compact DB",
                "history DB a",
                "checkpoint DB DB2",
                "prove DB DB.proof --key a",
                "recover DB"
            })
    void aMissingDatabaseIsSaidAndNotMade(String command) {
        Path db = folder.resolve("none");
        String error =
                Run.fails(3, (Object[]) command.replace("DB", db.toString()).split(" ", -1));
        assertOneLine(error);
        assertTrue(error.contains(db.toString()), error);
        assertFalse(Files.exists(db));
    }

    @Test
    void aLockedDatabaseIsSaid() {
        Path db = folder.resolve("db");
        Options small = Options.builder().writeBufferBytes(1 << 16).build();
        try (AvccDb open = AvccDb.open(db, small)) {
            open.put(new byte[] {1}, new byte[] {1});
            for (String command : List.of("get", "delete")) {
                String error = Run.fails(3, command, db, "a");
                assertOneLine(error);
                assertTrue(error.contains(db.toString()) && error.contains("try again"), error);
            }
        }
    }

    @Test
    void damageIsSaidWithItsPlace() throws IOException {
        Path db = folder.resolve("db");
        Run.fine("put", db, "a", "b");
        Path current = db.resolve("CURRENT");
        Files.writeString(current, "nonsense");
        String error = Run.fails(3, "get", db, "a");
        assertOneLine(error);
        assertTrue(error.contains("CURRENT, offset 0") && error.contains("avccdb check"), error);
    }

    @Test
    void aFileThatIsNotThereIsSaid() {
        for (String command : List.of(
                "verify-proof none --key a --root " + "00".repeat(32),
                "dump none.sst",
                "put db k --value-file none",
                "load db none",
                "get db a --options none")) {
            String error = Run.fails(3, (Object[]) command.replace(" none", " " + folder.resolve("none"))
                    .replace(" db", " " + folder.resolve("db"))
                    .split(" ", -1));
            assertOneLine(error);
            assertTrue(error.contains("none"), error);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "get",
                "get db",
                "get db a b",
                "get db a --version",
                "get db a --version one",
                "get db a --version -1",
                "get db a --nonsense",
                "get db a --format nonsense",
                "put db a",
                "put db a b --version -5",
                "verify-proof file --key a",
                "verify-proof file --key a --root 00",
                "dump file --longest 0",
                "dump LOCK"
            })
    void wrongArgumentsAreSaid(String command) throws IOException {
        Path db = folder.resolve("db");
        Files.writeString(folder.resolve("LOCK"), "");
        Files.writeString(folder.resolve("file"), "");
        Object[] arguments = command.isEmpty()
                ? new Object[0]
                : command.replace(" db", " " + db)
                        .replace(" file", " " + folder.resolve("file"))
                        .replace(" LOCK", " " + folder.resolve("LOCK"))
                        .split(" ", -1);
        if (command.contains("--version -1")) {
            Run.fine("put", db, "a", "b");
        }
        assertOneLine(Run.fails(2, arguments));
    }

    /** What writes to a pipe whose reader has gone, or to a full disk. */
    private static OutputStream broken(String message) {
        return new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException(message);
            }
        };
    }

    private static int runInto(OutputStream out, OutputStream err, Object... arguments) {
        return Main.run(new ByteArrayInputStream(new byte[0]), out, err, Run.strings(arguments));
    }

    @Test
    void aReaderThatHasGoneIsNoError() {
        Path db = folder.resolve("db");
        Run.fine("put", db, "a", "b".repeat(200_000));
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        assertEquals(141, runInto(broken("Broken pipe"), err, "scan", db));
        assertEquals(141, runInto(broken("Broken pipe"), err, "--help"));
        assertEquals("", err.toString(UTF_8));
    }

    @Test
    void outputThatIsLostIsSaid() {
        Path db = folder.resolve("db");
        Run.fine("put", db, "a", "b");
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        assertEquals(3, runInto(broken("No space left on device"), err, "scan", db));
        assertOneLine(err.toString(UTF_8));
        assertTrue(err.toString(UTF_8).contains("No space left"), err.toString(UTF_8));
    }

    @Test
    void debuggingShowsWhereAnErrorCameFrom() {
        String error = Run.fails(3, "get", folder.resolve("none"), "a", "--debug");
        assertTrue(error.contains("\tat org.avccdb."), error);
    }
}
