package org.avccdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.avccdb.engine.storage.SimulatedStorage;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Databases of every format that was ever released are read as they were written. */
final class GoldenDatabaseTest {
    @TempDir
    Path directory;

    private Path copyOf(String format) throws IOException, URISyntaxException {
        URL golden = GoldenDatabaseTest.class.getResource("/golden/" + format + "/CURRENT");
        assertNotNull(golden, format);
        Path copy = Files.createDirectory(directory.resolve(format));
        try (Stream<Path> files = Files.list(Path.of(golden.toURI()).resolveSibling(""))) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName().toString()));
            }
        }
        return copy;
    }

    private static KnownContent expected() {
        try (AvccDb db = DamagedDatabase.open(new SimulatedStorage(), GoldenDatabase.options())) {
            return GoldenDatabase.write(db);
        }
    }

    private static void compare(AvccDb db, KnownContent known) {
        AllAnswers answers = new AllAnswers(db);
        answers.compare(known, known.sequence());
        assertEquals(List.of(), answers.refusals());
        assertEquals(GoldenDatabase.position(), db.appliedPosition());
        assertEquals(List.of(), db.verify().problems());
    }

    @ParameterizedTest
    @CsvSource({"format-1, true", "format-1, false"})
    void holdsWhatWasWritten(String format, boolean readOnly) throws Exception {
        Path copy = copyOf(format);
        KnownContent known = expected();
        Options options = GoldenDatabase.options().toBuilder()
                .readOnly(readOnly)
                .errorIfMissing(true)
                .build();
        try (AvccDb db = AvccDb.open(copy, options)) {
            compare(db, known);
            if (!readOnly) {
                db.compactRange(KeyRange.all());
                compare(db, known);
                db.put(KnownContent.bytes("new"), KnownContent.bytes("value"));
            }
        }
        if (!readOnly) {
            try (AvccDb db = AvccDb.open(copy, options)) {
                assertEquals("value", KnownContent.text(db.get(KnownContent.bytes("new"))));
                db.delete(KnownContent.bytes("new"));
                assertTrue(db.snapshot().sequence() > known.sequence());
            }
        }
    }

    @ParameterizedTest
    @CsvSource("format-1")
    void isRecoveredWithoutItsManifest(String format) throws Exception {
        Path copy = copyOf(format);
        Files.delete(copy.resolve("CURRENT"));
        try (AvccDb db = AvccDb.recover(copy, GoldenDatabase.options())) {
            KnownContent known = expected();
            AllAnswers answers = new AllAnswers(db);
            answers.compare(known, known.sequence());
            assertEquals(List.of(), answers.refusals());
        }
    }
}
