package org.avccdb.engine.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.avccdb.StorageException;
import org.avccdb.engine.storage.SimulatedStorage.FaultKind;
import org.avccdb.engine.storage.SimulatedStorage.Operation;
import org.junit.jupiter.api.Test;

class LogTextTest {
    private final SimulatedStorage storage = new SimulatedStorage();

    private String text(final String name) {
        return new String(storage.bytes(name), StandardCharsets.UTF_8);
    }

    @Test
    void linesAreThereWhenTheProcessDies() {
        final LogText log = LogText.open(storage);
        log.line("one");
        log.line("zwölf");
        assertEquals(
                "one\nzwölf\n", new String(storage.processKillImage().bytes(FileNames.LOG), StandardCharsets.UTF_8));
        log.close();
        log.line("three");
        log.close();
        assertEquals("one\nzwölf\n", text(FileNames.LOG));
        assertEquals(List.of(), storage.openFiles());
    }

    @Test
    void theLogOfTheTimeBeforeIsKept() {
        for (final String line : List.of("first", "second", "third")) {
            try (LogText log = LogText.open(storage)) {
                log.line(line);
            }
        }
        assertEquals("third\n", text(FileNames.LOG));
        assertEquals("second\n", text(FileNames.LOG_OLD));
        assertEquals(List.of(FileNames.LOG, FileNames.LOG_OLD), storage.list());
    }

    @Test
    void aLogThatGetsTooLongIsPutAside() {
        final String megabyte = "x".repeat(1 << 20);
        try (LogText log = LogText.open(storage)) {
            for (int i = 0; i < 17; i++) {
                log.line(megabyte);
            }
            log.line("last");
        }
        assertTrue(storage.length(FileNames.LOG_OLD) >= LogText.MAX_BYTES);
        assertEquals(megabyte + "\nlast\n", text(FileNames.LOG));
        assertEquals(List.of(), storage.openFiles());
    }

    @Test
    void aFullDiskCostsLinesAndNothingElse() {
        try (LogText log = LogText.open(storage)) {
            log.line("before");
            storage.limitCapacity(storage.length(FileNames.LOG) + 3);
            log.line("too long");
            log.line("again");
            assertEquals(2, log.lostLines());
            assertEquals("before\ntoo", text(FileNames.LOG));
            storage.limitCapacity(storage.length(FileNames.LOG) + LogText.ROOM_TO_GO_ON - 1);
            log.line("not yet");
            storage.liftCapacity();
            log.line("after");
            assertEquals(0, log.lostLines());
            log.line("more");
        }
        assertEquals("before\ntoo", text(FileNames.LOG_OLD));
        assertEquals("(3 lines could not be written)\nafter\nmore\n", text(FileNames.LOG));
    }

    @Test
    void anErrorEndsIt() {
        try (LogText log = LogText.open(storage)) {
            storage.failAt(Operation.FLUSH, FileType.LOG, 1, FaultKind.ERROR);
            log.line("one");
            log.line("two");
            assertEquals(2, log.lostLines());
            assertEquals(List.of(), storage.openFiles());
        }
        assertFalse(storage.exists(FileNames.LOG_OLD));
    }

    @Test
    void itCannotBeOpenedWhereItCannotBeMade() {
        storage.failAt(Operation.CREATE, FileType.LOG, 1, FaultKind.ERROR);
        assertThrows(StorageException.class, () -> LogText.open(storage));
    }

    @Test
    void linesOfManyThreadsStayWhole() throws InterruptedException {
        final LogText log = LogText.open(storage);
        final ExecutorService threads = Executors.newFixedThreadPool(4);
        for (int i = 0; i < 400; i++) {
            final String line = "line " + (i % 10);
            threads.execute(() -> log.line(line));
        }
        threads.shutdown();
        assertTrue(threads.awaitTermination(5, TimeUnit.MINUTES));
        log.close();
        assertEquals(
                400,
                text(FileNames.LOG)
                        .lines()
                        .filter(line -> line.matches("line [0-9]"))
                        .count());
    }
}
