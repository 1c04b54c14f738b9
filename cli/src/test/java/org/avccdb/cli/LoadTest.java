package org.avccdb.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.avccdb.AvccDb;
import org.avccdb.Options;
import org.avccdb.WriteBatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadTest {
    @TempDir
    private Path folder;

    private Path options;

    /** A journal of the usual size takes its time. */
    @BeforeEach
    void chooseSmallBuffers() {
        Options small = Options.builder().writeBufferBytes(1 << 16).build();
        options = folder.resolve("options");
        small.save(options);
    }

    /** Bytes that lines, columns, terminals and decoders trip over. */
    private static byte[] hostile(Random random) {
        String[] pieces = {
            "\n", "\t", "\r\n", "\\", "\\x41", "\0", "#", "put\t1", "\u001b[2J", "\u202e", "é", "\ud83d\udc1d"
        };
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append(pieces[random.nextInt(pieces.length)]);
        }
        byte[] bytes = text.toString().getBytes(UTF_8);
        if (bytes.length > 0 && random.nextBoolean()) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "hex", "base64"})
    void whatIsUnloadedCanBeLoaded(String format) {
        Path first = folder.resolve("first");
        Path second = folder.resolve("second");
        Random random = new Random(42);
        try (AvccDb db = AvccDb.open(first, Options.load(options))) {
            WriteBatch batch = new WriteBatch();
            for (int i = 0; i < 2000; i++) {
                batch.putWithVersion(hostile(random), hostile(random), random.nextInt(4));
            }
            batch.put(new byte[0], new byte[0]);
            db.write(batch);
            db.delete(new byte[] {'#'});
        }
        String unloaded = Run.fine("unload", first, "--format", format);
        Run loaded = Run.withInput(unloaded.getBytes(UTF_8), "load", second, "--options", options, "--format", format);
        assertEquals(0, loaded.status(), loaded.err());
        assertEquals(unloaded, Run.fine("unload", second, "--format", format));
        assertTrue(unloaded.lines().count() > 1000);
        try (AvccDb db = AvccDb.open(first, Options.load(options));
                AvccDb copy = AvccDb.open(second, Options.load(options))) {
            for (int i = 0; i < 1000; i++) {
                byte[] key = hostile(random);
                assertArrayEquals(db.get(key), copy.get(key));
            }
        }
    }

    @Test
    void carriesOutDeletes() throws Exception {
        Path db = folder.resolve("db");
        Path file = Files.writeString(
                folder.resolve("lines"),
                "# a comment\n\nput\t0\ta\t1\nput\t2\tb\t2\nput\t3\tb\t3\ndelete\ta\ndelete-version\t3\tb\n");
        Run run = Run.of("load", db, file, "--options", options);
        assertEquals("loaded 5 operations\n", run.err());
        assertEquals("put\t2\tb\t2\n", Run.fine("unload", db));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "put\t1\ta",
                "put\tone\ta\tb",
                "put\t-1\ta\tb",
                "put\t1\ta\\\tb",
                "get\ta",
                "delete\ta\tb",
                "delete\ta\r",
                "put 1 a b"
            })
    void saysWhichLineIsWrong(String line) {
        Run run = Run.withInput(
                ("put\t1\tx\ty\n\n" + line + "\n").getBytes(UTF_8), "load", folder.resolve("db"), "--options", options);
        assertEquals(2, run.status());
        assertTrue(run.err().startsWith("avccdb: line 3: "), run.err());
        assertTrue(run.err().endsWith("; nothing was loaded\n"), run.err());
    }

    @Test
    void refusesInputThatIsCutOff() {
        Run run = Run.withInput("put\t1\tx\tyes".getBytes(UTF_8), "load", folder.resolve("db"), "--options", options);
        assertEquals(2, run.status());
        assertTrue(run.err().contains("cut off"), run.err());
    }

    /** Two batches go before the wrong line. */
    private static byte[] longInputWithAWrongEnd() {
        String line = "put\t1\tkey%d\t" + "v".repeat(10_000) + "\n";
        StringBuilder input = new StringBuilder();
        for (int i = 0; i < 250; i++) {
            input.append(line.formatted(i));
        }
        return input.append("nonsense\n").toString().getBytes(ISO_8859_1);
    }

    @Test
    void saysWhatWasLoadedBeforeAWrongLine() {
        Path db = folder.resolve("db");
        Run run = Run.withInput(longInputWithAWrongEnd(), "load", db, "--options", options);
        assertEquals(2, run.status());
        assertTrue(run.err().contains("line 251: ") && run.err().contains("were written before it"), run.err());
        assertFalse(Run.lines("scan", db, "--keys").isEmpty());
    }

    @Test
    void anAtomicLoadLoadsAllOrNothing() {
        Path db = folder.resolve("db");
        Run run = Run.withInput(longInputWithAWrongEnd(), "load", "--atomic", db, "--options", options);
        assertEquals(2, run.status());
        assertTrue(run.err().endsWith("; nothing was loaded\n"), run.err());
        assertEquals("", Run.fine("scan", db, "--keys"));
    }
}
