package org.avccdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.avccdb.KnownContent.Row;
import org.avccdb.engine.storage.FileNames;
import org.avccdb.engine.storage.FileType;
import org.avccdb.engine.storage.SimulatedStorage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Damaged files give right answers or a refusal that names the file; never anything else. */
final class CorruptionTest {
    /** Of all cases there are, this many are tried; the environment of a long run says 0: all. */
    private static final int CASES = Integer.getInteger("avccdb.corruption.cases", 400);

    private static final long SEED = Long.getLong("avccdb.corruption.seed", 20_260_101);
    private static final Duration HANGS = Duration.ofMinutes(5);

    /** Damage to one file. */
    private record Case(String what, String file, boolean oneByte, Consumer<SimulatedStorage> harm) {
        @Override
        public String toString() {
            return what;
        }
    }

    private static String brief(Throwable failure) {
        String text = failure.toString();
        return text.substring(0, Math.min(text.length(), 200));
    }

    private static List<Case> some(List<Case> cases, long seed) {
        Collections.shuffle(cases, new Random(seed));
        return CASES == 0 || cases.size() <= CASES ? cases : cases.subList(0, CASES);
    }

    private static boolean isData(String name) {
        return FileNames.type(name) != FileType.LOG && FileNames.type(name) != FileType.LOCK;
    }

    private static void run(DamagedDatabase database, List<Case> cases, long seed) {
        Random random = new Random(seed);
        List<String> failures = new ArrayList<>();
        Throwable first = null;
        for (Case damage : cases) {
            boolean paranoid = random.nextBoolean();
            boolean toWrite = random.nextInt(4) == 0;
            String what = damage + ", paranoid " + paranoid + ", to write " + toWrite + ", seed " + seed;
            try {
                boolean noticed = assertTimeoutPreemptively(
                        HANGS,
                        () -> {
                            SimulatedStorage damaged = database.copy();
                            damage.harm.accept(damaged);
                            return database.check(damaged, paranoid, toWrite, !damage.oneByte);
                        },
                        what);
                // Of a journal much is not in use; all else is read by someone.
                if (damage.oneByte && FileNames.type(damage.file) == FileType.TABLE) {
                    assertTrue(noticed, "nobody noticed");
                }
            } catch (Throwable failure) {
                failures.add(what + ": " + brief(failure) + "\n");
                first = first == null ? failure : first;
            }
        }
        if (first != null) {
            throw new AssertionError(failures.size() + " of " + cases.size() + ": " + failures, first);
        }
    }

    @ParameterizedTest
    @CsvSource({"NONE, true", "NONE, false", "LZ4, true", "LZ4, false"})
    void changedBytes(Compression compression, boolean closed) {
        DamagedDatabase database = DamagedDatabase.make(compression, closed, SEED);
        List<Case> cases = new ArrayList<>();
        Random random = new Random(SEED);
        for (Map.Entry<String, Long> file : database.copy().lengths().entrySet()) {
            String name = file.getKey();
            byte[] content = isData(name) ? database.copy().bytes(name) : new byte[0];
            for (int i = 0; i < content.length; i++) {
                int at = i;
                int mask = 1 << random.nextInt(8);
                boolean inUse = FileNames.type(name) != FileType.JOURNAL || i % 97 == 0 || anyNear(content, i);
                if (inUse) {
                    cases.add(new Case(
                            name + " at " + at + " ^ " + mask, name, true, files -> files.flipByte(name, at, mask)));
                }
            }
        }
        run(database, some(cases, SEED), SEED);
    }

    private static boolean anyNear(byte[] content, int at) {
        for (int i = Math.max(0, at - 64); i < Math.min(content.length, at + 64); i++) {
            if (content[i] != 0) {
                return true;
            }
        }
        return false;
    }

    @ParameterizedTest
    @CsvSource({"NONE, true", "NONE, false", "LZ4, true", "LZ4, false"})
    void cutZeroedAndDeletedFiles(Compression compression, boolean closed) {
        DamagedDatabase database = DamagedDatabase.make(compression, closed, SEED + 1);
        List<Case> deletions = new ArrayList<>();
        List<Case> cases = new ArrayList<>();
        Random random = new Random(SEED);
        for (Map.Entry<String, Long> file : database.copy().lengths().entrySet()) {
            String name = file.getKey();
            int length = Math.toIntExact(file.getValue());
            if (!isData(name)) {
                continue;
            }
            deletions.add(new Case("without " + name, name, false, files -> files.delete(name)));
            for (int cut = 0; cut < length; cut += 1 + random.nextInt(23)) {
                int end = cut;
                cases.add(new Case(name + " cut to " + end, name, false, files -> files.truncate(name, end)));
            }
            for (int i = 0; i < 200; i++) {
                int from = random.nextInt(length);
                int count = 1 + random.nextInt(Math.min(length - from, 1 << random.nextInt(14)));
                cases.add(new Case(
                        name + " zeroed from " + from + ", " + count,
                        name,
                        false,
                        files -> files.zero(name, from, count)));
                byte[] garbage = new byte[count];
                random.nextBytes(garbage);
                cases.add(new Case(
                        name + " garbage from " + from + ", " + count,
                        name,
                        false,
                        files -> files.overwrite(name, from, garbage)));
            }
        }
        List<Case> chosen = new ArrayList<>(some(cases, SEED));
        chosen.addAll(deletions);
        run(database, chosen, SEED);
    }

    @Test
    void isMadeOfFilesOfAllTypesOnSeveralLevels() {
        DamagedDatabase database = DamagedDatabase.make(Compression.NONE, true, SEED);
        List<FileType> types =
                database.copy().list().stream().map(FileNames::type).distinct().toList();
        assertTrue(
                types.containsAll(List.of(FileType.CURRENT, FileType.MANIFEST, FileType.JOURNAL, FileType.TABLE)),
                types.toString());
        try (AvccDb db = DamagedDatabase.open(database.copy(), database.options())) {
            int levels = 0;
            for (int level = 0; level < Limits.LEVELS; level++) {
                levels += db.property("avccdb.num-files-at-level" + level).equals("0") ? 0 : 1;
            }
            assertTrue(levels >= 2, db.property("avccdb.levels"));
        }
        assertFalse(database.check(database.copy(), true, true, false), "damage seen where there is none");
    }

    @ParameterizedTest
    @CsvSource({"true, true, true", "true, true, false", "true, false, true", "false, true, true", "false, true, false"
    })
    void recoversWithoutCurrentOrManifest(boolean current, boolean manifest, boolean closed) {
        DamagedDatabase database = DamagedDatabase.make(Compression.LZ4, closed, SEED + 2);
        SimulatedStorage files = database.copy();
        lose(files, current, manifest);
        long all = database.known().sequence();
        try (AvccDb db = DamagedDatabase.recover(files, database.options())) {
            compareAll(database, db);
            db.put(KnownContent.bytes("after"), KnownContent.bytes("recovery"));
            db.flush();
        }
        try (AvccDb db = DamagedDatabase.open(files, database.options())) {
            assertEquals("recovery", KnownContent.text(db.get(KnownContent.bytes("after"))));
            assertEquals(all + 1, db.snapshot().sequence());
            assertTrue(db.verify().isClean(), () -> db.verify().problems().toString());
        }
    }

    private static void lose(SimulatedStorage files, boolean current, boolean manifest) {
        for (String name : files.list()) {
            if ((current && name.equals(FileNames.CURRENT))
                    || (manifest && FileNames.type(name) == FileType.MANIFEST)) {
                files.delete(name);
            }
        }
    }

    private static void compareAll(DamagedDatabase database, AvccDb db) {
        AllAnswers answers = new AllAnswers(db);
        answers.compare(database.known(), database.known().sequence());
        assertEquals(List.of(), answers.refusals());
    }

    @Test
    void recoversTwice() {
        DamagedDatabase database = DamagedDatabase.make(Compression.LZ4, false, SEED + 3);
        SimulatedStorage files = database.copy();
        for (int i = 0; i < 3; i++) {
            lose(files, true, true);
            SimulatedStorage left;
            try (AvccDb db = DamagedDatabase.recover(files, database.options())) {
                compareAll(database, db);
                left = files.processKillImage();
            }
            files = i == 1 ? left : files.snapshot();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Compression.class,
            names = {"NONE", "LZ4"})
    void recoveryRefusesADamagedTableAndGoesOnWithoutIt(Compression compression) {
        DamagedDatabase database = DamagedDatabase.make(compression, true, SEED + 4);
        Random random = new Random(SEED);
        List<String> tables = database.copy().list().stream()
                .filter(name -> FileNames.type(name) == FileType.TABLE)
                .toList();
        int refusals = 0;
        for (int i = 0; i < 60; i++) {
            SimulatedStorage files = database.copy();
            lose(files, true, true);
            String table = tables.get(i % tables.size());
            int at = random.nextInt(Math.toIntExact(files.length(table)));
            int mask = 1 << random.nextInt(8);
            String what = table + " at " + at + " ^ " + mask;
            files.flipByte(table, at, mask);
            try (AvccDb db = DamagedDatabase.recover(files.snapshot(), database.options())) {
                // The table, or what is damaged in it, was not needed.
                compareAll(database, db);
                continue;
            } catch (CorruptionException refused) {
                assertEquals(table, refused.file(), what);
                refusals++;
            }

            SimulatedStorage mended = files.snapshot();
            mended.flipByte(table, at, mask);
            try (AvccDb db = DamagedDatabase.recover(mended, database.options())) {
                compareAll(database, db);
            }
            files.delete(table);
            try (AvccDb db = DamagedDatabase.recover(files, database.options())) {
                for (Row row : AllAnswers.forward(db.versionCursor(KeyRange.all()))) {
                    assertTrue(database.known().wasWritten(row), () -> what + ": " + row);
                }
                assertTrue(
                        db.verify().isClean(), () -> what + ": " + db.verify().problems());
            }
        }
        assertTrue(refusals > 20, "only " + refusals + " refusals");
    }
}
