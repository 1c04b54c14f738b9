package org.avccdb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.avccdb.engine.storage.SimulatedStorage;
import org.avccdb.engine.storage.SimulatedStorage.FaultKind;
import org.avccdb.engine.storage.SimulatedStorage.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an opening replays becomes durable before it is open, by which thread ever. */
class ReplaySyncTest {
    private static final String RECOVERY = "avccdb-recovery";
    private static final int PUTS = 2_000;

    private static Options options(ThreadingMode mode) {
        return Options.builder()
                .threadingMode(mode)
                .journalSegmentBytes(16 << 10)
                .eventListener(EventListener.NONE)
                .build();
    }

    private static AvccDb open(SimulatedStorage storage, Options options) {
        return new AvccDb(new Engine(Opening.open(storage, options, false)));
    }

    private static byte[] bytes(int i) {
        return ("key " + i).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    }

    /** Unsynced records in several segments of a process that has died. */
    private static SimulatedStorage killed() {
        SimulatedStorage storage = new SimulatedStorage();
        try (AvccDb db = open(storage, options(ThreadingMode.INVOKER))) {
            for (int i = 0; i < PUTS; i++) {
                db.put(bytes(i), bytes(i + 1));
            }
            return storage.processKillImage();
        }
    }

    private static void checkRecords(AvccDb db) {
        for (int i = 0; i < PUTS; i++) {
            assertArrayEquals(bytes(i + 1), db.get(bytes(i)));
        }
    }

    private static List<String> syncingThreads(SimulatedStorage storage) {
        List<String> names = Collections.synchronizedList(new ArrayList<>());
        storage.onOperation((number, operation) -> {
            if (operation == Operation.SYNC) {
                names.add(Thread.currentThread().getName());
            }
        });
        return names;
    }

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void whatWasReplayedIsSafeFromAPowerCutOnceItIsOpen(ThreadingMode mode) {
        SimulatedStorage storage = killed();
        List<String> names = syncingThreads(storage);
        SimulatedStorage left;
        try (AvccDb db = open(storage, options(mode))) {
            left = storage.crash(SimulatedStorage.CrashKind.NOTHING, 1);
            checkRecords(db);
        }
        try (AvccDb db = open(left, options(ThreadingMode.INVOKER))) {
            checkRecords(db);
        }
        boolean another = names.stream().anyMatch(name -> name.startsWith(RECOVERY));
        assertEquals(mode != ThreadingMode.INVOKER, another, names.toString());
    }

    @Test
    void whoOnlyReadsSyncsNothingOfIt() {
        SimulatedStorage storage = killed();
        List<String> names = syncingThreads(storage);
        Options options = Options.builder().readOnly(true).build();
        try (AvccDb db = open(storage, options)) {
            checkRecords(db);
        }
        assertFalse(names.stream().anyMatch(name -> name.startsWith(RECOVERY)), names.toString());
    }

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void noOpeningWithoutIt(ThreadingMode mode) {
        SimulatedStorage storage = killed();
        storage.failFrom(Operation.RECYCLE_LOG, null, 1, FaultKind.ERROR);
        StorageException failure = assertThrows(StorageException.class, () -> open(storage, options(mode)));
        assertTrue(failure.getMessage().contains("journal"), failure.getMessage());
        assertEquals(List.of(), storage.openFiles());
        storage.clearFaults();
        try (AvccDb db = open(storage, options(mode))) {
            checkRecords(db);
        }
    }
}
