package org.avccdb.engine.storage;

import static org.avccdb.engine.storage.StorageContract.array;
import static org.avccdb.engine.storage.StorageContract.write;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.avccdb.NoSpaceException;
import org.avccdb.StorageException;
import org.avccdb.engine.storage.SimulatedStorage.CrashKind;
import org.avccdb.engine.storage.SimulatedStorage.FaultKind;
import org.avccdb.engine.storage.SimulatedStorage.Operation;
import org.junit.jupiter.api.Test;

/** What a simulated storage does to those who rely on it. */
class FaultTest {
    private final SimulatedStorage storage = new SimulatedStorage();

    @Test
    void theNthOperationOnATypeFailsOnce() {
        storage.failAt(Operation.CREATE, FileType.TABLE, 2, FaultKind.ERROR);
        storage.create(FileNames.manifest(1)).close();
        storage.create(FileNames.table(1)).close();
        storage.create(FileNames.manifest(2)).close();
        storage.createLog(FileNames.journal(3), 10).close();
        final StorageException e = assertThrows(StorageException.class, () -> storage.create(FileNames.table(2)));
        assertFalse(e instanceof NoSpaceException);
        assertFalse(storage.exists(FileNames.table(2)));
        storage.create(FileNames.table(2)).close();
    }

    @Test
    void aLastingFaultStaysUntilItIsCleared() {
        storage.failFrom(null, null, 3, FaultKind.ERROR);
        final AppendFile file = storage.create("f");
        file.append(array(1), 0, 1);
        assertThrows(StorageException.class, file::sync);
        assertThrows(StorageException.class, () -> storage.delete("f"));
        assertThrows(StorageException.class, storage::list);
        storage.clearFaults();
        file.sync();
        storage.delete("f");
    }

    @Test
    void everyOperationCanFail() {
        write(storage, "f", 1, 2);
        final AppendFile append = storage.create("a");
        final LogFile log = storage.createLog("l", 10);
        storage.createLog("spare", 10).close();
        final ReadFile read = storage.open("f");
        final ByteBuffer target = ByteBuffer.allocate(2);
        final Map<Operation, Runnable> uses = Map.ofEntries(
                Map.entry(Operation.CREATE, () -> storage.create("x")),
                Map.entry(Operation.CREATE_LOG, () -> storage.createLog("x", 1)),
                Map.entry(Operation.RECYCLE_LOG, () -> storage.recycleLog("spare", "x")),
                Map.entry(Operation.RENAME, () -> storage.rename("f", "x")),
                Map.entry(Operation.DELETE, () -> storage.delete("f")),
                Map.entry(Operation.LINK, () -> storage.linkOrCopy("f", storage.directory("/x"))),
                Map.entry(Operation.SYNC_DIRECTORY, storage::syncDirectory),
                Map.entry(Operation.APPEND, () -> append.append(array(1), 0, 1)),
                Map.entry(Operation.FLUSH, append::flush),
                Map.entry(Operation.WRITE, () -> log.write(0, array(1), 0, 1)),
                Map.entry(Operation.SYNC, append::sync),
                Map.entry(Operation.OPEN, () -> storage.open("f")),
                Map.entry(Operation.READ, () -> read.read(0, target)),
                Map.entry(Operation.MAP, () -> read.map(0, 2)),
                Map.entry(Operation.LIST, storage::list),
                Map.entry(Operation.LOCK, () -> storage.lock(false)));
        assertEquals(Operation.values().length, uses.size());
        final Map<String, Long> before = storage.lengths();
        final List<String> open = storage.openFiles();
        uses.forEach((operation, use) -> {
            for (final FaultKind kind : List.of(FaultKind.ERROR, FaultKind.NO_SPACE)) {
                storage.failAt(operation, null, 1, kind);
                final StorageException e = assertThrows(StorageException.class, use::run, operation.toString());
                assertEquals(kind == FaultKind.NO_SPACE, e instanceof NoSpaceException, operation.toString());
            }
        });
        assertEquals(before, storage.lengths());
        assertEquals(open, storage.openFiles());
        assertEquals(0, storage.bytes("l")[0]);
        assertEquals(List.of(), storage.directory("/x").list());
        storage.lock(false).close();
    }

    @Test
    void aShortWriteLeavesAPart() {
        final AppendFile file = storage.create("f");
        storage.failAt(Operation.APPEND, null, 1, FaultKind.SHORT_WRITE);
        assertThrows(StorageException.class, () -> file.append(array(1, 2, 3, 4, 5), 0, 5));
        assertArrayEquals(new byte[] {1, 2}, storage.bytes("f"));
        final LogFile log = storage.createLog("l", 4);
        storage.failAt(Operation.WRITE, null, 1, FaultKind.SHORT_WRITE);
        assertThrows(StorageException.class, () -> log.write(1, array(1, 2), 0, 2));
        assertArrayEquals(new byte[] {0, 1, 0, 0}, storage.bytes("l"));
    }

    @Test
    void aFailedSyncLosesTheDataAndTheNextOneLies() {
        final LogFile log = storage.createLog("l", 3);
        storage.syncDirectory();
        log.write(0, array(1), 0, 1);
        log.sync();
        log.write(1, array(2), 0, 1);
        storage.failAt(Operation.SYNC, null, 1, FaultKind.FAILED_SYNC);
        assertThrows(StorageException.class, log::sync);
        log.write(2, array(3), 0, 1);
        log.sync();
        assertArrayEquals(new byte[] {1, 2, 3}, storage.bytes("l"));
        assertArrayEquals(new byte[] {1, 2, 3}, storage.processKillImage().bytes("l"));
        for (final CrashKind kind : CrashKind.values()) {
            assertArrayEquals(new byte[] {1, 0, 3}, storage.crash(kind, 5).bytes("l"), kind.toString());
        }
        log.write(1, array(4), 0, 1);
        log.sync();
        assertArrayEquals(
                new byte[] {1, 4, 3}, storage.crash(CrashKind.NOTHING, 0).bytes("l"));
    }

    @Test
    void aFailedSyncOfAnAppendedFileLeavesAHole() {
        final AppendFile file = storage.create("f");
        storage.syncDirectory();
        file.append(array(1, 2), 0, 2);
        storage.failAt(Operation.SYNC, FileType.OTHER, 1, FaultKind.FAILED_SYNC);
        assertThrows(StorageException.class, file::sync);
        assertEquals(0, storage.crash(CrashKind.EVERYTHING, 0).length("f"));
        file.append(array(3), 0, 1);
        file.sync();
        assertArrayEquals(
                new byte[] {0, 0, 3}, storage.crash(CrashKind.EVERYTHING, 0).bytes("f"));
    }

    @Test
    void aMerelyInterruptedSyncCanBeTriedAgain() {
        final LogFile log = storage.createLog("l", 1);
        storage.syncDirectory();
        log.write(0, array(1), 0, 1);
        storage.failAt(Operation.SYNC, null, 1, FaultKind.ERROR);
        assertThrows(StorageException.class, log::sync);
        log.sync();
        assertArrayEquals(new byte[] {1}, storage.crash(CrashKind.NOTHING, 0).bytes("l"));
    }

    @Test
    void aFullDiskTakesWhatFitsAndHeals() {
        storage.limitCapacity(100);
        assertEquals(100, storage.freeBytes());
        final LogFile log = storage.createLog("l", 60);
        assertThrows(NoSpaceException.class, () -> storage.createLog("m", 41));
        assertEquals(List.of("l"), storage.list());
        final AppendFile file = storage.create("f");
        file.append(array(new byte[30]), 0, 30);
        assertThrows(NoSpaceException.class, () -> file.append(array(new byte[11]), 0, 11));
        assertEquals(40, file.length());
        assertEquals(0, storage.freeBytes());
        log.write(0, array(new byte[60]), 0, 60);
        storage.linkOrCopy("l", storage.directory("/o"));
        storage.delete("l");
        storage.directory("/o").delete("l");
        assertEquals(0, storage.freeBytes(), "an open file keeps its room");
        log.close();
        assertEquals(60, storage.freeBytes());
        storage.liftCapacity();
        file.append(array(new byte[11]), 0, 11);
        assertTrue(storage.freeBytes() > 1_000_000);
    }

    @Test
    void whatIsOpenIsKnown() {
        final AppendFile append = storage.create("a");
        final LogFile log = storage.directory("/o").createLog("l", 1);
        final ReadFile read = storage.open("a");
        final Storage.DirectoryLock lock = storage.lock(true);
        assertNotNull(lock);
        assertEquals(List.of("Append a", "Lock LOCK", "Log l", "Read a"), storage.openFiles());
        append.close();
        log.close();
        read.close();
        assertEquals(List.of("Lock LOCK"), storage.openFiles());
        lock.close();
        assertEquals(List.of(), storage.openFiles());
    }

    @Test
    void whatWasMappedIsPoisonedWhenItsFileIsClosed() {
        write(storage, "f", 1, 2, 3);
        final ReadFile one = storage.open("f");
        final ReadFile two = storage.open("f");
        final DirectBuffer first = one.map(0, 3);
        final DirectBuffer second = one.map(1, 2);
        final DirectBuffer other = two.map(0, 3);
        one.close();
        for (final byte value : StorageContract.bytes(first)) {
            assertEquals(SimulatedHandles.POISON, value);
        }
        assertEquals(SimulatedHandles.POISON, second.getByte(0));
        assertArrayEquals(new byte[] {1, 2, 3}, StorageContract.bytes(other));
        assertArrayEquals(new byte[] {1, 2, 3}, storage.bytes("f"));
        two.close();
    }
}
