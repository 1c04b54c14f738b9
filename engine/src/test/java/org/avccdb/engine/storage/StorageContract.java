package org.avccdb.engine.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.LockedException;
import org.avccdb.StorageException;
import org.junit.jupiter.api.Test;

/** What every storage must do. */
abstract class StorageContract {
    /** The directory of the test, empty at first; each call gives another object. */
    abstract Storage storage();

    /** Another directory beside it, of the same kind. */
    abstract Storage other();

    /** A storage of another kind. */
    abstract Storage foreign();

    @Test
    void whatIsAppendedIsRead() {
        final Storage storage = storage();
        final Random random = new Random(1);
        final byte[] expected = new byte[300_000];
        random.nextBytes(expected);
        try (AppendFile file = storage.create("f")) {
            assertEquals("f", file.name());
            int done = 0;
            while (done < expected.length) {
                final int length =
                        Math.min(expected.length - done, random.nextInt(10) == 0 ? 150_000 : random.nextInt(3_000));
                file.append(random.nextBoolean() ? array(expected) : direct(expected), done, length);
                done += length;
                assertEquals(done, file.length());
            }
            file.sync();
        }
        assertEquals(expected.length, storage.length("f"));
        assertArrayEquals(expected, contents(storage, "f"));
        try (ReadFile file = storage.open("f")) {
            assertEquals("f", file.name());
            assertEquals(expected.length, file.length());
            for (int i = 0; i < 100; i++) {
                final int from = random.nextInt(expected.length);
                final int length = random.nextInt(expected.length - from + 1);
                final byte[] part = Arrays.copyOfRange(expected, from, from + length);
                final byte[] read = new byte[length + 2];
                file.read(from, ByteBuffer.wrap(read, 1, length));
                assertArrayEquals(part, Arrays.copyOfRange(read, 1, length + 1));
                assertEquals(0, read[0]);
                assertEquals(0, read[length + 1]);
                assertArrayEquals(part, bytes(file.map(from, length)));
            }
        }
    }

    @Test
    void writesForASyncAndOthersTakeEffectInTheirOrder() {
        final Storage storage = storage();
        final Random random = new Random(7);
        final byte[] expected = new byte[40_000];
        try (LogFile log = storage.createLog("l", expected.length)) {
            int behindLast = 0;
            for (int i = 0; i < 500; i++) {
                final byte[] part = new byte[random.nextInt(20) == 0 ? 20_000 : random.nextInt(300)];
                random.nextBytes(part);
                final int position = random.nextBoolean() && behindLast + part.length <= expected.length
                        ? behindLast
                        : random.nextInt(expected.length - part.length + 1);
                System.arraycopy(part, 0, expected, position, part.length);
                if (random.nextInt(3) > 0) {
                    log.writeForSync(position, array(part), 0, part.length);
                } else {
                    log.write(position, direct(part), 0, part.length);
                }
                behindLast = position + part.length;
                if (random.nextInt(20) == 0) {
                    log.sync();
                    assertArrayEquals(expected, contents(storage, "l"));
                }
            }
            log.sync();
            assertArrayEquals(expected, contents(storage, "l"));
            assertThrows(
                    IndexOutOfBoundsException.class, () -> log.writeForSync(expected.length - 1, array(1, 2), 0, 2));
            assertThrows(IndexOutOfBoundsException.class, () -> log.writeForSync(-1, array(1, 2), 0, 2));
        }
    }

    @Test
    void appendedBytesCountBeforeTheyAreFlushedAndAreThereAfterwards() {
        final Storage storage = storage();
        try (AppendFile file = storage.create("f")) {
            file.append(array(1, 2, 3), 1, 2);
            assertEquals(2, file.length());
            file.flush();
            assertArrayEquals(new byte[] {2, 3}, contents(storage, "f"));
            file.append(array(4), 0, 1);
        }
        assertArrayEquals(new byte[] {2, 3, 4}, contents(storage, "f"));
    }

    @Test
    void creatingReplaces() {
        final Storage storage = storage();
        write(storage, "f", 1, 2, 3);
        try (ReadFile old = storage.open("f")) {
            write(storage, "f", 4);
            assertArrayEquals(new byte[] {4}, contents(storage, "f"));
            assertArrayEquals(new byte[] {1, 2, 3}, bytes(old.map(0, 3)));
        }
        storage.createLog("f", 5).close();
        assertArrayEquals(new byte[5], contents(storage, "f"));
    }

    @Test
    void aLogIsZeroAtFirstAndHoldsWhatIsWritten() {
        final Storage storage = storage();
        try (LogFile log = storage.createLog("l", 10_000)) {
            assertEquals("l", log.name());
            assertEquals(10_000, log.length());
            assertArrayEquals(new byte[10_000], contents(storage, "l"));
            log.write(9_998, array(1, 2, 3, 4), 1, 2);
            log.write(0, direct(new byte[] {5, 6}), 0, 2);
            final byte[] expected = new byte[10_000];
            expected[9_998] = 2;
            expected[9_999] = 3;
            expected[0] = 5;
            expected[1] = 6;
            assertArrayEquals(expected, contents(storage, "l"));
            log.sync();
            assertArrayEquals(expected, contents(storage, "l"));
        }
    }

    @Test
    void aLogTakesNothingOutsideOfItself() {
        final Storage storage = storage();
        try (LogFile log = storage.createLog("l", 100)) {
            final DirectBuffer source = array(new byte[200]);
            assertThrows(IndexOutOfBoundsException.class, () -> log.write(99, source, 0, 2));
            assertThrows(IndexOutOfBoundsException.class, () -> log.write(-1, source, 0, 1));
            assertThrows(IndexOutOfBoundsException.class, () -> log.write(0, source, 0, -1));
            assertThrows(IndexOutOfBoundsException.class, () -> log.write(0, source, 0, 101));
            assertThrows(IndexOutOfBoundsException.class, () -> log.write(0, source, 199, 2));
            assertThrows(IndexOutOfBoundsException.class, () -> log.write(Integer.MAX_VALUE, source, 0, 100));
            log.write(100, source, 0, 0);
        }
        assertThrows(IllegalArgumentException.class, () -> storage.createLog("m", 0));
        assertFalse(storage.exists("m"));
    }

    @Test
    void aRecycledLogKeepsItsContentUnderItsNewName() {
        final Storage storage = storage();
        try (LogFile log = storage.createLog("old", 100)) {
            log.write(10, array(7), 0, 1);
        }
        write(storage, "new", 1);
        try (LogFile log = storage.recycleLog("old", "new")) {
            assertEquals("new", log.name());
            assertEquals(100, log.length());
            log.write(11, array(8), 0, 1);
            log.sync();
        }
        assertEquals(List.of("new"), storage.list());
        final byte[] content = contents(storage, "new");
        assertEquals(100, content.length);
        assertEquals(7, content[10]);
        assertEquals(8, content[11]);
        assertThrows(StorageException.class, () -> storage.recycleLog("old", "new"));
        assertEquals(List.of("new"), storage.list());
    }

    @Test
    void nothingIsReadOutsideOfAFile() {
        final Storage storage = storage();
        write(storage, "f", 1, 2, 3);
        write(storage, "empty");
        try (ReadFile file = storage.open("f");
                ReadFile empty = storage.open("empty")) {
            final ByteBuffer target = ByteBuffer.allocateDirect(3);
            for (final long position : new long[] {-1, 1, 3, 4, Long.MAX_VALUE, Long.MIN_VALUE}) {
                assertThrows(StorageException.class, () -> file.read(position, target), "" + position);
                assertEquals(3, target.remaining());
                assertThrows(StorageException.class, () -> file.map(position, 3), "" + position);
            }
            assertThrows(StorageException.class, () -> file.map(0, -1));
            assertEquals(0, file.map(3, 0).capacity());
            file.read(3, target.limit(0));
            assertEquals(0, empty.length());
            assertEquals(0, empty.map(0, 0).capacity());
            assertThrows(StorageException.class, () -> empty.map(0, 1));
        }
    }

    @Test
    void whatIsMappedHasAByteBufferOfItsOwn() {
        final Storage storage = storage();
        write(storage, "f", 1, 2, 3, 4);
        try (ReadFile file = storage.open("f")) {
            final DirectBuffer mapped = file.map(1, 2);
            final ByteBuffer buffer = mapped.byteBuffer();
            assertNotNull(buffer);
            assertEquals(0, mapped.wrapAdjustment());
            assertEquals(2, mapped.capacity());
            assertEquals(2, buffer.remaining());
            assertEquals(2, buffer.get(0));
            assertEquals(3, buffer.get(1));
        }
    }

    @Test
    void anOpenFileSurvivesItsName() {
        final Storage storage = storage();
        write(storage, "f", 1, 2, 3);
        try (ReadFile file = storage.open("f")) {
            storage.delete("f");
            assertArrayEquals(new byte[] {2, 3}, bytes(file.map(1, 2)));
            final byte[] read = new byte[3];
            file.read(0, ByteBuffer.wrap(read));
            assertArrayEquals(new byte[] {1, 2, 3}, read);
        }
    }

    @Test
    void namesComeAndGo() {
        final Storage storage = storage();
        assertEquals(List.of(), storage.list());
        write(storage, "a", 1);
        write(storage, "b", 2);
        storage.rename("a", "b");
        storage.createLog("c", 1).close();
        storage.syncDirectory();
        assertEquals(Set.of("b", "c"), new TreeSet<>(storage.list()));
        assertEquals(2, storage.list().size());
        assertArrayEquals(new byte[] {1}, contents(storage, "b"));
        assertTrue(storage.exists("b"));
        assertFalse(storage.exists("a"));
        storage.delete("b");
        assertEquals(List.of("c"), storage.list());
        assertEquals(List.of("c"), storage().list());
    }

    @Test
    void whatIsNotThereIsNamed() {
        final Storage storage = storage();
        for (final Runnable use : List.<Runnable>of(
                () -> storage.open("gone"),
                () -> storage.delete("gone"),
                () -> storage.rename("gone", "b"),
                () -> storage.length("gone"),
                () -> storage.recycleLog("gone", "b"),
                () -> storage.linkOrCopy("gone", other()))) {
            final String message =
                    assertThrows(StorageException.class, use::run).getMessage();
            assertTrue(message.contains("gone") && message.contains(storage.location()), message);
        }
        assertEquals(List.of(), storage.list());
        assertEquals(List.of(), other().list());
    }

    @Test
    void aNameIsPlain() {
        final Storage storage = storage();
        for (final String name : List.of("", ".", "..", "a/b", "/a", "../a", FileNames.LOCK)) {
            assertThrows(IllegalArgumentException.class, () -> storage.create(name), name);
            assertThrows(IllegalArgumentException.class, () -> storage.open(name), name);
            assertThrows(IllegalArgumentException.class, () -> storage.delete(name), name);
            assertThrows(IllegalArgumentException.class, () -> storage.createLog(name, 1), name);
            assertThrows(IllegalArgumentException.class, () -> storage.rename("a", name), name);
            assertThrows(IllegalArgumentException.class, () -> storage.rename(name, "a"), name);
            assertThrows(IllegalArgumentException.class, () -> storage.recycleLog("a", name), name);
            assertThrows(IllegalArgumentException.class, () -> storage.linkOrCopy(name, other()), name);
        }
    }

    @Test
    void anExclusiveLockIsAlone() {
        final Storage storage = storage();
        final Storage.DirectoryLock lock = storage.lock(false);
        assertThrows(LockedException.class, () -> storage.lock(false));
        assertThrows(LockedException.class, () -> storage().lock(false));
        assertThrows(LockedException.class, () -> storage().lock(true));
        other().lock(false).close();
        lock.close();
        lock.close();
        final Storage.DirectoryLock next = storage().lock(false);
        lock.close();
        assertThrows(LockedException.class, () -> storage.lock(true));
        next.close();
        assertEquals(List.of(FileNames.LOCK), storage.list());
    }

    @Test
    void sharedLocksKeepAnExclusiveOneOutUntilTheLastIsGone() {
        final Storage storage = storage();
        final Storage.DirectoryLock one = storage.lock(true);
        final Storage.DirectoryLock two = storage().lock(true);
        assertThrows(LockedException.class, () -> storage.lock(false));
        one.close();
        one.close();
        assertThrows(LockedException.class, () -> storage.lock(false));
        final Storage.DirectoryLock three = storage.lock(true);
        two.close();
        assertThrows(LockedException.class, () -> storage().lock(false));
        three.close();
        storage.lock(false).close();
    }

    @Test
    void aLinkOrCopyLivesByItself() {
        for (final Storage target : List.of(other(), foreign())) {
            final Storage storage = storage();
            final byte[] content = new byte[200_000];
            new Random(2).nextBytes(content);
            try (AppendFile file = storage.create("f")) {
                file.append(array(content), 0, content.length);
            }
            storage.linkOrCopy("f", target);
            assertArrayEquals(content, contents(target, "f"));
            assertThrows(StorageException.class, () -> storage.linkOrCopy("f", target));
            assertArrayEquals(content, contents(target, "f"));
            storage.delete("f");
            assertArrayEquals(content, contents(target, "f"));
            assertEquals(List.of("f"), target.list());
        }
    }

    @Test
    void aDirectoryIsMadeOnceAndIsNoFile() {
        final Storage storage = storage();
        final String inner = storage.location() + "/x/y";
        write(storage.directory(inner), "f", 1);
        assertEquals(List.of("f"), storage.directory(inner).list());
        assertEquals(inner, storage.directory(inner).location());
        assertEquals(List.of(), storage.list());
    }

    @Test
    void thereIsRoom() {
        assertTrue(storage().freeBytes() > 0);
    }

    @Test
    void whatIsClosedIsRefused() {
        final Storage storage = storage();
        final AppendFile append = storage.create("a");
        append.append(array(1, 2), 0, 2);
        append.close();
        append.close();
        assertThrows(IllegalStateException.class, () -> append.append(array(1), 0, 1));
        assertThrows(IllegalStateException.class, append::flush);
        assertThrows(IllegalStateException.class, append::sync);
        final LogFile log = storage.createLog("l", 10);
        log.close();
        log.close();
        assertThrows(IllegalStateException.class, () -> log.write(0, array(1), 0, 1));
        assertThrows(IllegalStateException.class, log::sync);
        final ReadFile read = storage.open("a");
        read.close();
        read.close();
        assertThrows(IllegalStateException.class, () -> read.read(0, ByteBuffer.allocate(1)));
        assertThrows(IllegalStateException.class, () -> read.map(0, 1));
        assertEquals(2, storage.length("a"));
    }

    @Test
    void aBufferIsFilledFromItsPositionToItsLimit() {
        final Storage storage = storage();
        write(storage, "f", 1, 2, 3, 4);
        try (ReadFile file = storage.open("f")) {
            for (final ByteBuffer target : List.of(
                    ByteBuffer.allocate(6),
                    ByteBuffer.allocateDirect(6),
                    ByteBuffer.allocate(9).position(2).slice(),
                    ByteBuffer.allocateDirect(9).position(2).slice())) {
                file.read(1, target.position(2).limit(5));
                assertEquals(5, target.position());
                assertEquals(5, target.limit());
                final byte[] read = new byte[6];
                target.clear().get(read);
                assertArrayEquals(new byte[] {0, 0, 2, 3, 4, 0}, read);
            }
        }
    }

    @Test
    void whatIsMappedStaysWhateverIsMappedAndReadMeanwhile() {
        final Storage storage = storage();
        write(storage, "f", 1, 2, 3, 4);
        try (ReadFile file = storage.open("f")) {
            final DirectBuffer end = file.map(2, 2);
            Thread.currentThread().interrupt();
            final DirectBuffer all = file.map(0, 4);
            final DirectBuffer last = file.map(3, 1);
            file.read(0, ByteBuffer.allocate(4));
            assertTrue(Thread.interrupted());
            assertArrayEquals(new byte[] {3, 4}, bytes(end));
            assertArrayEquals(new byte[] {1, 2, 3, 4}, bytes(all));
            assertArrayEquals(new byte[] {4}, bytes(last));
        }
    }

    @Test
    void anInterruptedThreadDoesItAllAndStaysInterrupted() {
        Thread.currentThread().interrupt();
        useEverything(storage(), other());
        assertTrue(Thread.interrupted());
        useEverything(other(), foreign());
        assertFalse(Thread.interrupted());
    }

    @Test
    void interruptsInTheMiddleOfItDoNoHarm() throws InterruptedException, ExecutionException {
        final FutureTask<Void> task = new FutureTask<>(() -> {
            for (int i = 0; i < 20; i++) {
                final Storage target = other();
                useEverything(storage(), target);
                target.delete("f");
            }
            return null;
        });
        final Thread victim = new Thread(task);
        victim.start();
        final Random random = new Random(3);
        while (victim.isAlive()) {
            victim.interrupt();
            LockSupport.parkNanos(random.nextInt(200_000));
        }
        task.get();
    }

    private static void useEverything(final Storage storage, final Storage target) {
        try (Storage.DirectoryLock lock = storage.lock(false)) {
            assertNotNull(lock);
            write(storage, "f", 1, 2, 3);
            try (LogFile log = storage.createLog("l", 5_000)) {
                log.write(1, array(9), 0, 1);
                log.sync();
                log.write(2, array(8), 0, 1);
                log.sync();
            }
            try (LogFile log = storage.recycleLog("l", "m")) {
                log.write(3, array(7), 0, 1);
                log.sync();
            }
            assertArrayEquals(new byte[] {0, 9, 8, 7}, Arrays.copyOf(contents(storage, "m"), 4));
            assertArrayEquals(new byte[] {1, 2, 3}, contents(storage, "f"));
            storage.linkOrCopy("f", target);
            target.syncDirectory();
            assertArrayEquals(new byte[] {1, 2, 3}, contents(target, "f"));
            storage.rename("m", "n");
            storage.delete("f");
            storage.syncDirectory();
            assertEquals(Set.of(FileNames.LOCK, "n"), new TreeSet<>(storage.list()));
            storage.delete("n");
            assertNotEquals(0, storage.freeBytes());
            storage.directory(storage.location() + "/deeper/still").syncDirectory();
        }
    }

    static void write(final Storage storage, final String name, final int... values) {
        try (AppendFile file = storage.create(name)) {
            file.append(array(values), 0, values.length);
            file.sync();
        }
    }

    static byte[] contents(final Storage storage, final String name) {
        try (ReadFile file = storage.open(name)) {
            final byte[] content = new byte[(int) file.length()];
            file.read(0, ByteBuffer.wrap(content));
            assertArrayEquals(content, bytes(file.map(0, content.length)));
            return content;
        }
    }

    static byte[] bytes(final DirectBuffer buffer) {
        final byte[] bytes = new byte[buffer.capacity()];
        buffer.getBytes(0, bytes);
        return bytes;
    }

    static DirectBuffer array(final int... values) {
        final byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return new UnsafeBuffer(bytes);
    }

    static DirectBuffer array(final byte[] bytes) {
        return new UnsafeBuffer(bytes);
    }

    private static DirectBuffer direct(final byte[] bytes) {
        final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(bytes.length));
        buffer.putBytes(0, bytes);
        return buffer;
    }
}
