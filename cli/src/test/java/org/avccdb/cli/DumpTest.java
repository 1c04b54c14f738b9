package org.avccdb.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.avccdb.AvccDb;
import org.avccdb.Compression;
import org.avccdb.Options;
import org.avccdb.WriteBatch;
import org.avccdb.WriteOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DumpTest {
    private static final Pattern BYTES = Pattern.compile("^([0-9a-f]{8}) ((?:[0-9a-f]{2} )*[0-9a-f]{2})(?: |$)");
    private static final Pattern REST = Pattern.compile("^([0-9a-f]{8}) \\.\\. (\\d+) more bytes$");

    @TempDir
    private Path folder;

    private Path db;

    private void write(Compression compression) {
        db = folder.resolve("db");
        Options options = Options.builder()
                .writeBufferBytes(1 << 16)
                .blockBytes(512)
                .compression(compression)
                .build();
        try (AvccDb open = AvccDb.open(db, options)) {
            for (int i = 0; i < 300; i++) {
                open.putWithVersion(key(i), key(i * 7), i % 3);
            }
            open.delete(key(5));
            open.deleteVersion(key(7), 1);
            open.flush();
            open.compactRange(org.avccdb.KeyRange.all());
            open.putWithVersion(key(1000), new byte[300], Long.MAX_VALUE - 1, WriteOptions.SYNC);
            WriteBatch batch = new WriteBatch();
            batch.delete(key(1));
            batch.deleteVersion(key(2), 2);
            batch.appliedPosition(77);
            open.write(batch);
        }
    }

    private static byte[] key(int number) {
        return ("key" + number).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    private Path file(String pattern) throws IOException {
        try (var files = Files.list(db)) {
            return files.filter(file -> file.getFileName().toString().matches(pattern))
                    .max(java.util.Comparator.comparing(Path::toString))
                    .orElseThrow();
        }
    }

    /** Every byte must be shown where it is, once; only the order may differ. */
    private static void assertShowsAll(Path file, String dump, String notShown) throws IOException {
        byte[] expected = Files.readAllBytes(file);
        boolean[] shown = new boolean[expected.length];
        boolean counts = true;
        for (String line : dump.lines().toList()) {
            if (line.startsWith("## ")) {
                counts = !line.contains("its content");
            }
            Matcher bytes = BYTES.matcher(line);
            if (counts && bytes.find()) {
                int place = Integer.parseInt(bytes.group(1), 16);
                for (String octet : bytes.group(2).split(" ", -1)) {
                    assertEquals((byte) Integer.parseInt(octet, 16), expected[place], line);
                    assertFalse(shown[place], line);
                    shown[place++] = true;
                }
            }
            counts |= line.contains("codec (0 none");
            Matcher rest = REST.matcher(line);
            if (rest.find()) {
                int place = Integer.parseInt(rest.group(1), 16);
                for (int i = 0; i < Integer.parseInt(rest.group(2)); i++) {
                    shown[place + i] = true;
                }
            }
        }
        for (int i = 0; i < shown.length; i++) {
            assertTrue(shown[i] || (expected[i] == 0 && notShown.equals("zeros")), file + " at " + i);
        }
    }

    @ParameterizedTest
    @EnumSource
    void showsTables(Compression compression) throws IOException {
        write(compression);
        Path table = file(".*\\.sst");
        String dump = Run.fine("dump", table, "--longest", 100_000);
        assertTrue(dump.contains("# value of 'key299', sequence 300\n"), dump);
        assertTrue(dump.contains("# first key 'key0'\n"), dump);
        assertFalse(dump.contains("DOES NOT FIT"));
        if (compression == Compression.NONE) {
            assertShowsAll(table, dump, "zeros");
        }
    }

    @Test
    void showsJournals() throws IOException {
        write(Compression.LZ4);
        Path journal = file(".*\\.journal");
        String dump = Run.fine("dump", journal);
        assertTrue(dump.contains("# key 'key1000'\n"), dump);
        assertTrue(dump.contains("# sequence 303, version = 9223372036854775806\n"), dump);
        assertTrue(dump.contains("# sequence 304, version of a key-delete\n"), dump);
        assertTrue(dump.contains("# applied position = 77\n"), dump);
        assertTrue(dump.contains("# end mark of a clean close"), dump);
        assertShowsAll(journal, Run.fine("dump", journal, "--longest", 100_000), "zeros");
    }

    @Test
    void showsManifests() throws IOException {
        write(Compression.LZ4);
        Path manifest = file("MANIFEST-.*");
        String dump = Run.fine("dump", manifest);
        assertTrue(dump.contains("# smallest key 'key0'\n"), dump);
        assertTrue(dump.contains("clean close"), dump);
        assertShowsAll(manifest, dump, "nothing");
        assertShowsAll(db.resolve("CURRENT"), Run.fine("dump", db.resolve("CURRENT")), "nothing");
    }

    @Test
    void tellsWhereDamageIs() throws IOException {
        write(Compression.LZ4);
        Path journal = file(".*\\.journal");
        byte[] bytes = Files.readAllBytes(journal);
        bytes[64 + 40] ^= 1;
        Files.write(journal, bytes);
        Run run = Run.of("dump", journal);
        assertEquals(1, run.status());
        assertTrue(
                run.out().contains("# CRC32C of the payload DOES NOT FIT\n!! 68: CRC32C of the payload is "),
                run.out());
        bytes[64] ^= 1;
        Files.write(journal, bytes);
        assertTrue(
                Run.of("dump", journal).out().contains("!! 64: no intact record here, but there is one behind it\n"));
    }

    /** Whatever the bytes, it ends, with one of two statuses and without a stack trace. */
    @ParameterizedTest
    @ValueSource(strings = {".*\\.sst", ".*\\.journal", "MANIFEST-.*", "CURRENT"})
    void showsWhateverIsDamaged(String pattern) throws IOException {
        write(Compression.LZ4);
        Path file = file(pattern);
        byte[] sound = Files.readAllBytes(file);
        int used = Math.min(sound.length, 4096);
        Random random = new Random(7);
        for (int round = 0; round < 12; round++) {
            byte[] damaged = round % 3 == 0 ? java.util.Arrays.copyOf(sound, random.nextInt(used)) : sound.clone();
            for (int i = 0; i < 1 + round * 3 && damaged.length > 0; i++) {
                int place = random.nextBoolean()
                        ? random.nextInt(damaged.length)
                        : random.nextInt(Math.min(used, damaged.length));
                damaged[place] = (byte) random.nextInt();
            }
            Path copy = Files.write(folder.resolve(file.getFileName()), damaged);
            Run run = Run.of("dump", copy);
            assertTrue(run.status() <= 1, run.err());
            assertEquals("", run.err());
        }
    }
}
