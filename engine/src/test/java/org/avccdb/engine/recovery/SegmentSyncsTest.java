package org.avccdb.engine.recovery;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.StorageException;
import org.avccdb.engine.storage.FileNames;
import org.avccdb.engine.storage.FileType;
import org.avccdb.engine.storage.LogFile;
import org.avccdb.engine.storage.SimulatedStorage;
import org.avccdb.engine.storage.SimulatedStorage.CrashKind;
import org.avccdb.engine.storage.SimulatedStorage.FaultKind;
import org.avccdb.engine.storage.SimulatedStorage.Operation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SegmentSyncsTest {
    private static final int SEGMENTS = 3;
    private static final byte[] CONTENT = {1, 2, 3, 4};

    private final SimulatedStorage storage = new SimulatedStorage();
    private final List<Thread> syncing = Collections.synchronizedList(new ArrayList<>());
    private SegmentSyncs syncs;

    /** Segments that a power cut would empty. */
    @BeforeEach
    void segments() {
        for (long number = 1; number <= SEGMENTS; number++) {
            try (LogFile log = storage.createLog(FileNames.journal(number), CONTENT.length)) {
                log.sync();
                storage.syncDirectory();
                log.write(0, new UnsafeBuffer(CONTENT), 0, CONTENT.length);
            }
        }
        storage.onOperation((number, operation) -> {
            if (operation == Operation.SYNC) {
                syncing.add(Thread.currentThread());
            }
        });
    }

    @AfterEach
    void close() {
        syncs.close();
    }

    private void checkDurable() {
        SimulatedStorage left = storage.crash(CrashKind.NOTHING, 1);
        for (long number = 1; number <= SEGMENTS; number++) {
            assertArrayEquals(CONTENT, left.bytes(FileNames.journal(number)), "segment " + number);
        }
    }

    @Test
    void whatWasBegunIsDoneByAnotherThreadAndOnce() {
        syncs = new SegmentSyncs(storage, true);
        syncs.begin(1);
        syncs.begin(2);
        syncs.end();
        for (long number = 1; number <= SEGMENTS; number++) {
            syncs.require(number);
        }
        checkDurable();
        assertEquals(SEGMENTS, syncing.size());
        assertEquals(1, Collections.frequency(syncing, Thread.currentThread()));
        assertSame(Thread.currentThread(), syncing.get(SEGMENTS - 1));
    }

    @Test
    void withoutAnotherThreadNothingIsDoneBeforeItIsRequired() {
        syncs = new SegmentSyncs(storage, false);
        syncs.begin(1);
        syncs.begin(2);
        syncs.begin(3);
        syncs.end();
        assertTrue(syncing.isEmpty());
        for (long number = 1; number <= SEGMENTS; number++) {
            syncs.require(number);
            assertEquals(number, Collections.frequency(syncing, Thread.currentThread()));
        }
        checkDurable();
    }

    @Test
    void aFailureIsThatOfWhoRequiresTheSegment() {
        storage.failAt(Operation.SYNC, FileType.JOURNAL, 2, FaultKind.ERROR);
        syncs = new SegmentSyncs(storage, true);
        for (long number = 1; number <= SEGMENTS; number++) {
            syncs.begin(number);
        }
        syncs.require(1);
        StorageException failure = assertThrows(StorageException.class, () -> syncs.require(2));
        assertTrue(failure.getMessage().contains(FileNames.journal(2)), failure.getMessage());
        syncs.require(3);
    }

    @Test
    void whoClosesWaitsAndIsNotToldOfFailures() {
        syncs = new SegmentSyncs(storage, true);
        syncs.begin(1);
        syncs.begin(77);
        syncs.begin(2);
        syncs.close();
        assertEquals(2, syncing.size());
    }
}
