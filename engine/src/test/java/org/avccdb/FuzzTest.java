package org.avccdb;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.engine.storage.AppendFile;
import org.avccdb.engine.storage.FileNames;
import org.avccdb.engine.storage.FileType;
import org.avccdb.engine.storage.SimulatedStorage;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/**
 * Directories whose files have the right names and the wrong content: of another database or of another file, in parts, twice, or
 * random. There is no right answer to expect, but a typed error or some answer, soon, in bounded memory.
 */
final class FuzzTest {
    private static final int CASES = Integer.getInteger("avccdb.fuzz.cases", 80);
    private static final long SEED = Long.getLong("avccdb.fuzz.seed", 20_260_102);
    private static final Duration HANGS = Duration.ofMinutes(5);
    private static final long MEMORY = 64L << 20;

    @RepeatedTest(4)
    void mixturesOfFilesAreRefusedOrAnswer(RepetitionInfo repetition) {
        long seed = SEED + repetition.getCurrentRepetition();
        boolean closed = repetition.getCurrentRepetition() % 2 == 0;
        DamagedDatabase one = DamagedDatabase.make(Compression.LZ4, closed, seed);
        DamagedDatabase other = DamagedDatabase.make(Compression.NONE, !closed, seed + 1000);
        int opened = 0;
        for (int i = 0; i < CASES; i++) {
            long caseSeed = seed * 1_000_003 + i;
            List<String> what = new ArrayList<>();
            try {
                SimulatedStorage files = one.copy();
                Random random = new Random(caseSeed);
                for (int n = 1 + random.nextInt(3); n > 0; n--) {
                    mix(files, other.copy(), random, what);
                }
                opened += assertTimeoutPreemptively(HANGS, () -> useAll(one, files, random)) ? 1 : 0;
            } catch (Throwable failure) {
                throw new AssertionError("seed " + caseSeed + ": " + what, failure);
            }
        }
        assertTrue(opened > 0 && opened < CASES, opened + " of " + CASES + " could be opened");
    }

    private static void mix(SimulatedStorage files, SimulatedStorage others, Random random, List<String> what) {
        List<String> names = names(files);
        String name = names.get(random.nextInt(names.size()));
        List<String> likes = names(random.nextBoolean() ? files : others);
        likes.removeIf(like -> FileNames.type(like) != FileNames.type(name));
        byte[] like = likes.isEmpty() ? new byte[0] : bytesOf(files, others, likes, random, what);
        switch (random.nextInt(6)) {
            case 0, 1 -> {
                what.add(name + " gets them");
                write(files, name, like);
            }
            case 2 -> {
                what.add(name + " gets random bytes");
                byte[] garbage = new byte[random.nextInt(1 << random.nextInt(16))];
                random.nextBytes(garbage);
                write(files, name, garbage);
            }
            case 3 -> {
                what.add(name + " gets them behind its own");
                ByteArrayOutputStream both = new ByteArrayOutputStream();
                both.writeBytes(files.bytes(name));
                both.writeBytes(like);
                write(files, name, both.toByteArray());
            }
            case 4 -> {
                what.add(name + " gets a part of them");
                byte[] content = files.bytes(name);
                int from = random.nextInt(content.length + 1);
                int count = Math.min(random.nextInt(4096), Math.min(content.length, like.length) - from);
                if (count > 0) {
                    System.arraycopy(like, from, content, from, count);
                }
                write(files, name, content);
            }
            default -> {
                String target = newName(name, random);
                what.add(name + " becomes " + target);
                if (!target.equals(name)) {
                    files.rename(name, target);
                }
            }
        }
    }

    private static byte[] bytesOf(
            SimulatedStorage files, SimulatedStorage others, List<String> likes, Random random, List<String> what) {
        String like = likes.get(random.nextInt(likes.size()));
        boolean own = files.exists(like) && random.nextBoolean();
        SimulatedStorage from = own || !others.exists(like) ? files : others;
        what.add("bytes of " + (from == files ? "its " : "the other's ") + like);
        return from.bytes(like);
    }

    private static String newName(String name, Random random) {
        int number = 1 + random.nextInt(40);
        return switch (FileNames.type(name)) {
            case TABLE -> FileNames.table(random.nextInt(10) == 0 ? Long.MAX_VALUE : number);
            case JOURNAL -> random.nextBoolean() ? FileNames.journal(number) : FileNames.table(number);
            case MANIFEST -> FileNames.manifest(number);
            default -> FileNames.journal(number);
        };
    }

    private static List<String> names(SimulatedStorage files) {
        List<String> names = new ArrayList<>(files.list());
        names.removeIf(name -> FileNames.type(name) == FileType.LOCK || FileNames.type(name) == FileType.LOG);
        return names;
    }

    private static void write(SimulatedStorage files, String name, byte[] content) {
        try (AppendFile file = files.create(name)) {
            file.append(new UnsafeBuffer(content), 0, content.length);
            file.sync();
        }
    }

    /** True if there was a database that could be opened. */
    private static boolean useAll(DamagedDatabase database, SimulatedStorage files, Random random) {
        Options options = database.options().toBuilder()
                .paranoidChecks(random.nextBoolean())
                .readOnly(random.nextBoolean())
                .build();
        boolean opened = use(database, options, files.snapshot(), false);
        if (random.nextInt(3) == 0) {
            opened |= use(database, options.toBuilder().readOnly(false).build(), files.snapshot(), true);
        }
        return opened;
    }

    private static boolean use(DamagedDatabase database, Options options, SimulatedStorage files, boolean recover) {
        try (AvccDb db = recover ? DamagedDatabase.recover(files, options) : DamagedDatabase.open(files, options)) {
            new AllAnswers(db).exhaust(database.known().keys());
            db.verify();
            if (!options.readOnly()) {
                for (int i = 0; i < 50; i++) {
                    db.put(KnownContent.bytes("more" + i), new byte[100]);
                }
                db.flush();
                db.compactRange(KeyRange.all());
            }
            long memory = db.stats().nativeMemory().values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            assertTrue(memory < MEMORY, () -> db.property("avccdb.memory"));
            return true;
        } catch (AvccDbException refused) {
            return false;
        }
    }
}
