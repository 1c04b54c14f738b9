package org.avccdb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyProgressTest {
    private static final int TABLES = 4;

    @TempDir
    Path directory;

    private void fill() {
        try (AvccDb db = AvccDb.open(directory)) {
            for (int table = 0; table < TABLES; table++) {
                for (int i = table; i < 100; i += TABLES) {
                    db.put(("key" + i).getBytes(UTF_8), new byte[1 + i]);
                }
                db.flush();
            }
            db.put("last".getBytes(UTF_8), new byte[1]);
        }
    }

    private AvccDb open(boolean readOnly) {
        Options.Builder options =
                Options.builder().compactionL0Trigger(TABLES + 1).errorIfMissing(true);
        return AvccDb.open(directory, options.readOnly(readOnly).build());
    }

    private List<Path> files(String glob) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().matches(glob))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void tellsOfEveryFileUntilAllAreRead() throws IOException {
        fill();
        List<VerifyProgress> told = new ArrayList<>();
        IntegrityReport report;
        try (AvccDb db = open(true)) {
            report = db.verifyWithProgress(told::add);
            assertEquals(db.verify(), report);
            assertTrue(report.isClean(), report::toString);
            assertToldOfAll(report, told);
        }
        List<Path> journals = files(".*\\.journal");
        List<Path> files = new ArrayList<>(files("(MANIFEST-.*|.*\\.sst)"));
        // Those before are not needed any more.
        files.addAll(journals.subList(journals.size() - report.journals(), journals.size()));
        long bytes = 0;
        for (Path file : files) {
            bytes += Files.size(file);
        }
        assertEquals(new VerifyProgress(0, files.size(), 0, bytes, 0), told.get(0));
    }

    /** Journals may come and go meanwhile. */
    @Test
    void tellsWhileTheDatabaseIsWrittenToAsWell() {
        fill();
        List<VerifyProgress> told = new ArrayList<>();
        try (AvccDb db = open(false)) {
            assertToldOfAll(db.verifyWithProgress(told::add), told);
        }
    }

    private static void assertToldOfAll(IntegrityReport report, List<VerifyProgress> told) {
        int tables = report.tables();
        assertTrue(tables > 1, report::toString);
        assertEquals(1 + tables + 2, told.size());
        for (int table = 1; table <= tables; table++) {
            assertEquals(table, told.get(table).filesRead());
            assertTrue(told.get(table).bytesRead() > told.get(table - 1).bytesRead());
        }
        VerifyProgress last = told.get(told.size() - 1);
        assertEquals(last.files() - 1, told.get(tables + 1).filesRead());
        assertEquals(new VerifyProgress(last.files(), last.files(), last.bytes(), last.bytes(), 0), last);
    }

    @Test
    void tellsOfDamageAsSoonAsItIsFound() throws IOException {
        fill();
        Path table = files(".*\\.sst").get(0);
        byte[] damaged = Files.readAllBytes(table);
        damaged[3] ^= 1;
        Files.write(table, damaged);
        List<VerifyProgress> told = new ArrayList<>();
        try (AvccDb db = open(true)) {
            IntegrityReport report = db.verifyWithProgress(told::add);
            assertEquals(1, report.problems().size(), report::toString);
            assertEquals(0, told.get(0).problems());
            assertEquals(1, told.get(report.tables()).problems());
            assertEquals(1, told.get(told.size() - 1).problems());
        }
    }

    @Test
    void aListenerCanEndIt() {
        fill();
        IllegalStateException enough = new IllegalStateException("enough");
        try (AvccDb db = open(false)) {
            assertSame(
                    enough,
                    assertThrows(
                            IllegalStateException.class,
                            () -> db.verifyWithProgress(progress -> {
                                throw enough;
                            })));
            assertTrue(db.verify().isClean());
        }
    }
}
