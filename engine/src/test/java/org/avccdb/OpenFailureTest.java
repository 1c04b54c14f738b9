package org.avccdb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.avccdb.engine.storage.NioStorage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** An opening that fails, and any number of those that do not, leave no thread, no lock and no open file behind. */
final class OpenFailureTest {
    private static final int TIMES = 200;
    private static final byte[] KEY = "key".getBytes(UTF_8);
    private static final EventListener LISTENER = new EventListener() {};

    @TempDir
    Path temporary;

    private Path directory;

    private static Options.Builder small() {
        return Options.builder().writeBufferBytes(64 << 10).eventListener(LISTENER);
    }

    @BeforeEach
    void fill() {
        directory = temporary.resolve("db");
        try (AvccDb db = AvccDb.open(directory, small().build())) {
            for (int i = 0; i < 1_000; i++) {
                db.put(("key" + i).getBytes(UTF_8), new byte[100]);
            }
            db.flush();
            db.put(KEY, KEY);
        }
    }

    /** Files of the database that this process has open or mapped. */
    private List<String> openFiles() throws IOException {
        try (Stream<Path> handles = Files.list(Path.of("/proc/self/fd"));
                Stream<String> mappings = Files.lines(Path.of("/proc/self/maps"))) {
            Stream<String> names = handles.map(handle -> {
                try {
                    return Files.readSymbolicLink(handle).toString();
                } catch (IOException closedMeanwhile) {
                    return "";
                }
            });
            return Stream.concat(names, mappings)
                    .filter(name -> name.contains(temporary.toString()))
                    .toList();
        }
    }

    /** Without the segments that the open database prepares when it has time to. */
    private long openBesideJournals() throws IOException {
        return openFiles().stream().filter(name -> !name.contains(".journal")).count();
    }

    private void awaitNothingOpen() throws IOException, InterruptedException {
        // Channels are closed by a thread of the JDK, and mappings by whoever let them go last.
        await(() -> {
            try {
                return openFiles().isEmpty();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        assertEquals(List.of(), openFiles());
        await(() -> Watched.threadsOf(temporary).isEmpty());
        assertEquals(List.of(), Watched.threadsOf(temporary));
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 30_000 && !condition.getAsBoolean(); i++) {
            Thread.sleep(10);
        }
    }

    private void assertFails(Class<? extends Throwable> expected, Options options)
            throws IOException, InterruptedException {
        for (int i = 0; i < 5; i++) {
            assertThrows(expected, () -> AvccDb.open(directory, options));
        }
        awaitNothingOpen();
        NioStorage.open(directory).lock(false).close();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void failuresLeaveNothing() throws IOException, InterruptedException {
        assertFails(DatabaseExistsException.class, small().errorIfExists(true).build());
        assertFails(
                VersionOrderException.class,
                small().versionOrder(VersionOrder.MONOTONE).build());
        Path journal = only(".journal");
        byte[] whole = Files.readAllBytes(journal);
        Files.write(journal, new byte[whole.length]);
        assertFails(CorruptionException.class, small().build());
        assertFails(CorruptionException.class, small().readOnly(true).build());
        Files.write(journal, whole);
        Path current = directory.resolve("CURRENT");
        byte[] content = Files.readAllBytes(current);
        content[content.length / 2] ^= 1;
        Files.write(current, content);
        assertFails(CorruptionException.class, small().build());
        content[content.length / 2] ^= 1;
        Files.write(current, content);
        try (AvccDb db = AvccDb.open(directory, small().build())) {
            assertArrayEquals(KEY, db.get(KEY));
        }
        awaitNothingOpen();
        assertThrows(DatabaseMissingException.class, () -> AvccDb.open(temporary.resolve("none"), missing()));
        Path empty = Files.createDirectory(temporary.resolve("empty"));
        assertThrows(DatabaseMissingException.class, () -> AvccDb.open(empty, missing()));
        assertThrows(
                DatabaseMissingException.class,
                () -> AvccDb.open(empty, small().readOnly(true).build()));
        assertThrows(DatabaseMissingException.class, () -> AvccDb.recover(empty, small().build()));
        Path file = Files.createFile(temporary.resolve("file"));
        assertMessage("there is a file of that name", AvccDbException.class, () -> AvccDb.open(file, small().build()));
        Path foreign = Files.createDirectory(temporary.resolve("foreign"));
        Files.createFile(foreign.resolve("picture.jpg"));
        assertMessage("other files are", CorruptionException.class, () -> AvccDb.open(foreign, small().build()));
        assertMessage("readOnly", IllegalArgumentException.class, () -> AvccDb.recover(directory, readOnly()));
        awaitNothingOpen();
    }

    private static void assertMessage(String part, Class<? extends Throwable> expected, Executable opening) {
        String message = assertThrows(expected, opening).getMessage();
        assertTrue(message.contains(part), message);
    }

    private static Options readOnly() {
        return small().readOnly(true).build();
    }

    private static Options missing() {
        return small().errorIfMissing(true).build();
    }

    private Path only(String suffix) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .max(Path::compareTo)
                    .orElseThrow();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aLockedDirectoryStaysAsItIs() throws IOException, InterruptedException {
        try (AvccDb db = AvccDb.open(directory, small().build())) {
            long before = openBesideJournals();
            for (int i = 0; i < 20; i++) {
                assertThrows(LockedException.class, () -> AvccDb.open(directory, small().build()));
                assertThrows(
                        LockedException.class,
                        () -> AvccDb.open(directory, small().readOnly(true).build()));
            }
            db.put(KEY, KEY, WriteOptions.SYNC);
            await(() -> {
                try {
                    return openBesideJournals() <= before;
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            assertTrue(openBesideJournals() <= before, () -> "more than " + before);
        }
        awaitNothingOpen();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void openedAndClosedManyTimes() throws IOException, InterruptedException {
        Options options = small().noSync(true).build();
        for (int i = 0; i < TIMES; i++) {
            Watched watched = Watched.open(directory, options);
            watched.db().put(KEY, KEY);
            watched.close();
            assertEquals(0, watched.bytesOut());
        }
        awaitNothingOpen();
    }

    /** A listener may throw, use the database, or close it. */
    @Test
    void listenersMayDoAnything() throws InterruptedException {
        for (int round = 0; round < 5; round++) {
            AvccDb[] db = new AvccDb[1];
            EventListener unruly = new EventListener() {
                private int flushes;

                @Override
                public void rotated(Rotated event) {
                    throw new IllegalStateException("thrown by a listener");
                }

                @Override
                public void flushCompleted(FlushCompleted event) {
                    db[0].put(KEY, KEY);
                    assertArrayEquals(KEY, db[0].get(KEY));
                    if (++flushes == 3) {
                        db[0].close();
                    }
                }
            };
            Path where = temporary.resolve("listened" + round);
            Watched watched = Watched.open(where, small().eventListener(unruly).build());
            db[0] = watched.db();
            long[] written = new long[1];
            assertThrows(ClosedException.class, () -> {
                while (true) {
                    watched.db().put(("key" + written[0]).getBytes(UTF_8), new byte[500]);
                    written[0]++;
                }
            });
            watched.close();
            // The listener's thread, which may be the one that has closed it, comes back from its call.
            await(() -> Watched.threadsOf(where).isEmpty());
            watched.assertNothingLeft();
            try (AvccDb again = AvccDb.open(where, small().build())) {
                assertArrayEquals(new byte[500], again.get(("key" + (written[0] - 1)).getBytes(UTF_8)));
            }
        }
    }
}
