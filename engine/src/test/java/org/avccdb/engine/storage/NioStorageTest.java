package org.avccdb.engine.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.LockedException;
import org.avccdb.NoSpaceException;
import org.avccdb.StorageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NioStorageTest extends StorageContract {
    @TempDir
    Path temporary;

    private final SimulatedStorage foreign = new SimulatedStorage();

    @Override
    Storage storage() {
        return NioStorage.create(temporary.resolve("one/of/them"));
    }

    @Override
    Storage other() {
        return NioStorage.create(temporary.resolve("another"));
    }

    @Override
    Storage foreign() {
        return foreign;
    }

    @Test
    void openingMakesNothing() throws IOException {
        final Path missing = temporary.resolve("missing");
        assertFalse(NioStorage.isDirectory(missing));
        assertThrows(StorageException.class, () -> NioStorage.open(missing));
        assertFalse(Files.exists(missing));
        final Path file = Files.createFile(temporary.resolve("file"));
        assertThrows(StorageException.class, () -> NioStorage.open(file));
        assertThrows(StorageException.class, () -> NioStorage.create(file));
        assertThrows(StorageException.class, () -> NioStorage.create(file.resolve("below")));
        assertEquals(
                temporary.toRealPath().toString(), NioStorage.open(temporary).location());
    }

    @Test
    void everythingIsItsOwnersAlone() throws IOException {
        final Storage storage = storage();
        final Path directory = Path.of(storage.location());
        assumeTrue(Files.getFileStore(directory).supportsFileAttributeView("posix"));
        storage.create("a").close();
        storage.createLog("l", 100).close();
        storage.lock(false).close();
        for (final String name : storage.list()) {
            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(name))),
                    name);
        }
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.getParent())));
    }

    @Test
    void whatIsWrittenToALogIsWithTheSystemAtOnce() throws IOException {
        final Storage storage = storage();
        try (LogFile log = storage.createLog("l", 100)) {
            log.write(50, array(1, 2, 3), 0, 3);
            final byte[] seen = Files.readAllBytes(Path.of(storage.location(), "l"));
            assertEquals(100, seen.length);
            assertEquals(2, seen[51]);
        }
    }

    @Test
    void aLogThatWasLeftAndUnmappedIsWrittenAndSyncedAllTheSame() throws IOException {
        final Storage storage = storage();
        try (LogFile log = storage.createLog("l", 100)) {
            log.write(0, array(1, 2, 3), 0, 3);
            log.leave();
            log.unmap();
            log.unmap();
            assertEquals(100, log.length());
            log.write(50, array(4, 5, 6), 0, 3);
            final byte[] seen = Files.readAllBytes(Path.of(storage.location(), "l"));
            assertEquals(2, seen[1]);
            assertEquals(5, seen[51]);
            log.sync();
        }
    }

    @Test
    void smallAppendsWaitForAFlush() throws IOException {
        final Storage storage = storage();
        final Path path = Path.of(storage.location(), "f");
        try (AppendFile file = storage.create("f")) {
            file.append(array(1, 2, 3), 0, 3);
            assertEquals(0, Files.size(path));
            file.flush();
            assertArrayEquals(new byte[] {1, 2, 3}, Files.readAllBytes(path));
        }
    }

    @Test
    void directoriesAreNotListed() throws IOException {
        final Storage storage = storage();
        for (final String name : List.of("d", FileNames.table(999), FileNames.journal(1000), FileNames.CURRENT_NEXT)) {
            Files.createDirectory(Path.of(storage.location(), name));
        }
        assertEquals(List.of(), storage.list());
    }

    @Test
    void aFileBeyondTwoGibibytesIsShownAnywhere() throws IOException {
        final Storage storage = storage();
        final long length = 5L << 30;
        final long[] marks = {0, NioReadFile.STRIDE - 1, NioReadFile.STRIDE, (1L << 31) - 1, 1L << 31, length - 8};
        try (RandomAccessFile file =
                new RandomAccessFile(Path.of(storage.location(), "big").toFile(), "rw")) {
            file.setLength(length);
            for (int i = 0; i < marks.length; i++) {
                file.seek(marks[i]);
                file.writeByte(i + 1);
            }
        }
        try (ReadFile file = storage.open("big")) {
            assertEquals(length, file.length());
            final ByteBuffer target = ByteBuffer.allocate(8);
            for (int i = 0; i < marks.length; i++) {
                assertEquals(i + 1, file.map(marks[i], 1).getByte(0));
                file.read(marks[i], target.clear());
                assertEquals(i + 1, target.get(0));
            }
            final int most = ReadFile.MAX_MAP_BYTES;
            assertEquals(2, file.map(NioReadFile.STRIDE - 1, most).getByte(0));
            assertEquals(3, file.map(NioReadFile.STRIDE - 1, most).getByte(1));
            assertEquals(4, file.map(NioReadFile.STRIDE, most).getByte((1 << 30) - 1));
            assertEquals(6, file.map(length - most, most).getByte(most - 8));
            assertThrows(IllegalArgumentException.class, () -> file.map(0, most + 1));
            assertThrows(StorageException.class, () -> file.map(length - 7, 8));
        }
    }

    @Test
    void aFileThatWasCutShortIsAnErrorToRead() throws IOException {
        final Storage storage = storage();
        write(storage, "f", 1, 2, 3, 4);
        try (ReadFile file = storage.open("f")) {
            try (FileChannel channel = FileChannel.open(Path.of(storage.location(), "f"), StandardOpenOption.WRITE)) {
                channel.truncate(2);
            }
            for (final ByteBuffer target : List.of(ByteBuffer.allocate(3), ByteBuffer.allocateDirect(3))) {
                final StorageException e = assertThrows(StorageException.class, () -> file.read(1, target));
                assertTrue(e.getMessage().contains("3 bytes at 1 of "), e.getMessage());
                assertTrue(e.getMessage().contains("cut short"), e.getMessage());
            }
        }
    }

    @Test
    void whoIsInterruptedBeforeAReadDoesNotNeedTheNameAnyMore() {
        final Storage storage = storage();
        write(storage, "f", 1, 2, 3, 4);
        try (ReadFile file = storage.open("f")) {
            storage.delete("f");
            for (final ByteBuffer target : List.of(ByteBuffer.allocate(2), ByteBuffer.allocateDirect(2))) {
                Thread.currentThread().interrupt();
                file.read(2, target);
                assertTrue(Thread.interrupted());
                assertEquals(3, target.get(0));
            }
        }
    }

    @Test
    void whoIsInterruptedInTheMiddleOfAReadTakesTheFileFromNobody() throws Exception {
        final Storage storage = storage();
        final int interrupts = 300;
        final byte[] content = new byte[1 << 20];
        new Random(5).nextBytes(content);
        final Path path = Files.write(Path.of(storage.location(), "f"), content).toRealPath();
        final AtomicInteger seen = new AtomicInteger();
        try (ReadFile file = storage.open("f")) {
            final FutureTask<Void> interrupted = new FutureTask<>(() -> {
                final ByteBuffer target = ByteBuffer.allocateDirect(content.length);
                for (int round = 0; round < 100 * interrupts && seen.get() < interrupts; round++) {
                    assertIsRead(file, target, content);
                    if (Thread.interrupted()) {
                        seen.incrementAndGet();
                    }
                }
                return null;
            });
            final FutureTask<Void> other = new FutureTask<>(() -> {
                final ByteBuffer target = ByteBuffer.allocateDirect(content.length);
                while (!interrupted.isDone()) {
                    assertIsRead(file, target, content);
                    assertFalse(Thread.interrupted());
                }
                return null;
            });
            final Thread victim = new Thread(interrupted);
            final Thread bystander = new Thread(other);
            victim.start();
            bystander.start();
            for (int sent = 0; sent < interrupts && !interrupted.isDone(); sent++) {
                victim.interrupt();
                while (seen.get() == sent && !interrupted.isDone()) {
                    Thread.onSpinWait();
                }
            }
            interrupted.get();
            other.get();
            assertEquals(interrupts, seen.get());
            assertDescriptors(1, path);
        }
        assertDescriptors(0, path);
    }

    private static void assertIsRead(final ReadFile file, final ByteBuffer target, final byte[] content) {
        file.read(0, target.clear());
        assertEquals(ByteBuffer.wrap(content), target.flip());
    }

    /** Where the system tells which files are open. */
    private static void assertDescriptors(final int expected, final Path path) throws IOException {
        final Path descriptors = Path.of("/proc/self/fd");
        if (Files.isDirectory(descriptors)) {
            int found = 0;
            try (DirectoryStream<Path> links = Files.newDirectoryStream(descriptors)) {
                for (final Path link : links) {
                    found += link.toFile().getCanonicalPath().equals(path.toString()) ? 1 : 0;
                }
            }
            assertEquals(expected, found);
        }
    }

    @Test
    void anEmptyFileIsNoLog() {
        final Storage storage = storage();
        write(storage, "f");
        assertThrows(StorageException.class, () -> storage.recycleLog("f", "g"));
    }

    @Test
    void aFullDeviceIsRecognisedAndNothingMoreIsTaken() throws IOException {
        final Path full = Path.of("/dev/full");
        assumeTrue(Files.isWritable(full));
        final AppendFile file = new NioAppendFile(full, new StagingBuffers());
        file.append(array(1), 0, 1);
        final NoSpaceException e = assertThrows(NoSpaceException.class, file::flush);
        assertTrue(e.getMessage().contains("/dev/full"), e.getMessage());
        assertInstanceOf(IOException.class, e.getCause());
        assertFalse(
                assertThrows(StorageException.class, () -> file.append(array(1), 0, 1)) instanceof NoSpaceException);
        assertThrows(StorageException.class, file::flush);
        assertThrows(StorageException.class, file::sync);
        file.close();
        final AppendFile other = new NioAppendFile(full, new StagingBuffers());
        other.append(array(1), 0, 1);
        assertThrows(NoSpaceException.class, other::close);
        other.close();
    }

    /** What they collect their writes in is handed from one to the next. */
    @Test
    void filesThatAreWrittenAtATimeDoNotMix() throws IOException {
        final Storage storage = storage();
        for (int round = 0; round < 2; round++) {
            final List<AppendFile> files = new ArrayList<>();
            for (int i = 0; i < 9; i++) {
                files.add(storage.create("f" + i));
            }
            for (int part = 0; part < 5; part++) {
                for (int i = 0; i < files.size(); i++) {
                    final byte[] bytes = new byte[30_000];
                    Arrays.fill(bytes, (byte) (i + 1));
                    files.get(i).append(new UnsafeBuffer(bytes), 0, bytes.length);
                    if ((i + part) % 4 == 0) {
                        files.get(i).flush();
                    }
                }
            }
            files.forEach(AppendFile::close);
            for (int i = 0; i < files.size(); i++) {
                final byte[] expected = new byte[150_000];
                Arrays.fill(expected, (byte) (i + 1));
                assertArrayEquals(expected, Files.readAllBytes(Path.of(storage.location(), "f" + i)));
            }
        }
    }

    @Test
    void aSymbolicLinkLeadsToTheSameLock() throws IOException {
        final Storage storage = storage();
        final Path link = temporary.resolve("link");
        Files.createSymbolicLink(link, Path.of(storage.location()));
        try (Storage.DirectoryLock lock = storage.lock(false)) {
            assertNotNull(lock);
            assertThrows(LockedException.class, () -> NioStorage.open(link).lock(false));
        }
        NioStorage.open(link).lock(false).close();
    }

    @Test
    void aLockThatIsNotADatabasesIsRespected() throws IOException {
        final Storage storage = storage();
        try (FileChannel channel = FileChannel.open(
                        Path.of(storage.location(), FileNames.LOCK),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            assertNotNull(lock);
            assertThrows(LockedException.class, () -> storage.lock(false));
        }
        storage.lock(false).close();
    }

    @Test
    void aDirectoryThatCannotBeWrittenCanBeLockedForReading() throws IOException {
        final Storage storage = storage();
        final Path directory = Path.of(storage.location());
        write(storage, "f", 1);
        assumeTrue(Files.getFileStore(directory).supportsFileAttributeView("posix"));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-x------"));
        try {
            assumeFalse(Files.isWritable(directory));
            final Storage.DirectoryLock lock = storage.lock(true);
            assertThrows(LockedException.class, () -> storage.lock(false));
            assertArrayEquals(new byte[] {1}, contents(storage, "f"));
            lock.close();
            assertThrows(StorageException.class, () -> storage.lock(false));
        } finally {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void anotherProcessKeepsThisOneOut() throws IOException, InterruptedException {
        final Storage storage = storage();
        final Process exclusive = lockElsewhere(storage, false);
        assertThrows(LockedException.class, () -> storage.lock(false));
        assertThrows(LockedException.class, () -> storage.lock(true));
        release(exclusive);
        storage.lock(false).close();
        final Process shared = lockElsewhere(storage, true);
        assertThrows(LockedException.class, () -> storage.lock(false));
        storage.lock(true).close();
        release(shared);
        storage.lock(false).close();
    }

    @Test
    void theFirstOfTwoSharedLocksToGoLeavesTheOtherOneInForce() throws IOException, InterruptedException {
        final Storage storage = storage();
        final Storage.DirectoryLock one = storage.lock(true);
        final Storage.DirectoryLock two = storage.lock(true);
        one.close();
        assertThrows(LockedException.class, () -> storage.lock(false));
        final Process refused = start(storage, false);
        assertTrue(refused.waitFor() != 0);
        two.close();
        release(lockElsewhere(storage, false));
    }

    private static Process lockElsewhere(final Storage storage, final boolean shared) throws IOException {
        final Process process = start(storage, shared);
        final InputStream output = process.getInputStream();
        assertEquals("locked\n", new String(output.readNBytes(7), StandardCharsets.US_ASCII));
        return process;
    }

    private static Process start(final Storage storage, final boolean shared) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LockHolder.class.getName(),
                        storage.location(),
                        Boolean.toString(shared))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static void release(final Process process) throws IOException, InterruptedException {
        process.getOutputStream().close();
        assertEquals(0, process.waitFor());
    }
}
