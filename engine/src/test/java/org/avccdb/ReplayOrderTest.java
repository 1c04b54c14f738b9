package org.avccdb;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A replay brings records back in another order than they were written in; what is there is the same. */
final class ReplayOrderTest {
    @TempDir
    Path directory;

    @Test
    void keysOfAllShapesAreBackWithTheirLatestValues() throws IOException {
        for (final String common : List.of("", "a", "a rather long beginning that all keys have")) {
            final Random random = new Random(common.length());
            final Path original = directory.resolve("db" + common.length());
            final Path copy = directory.resolve("copy" + common.length());
            final Options options =
                    Options.builder().writeBufferBytes(128 << 10).build();
            final Map<byte[], byte[]> expected = new TreeMap<>(Arrays::compareUnsigned);
            try (AvccDb db = AvccDb.open(original, options)) {
                for (int i = 0; i < 1_000; i++) {
                    write(db, random, common, expected);
                }
                // As the death of the process leaves it: all of it is in the journal.
                copy(original, copy);
            }
            try (AvccDb db = AvccDb.open(copy, options)) {
                for (final Map.Entry<byte[], byte[]> entry : expected.entrySet()) {
                    assertArrayEquals(entry.getValue(), db.get(entry.getKey()));
                }
                assertTrue(db.verify().problems().isEmpty());
            }
        }
    }

    private static void write(
            final AvccDb db, final Random random, final String common, final Map<byte[], byte[]> expected) {
        final byte[] tail = new byte[1 + random.nextInt(12)];
        random.nextBytes(tail);
        tail[0] &= 3;
        final byte[] key = (common + new String(tail, ISO_8859_1)).getBytes(ISO_8859_1);
        if (random.nextInt(8) == 0) {
            db.delete(key);
            expected.put(key, null);
        } else {
            final byte[] value = new byte[random.nextInt(40)];
            random.nextBytes(value);
            db.put(key, value);
            expected.put(key, value);
        }
    }

    private static void copy(final Path from, final Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (final Path file : (Iterable<Path>) files::iterator) {
                assertFalse(file.toString().endsWith(".sst"), "all is in the journal");
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }
}
