package org.avccdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.engine.journal.Journal;
import org.avccdb.engine.journal.JournalReplay;
import org.avccdb.engine.metrics.EventLog;
import org.avccdb.engine.metrics.Metrics;
import org.avccdb.engine.storage.FileNames;
import org.avccdb.engine.storage.FileType;
import org.avccdb.engine.storage.SimulatedStorage;
import org.avccdb.engine.storage.SimulatedStorage.FaultKind;
import org.avccdb.engine.storage.SimulatedStorage.Operation;
import org.junit.jupiter.api.Test;

class RetiredSegmentsTest {
    private final SimulatedStorage storage = new SimulatedStorage();
    private final AtomicLong numbers = new AtomicLong();
    private final Journal journal = new Journal(storage, new byte[16], 4096, 0, numbers::incrementAndGet, null);
    private final RetiredSegments retired = new RetiredSegments(storage, journal, () -> 0);
    private final List<String> lines = new ArrayList<>();
    private final EventLog events = new EventLog(new Metrics(), EventListener.NONE, lines::add, () -> Instant.EPOCH);

    private long rotate() {
        journal.prepareNext(0);
        journal.rotate(1, 0);
        return journal.activeNumber();
    }

    private List<Long> retireUpTo(long oldestNeeded) {
        retired.work(oldestNeeded, events);
        return JournalReplay.present(storage, 0);
    }

    /** Not all at once, where not all of them are in tables yet. */
    @Test
    void segmentsOfTheTimeBeforeGoToo() {
        storage.createLog(FileNames.journal(1), 4096).close();
        storage.createLog(FileNames.journal(2), 4096).close();
        numbers.set(2);
        rotate();
        long active = rotate();
        assertEquals(List.of(2L, 3L, active), retireUpTo(2));
        assertEquals(List.of(active), retireUpTo(active));
        journal.close();
    }

    @Test
    void theDirectoryIsAskedOnce() {
        rotate();
        retired.work(rotate(), events);
        storage.failAt(Operation.LIST, null, 1, FaultKind.ERROR);
        for (int i = 0; i < 3; i++) {
            retired.work(rotate(), events);
        }
        assertTrue(storage.hasFaults());
        storage.clearFaults();
        assertEquals(List.of(journal.activeNumber()), JournalReplay.present(storage, 0));
        journal.close();
    }

    @Test
    void aSegmentThatCouldNotBeDeletedIsTriedAgainWithTheNext() {
        long first = rotate();
        long second = rotate();
        storage.failAt(Operation.DELETE, FileType.JOURNAL, 1, FaultKind.ERROR);
        assertEquals(List.of(first, second), retireUpTo(second));
        assertLines(1);
        long third = rotate();
        assertEquals(List.of(third), retireUpTo(third));
        assertLines(1);
        journal.close();
    }

    /** It is retired when the next segment is made ready, and left to be retired again. */
    @Test
    void aSegmentThatWasBeingSyncedAndCouldNotBeDeletedThenIsTriedAgain() {
        long first = rotate();
        journal.begin(1, false);
        journal.add(new UnsafeBuffer(new byte[100]), 0, 100);
        journal.end(1);
        long second = rotate();
        boolean[] during = new boolean[1];
        storage.onOperation((number, operation) -> {
            if (!during[0]) {
                during[0] = true;
                retired.work(second, events);
            }
        });
        journal.sync();
        storage.onOperation(null);
        assertEquals(List.of(first, second), JournalReplay.present(storage, 0));
        storage.failAt(Operation.DELETE, FileType.JOURNAL, 1, FaultKind.ERROR);
        assertThrows(StorageException.class, () -> journal.prepareNext(0));
        assertEquals(List.of(first, second), JournalReplay.present(storage, 0));
        long third = rotate();
        assertEquals(List.of(third), retireUpTo(third));
        journal.close();
    }

    private void assertLines(int expected) {
        events.drain();
        assertEquals(expected, lines.size(), lines::toString);
    }
}
