package org.avccdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.avccdb.KillScript.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a process that writes, again and again, and looks at what it leaves: for each of its threads a prefix of the thread's
 * writes, with everything in it that had been acknowledged.
 */
final class ProcessKillTest {
    private static final int ROUNDS = Integer.getInteger("avccdb.kill.rounds", 8);
    private static final long SEED = Long.getLong("avccdb.kill.seed", System.nanoTime());
    private static final int THREADS = 3;
    private static final int LONGEST_LIFE_MILLIS = 700;

    @TempDir
    Path directory;

    private final Random random = new Random(SEED);
    private final KillScript script = new KillScript(SEED);
    private final long[] reached = new long[THREADS];
    private final State[] states = new State[THREADS];

    @Test
    @Timeout(value = 3, unit = TimeUnit.HOURS)
    void keepsWhatWasAcknowledged() throws Exception {
        Arrays.setAll(states, thread -> new State());
        Path data = directory.resolve("data");
        long atTheEnd = 0;
        for (int round = 0; round < ROUNDS; round++) {
            String what = "round " + round + ", seed " + SEED;
            long[] acknowledged = runAndKill(data, round, what);
            try {
                check(data, acknowledged);
            } catch (RuntimeException | AssertionError failure) {
                throw new AssertionError(what + ", acknowledged " + Arrays.toString(acknowledged), failure);
            }
            atTheEnd = Arrays.stream(acknowledged).sum();
        }
        assertTrue(atTheEnd > ROUNDS, "only " + atTheEnd + " writes");
    }

    /** Returns how many steps each thread said it had done. */
    private long[] runAndKill(Path data, int round, String what) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--add-exports",
                "java.base/jdk.internal.misc=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                KilledWriter.class.getName(),
                data.toString(),
                Long.toString(SEED),
                Integer.toString(round)));
        Arrays.stream(reached).forEach(step -> command.add(Long.toString(step)));
        File errors = directory.resolve("errors").toFile();
        Process process = new ProcessBuilder(command).redirectError(errors).start();
        try {
            CompletableFuture<Void> started = new CompletableFuture<>();
            CompletableFuture<long[]> done = CompletableFuture.supplyAsync(() -> listen(process, started));
            started.get(5, TimeUnit.MINUTES);
            boolean ended = process.waitFor(random.nextInt(LONGEST_LIFE_MILLIS), TimeUnit.MILLISECONDS);
            if (ended) {
                fail(what + ": it ended by itself: " + Files.readString(errors.toPath()));
            }
            // Not by the process itself, which would close the stream too, before all was read.
            assertTrue(process.toHandle().destroyForcibly(), "it cannot be killed");
            assertTrue(process.waitFor(5, TimeUnit.MINUTES), "it lives");
            return done.get(5, TimeUnit.MINUTES);
        } finally {
            process.destroyForcibly();
        }
    }

    private long[] listen(Process process, CompletableFuture<Void> started) {
        long[] done = reached.clone();
        try (DataInputStream in = new DataInputStream(process.getInputStream())) {
            while (true) {
                int thread = in.readByte();
                done[thread] = in.readLong();
                started.complete(null);
            }
        } catch (EOFException e) {
            started.complete(null);
            return done;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void check(Path data, long[] acknowledged) {
        Options options = KillScript.options(random).toBuilder()
                .readOnly(random.nextInt(3) == 0)
                .build();
        try (AvccDb db = AvccDb.open(data, options)) {
            for (int thread = 0; thread < THREADS; thread++) {
                checkThread(db, thread, acknowledged[thread]);
            }
            assertEquals(List.of(), db.verify().problems());
            if (!options.readOnly() && random.nextBoolean()) {
                db.compactRange(KeyRange.all());
                for (int thread = 0; thread < THREADS; thread++) {
                    assertTrue(states[thread].isSame(read(db, thread)), "changed by a compaction");
                }
            }
        }
    }

    /** Finds the prefix that this is; the last steps of it may be deletes, of which nothing is to be seen. */
    private void checkThread(AvccDb db, int thread, long acknowledged) {
        State found = read(db, thread);
        State state = states[thread];
        long next = reached[thread];
        long least = Math.max(acknowledged, found.highest() + 1);
        while (next < least || (!state.isSame(found) && next < least + 20)) {
            state.apply(script.step(thread, next));
            next++;
        }
        if (!state.isSame(found)) {
            fail("thread " + thread + ", after " + acknowledged + " acknowledged steps: no prefix of its steps is\n"
                    + found + "; one of " + next + " is\n" + state);
        }
        reached[thread] = next;
    }

    private static State read(AvccDb db, int thread) {
        State state = new State();
        try (Cursor cursor = db.versionCursor(KeyRange.prefix(KnownContent.bytes(KillScript.prefix(thread))))) {
            while (cursor.next()) {
                state.add(
                        KnownContent.text(cursor.keyBytes()),
                        cursor.version(),
                        cursor.value().getLong(0, ByteOrder.BIG_ENDIAN));
            }
        }
        return state;
    }
}
