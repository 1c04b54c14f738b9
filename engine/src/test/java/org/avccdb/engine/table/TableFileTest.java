package org.avccdb.engine.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.avccdb.Compression;
import org.avccdb.CorruptionException;
import org.avccdb.engine.storage.FileNames;
import org.avccdb.engine.storage.SimulatedStorage;
import org.avccdb.memdb.MemoryLedger;
import org.junit.jupiter.api.Test;

class TableFileTest {
    private static final TableSettings SETTINGS =
            new TableSettings(256, 4, Compression.NONE, 10, false, HashWorker.NONE);

    private final MemoryLedger ledger = new MemoryLedger(Long.MAX_VALUE);
    private final SimulatedStorage storage = new SimulatedStorage();
    private final List<TableFile> unused = new ArrayList<>();

    private TableCache cache(int capacity) {
        return new TableCache(storage, BlockCache.OFF, capacity, false, unused::add);
    }

    private TableFile file(TableCache cache, long number) {
        List<TestRecord> records = List.of(TestRecord.put(new byte[] {(byte) number}, 0, number, new byte[3]));
        return new TableFile(TestTable.write(storage, number, SETTINGS, records, ledger), cache);
    }

    @Test
    void theLastReleaseHandsItOverOnce() {
        TableFile file = file(cache(10), 1);
        file.reader();
        file.retain();
        file.release();
        assertEquals(List.of(), unused);
        file.release();
        assertEquals(List.of(file), unused);
        file.dispose();
        file.dispose();
        assertEquals(List.of(), storage.openFiles());
        assertTrue(storage.exists(FileNames.table(1)));
        assertThrows(IllegalStateException.class, file::reader);
        assertThrows(IllegalStateException.class, file::retain);
    }

    @Test
    void anObsoleteFileIsDeleted() {
        TableFile file = file(cache(10), 1);
        file.markObsolete();
        file.reader();
        assertTrue(storage.exists(FileNames.table(1)));
        file.release();
        file.dispose();
        assertFalse(storage.exists(FileNames.table(1)));
    }

    @Test
    void theReaderStaysTheSame() {
        TableFile file = file(cache(1), 1);
        assertSame(file.reader(), file.reader());
        file.release();
        file.dispose();
    }

    @Test
    void surplusReadersPartFromTheirTables() {
        TableCache cache = cache(2);
        List<TableFile> files = new ArrayList<>();
        List<TableReader> readers = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            files.add(file(cache, i));
            readers.add(files.get(i - 1).reader());
        }
        assertEquals(5, cache.open());
        List<TableReader> surplus = cache.surplus();
        assertEquals(3, surplus.size());
        assertEquals(2, cache.open());
        assertEquals(List.of(), cache.surplus());
        surplus.forEach(TableReader::close);
        assertEquals(2, storage.openFiles().size());
        for (int i = 0; i < 5; i++) {
            boolean parted = surplus.contains(readers.get(i));
            TableReader again = files.get(i).reader();
            if (parted) {
                assertNotSame(readers.get(i), again);
            } else {
                assertSame(readers.get(i), again);
            }
            files.get(i).release();
            files.get(i).dispose();
        }
        assertEquals(List.of(), storage.openFiles());
        assertEquals(0, cache.open());
    }

    @Test
    void whatIsUsedStays() {
        TableCache cache = cache(2);
        TableFile one = file(cache, 1);
        TableFile two = file(cache, 2);
        TableFile three = file(cache, 3);
        one.reader();
        two.reader();
        three.reader();
        cache.surplus().forEach(TableReader::close);
        TableReader kept = two.reader();
        one.reader();
        cache.surplus().forEach(TableReader::close);
        assertSame(kept, two.reader());
        for (TableFile file : List.of(one, two, three)) {
            file.release();
            file.dispose();
        }
        assertEquals(List.of(), storage.openFiles());
    }

    @Test
    void aCursorKeepsItsReaderOpen() {
        TableCache cache = cache(0);
        TableFile file = file(cache, 1);
        TableCursor cursor = new TableCursor();
        cursor.attach(file);
        cache.surplus().forEach(TableReader::close);
        assertTrue(cursor.first());
        assertEquals(3, cursor.valueLength());
        assertEquals(1, storage.openFiles().size());
        cursor.detach();
        assertEquals(List.of(), storage.openFiles());
        cursor.attach(file);
        assertTrue(cursor.last());
        cursor.detach();
        file.release();
        file.dispose();
    }

    @Test
    void anotherTableThanTheManifestKnowsIsRefused() {
        TableCache cache = cache(10);
        TableFile known = file(cache, 1);
        TestTable.write(storage, 1, SETTINGS, List.of(TestRecord.put(new byte[] {1}, 0, 99, new byte[3])), ledger);
        assertThrows(CorruptionException.class, known::reader);
        assertEquals(List.of(), storage.openFiles());
    }

    @Test
    void cursorsAndSurplusGoTogether() throws Exception {
        TableCache cache = cache(1);
        List<TableFile> files = List.of(file(cache, 1), file(cache, 2), file(cache, 3));
        ExecutorService threads = Executors.newFixedThreadPool(3);
        List<Future<?>> ends = new ArrayList<>();
        for (int seed = 0; seed < 3; seed++) {
            Random random = new Random(seed);
            ends.add(threads.submit(() -> {
                TableCursor cursor = new TableCursor();
                for (int i = 0; i < 2000; i++) {
                    int which = random.nextInt(files.size());
                    cursor.attach(files.get(which));
                    assertTrue(cursor.first());
                    assertEquals(which + 1, cursor.keyBuffer().getByte(0));
                    cursor.detach();
                }
            }));
        }
        for (Future<?> end : ends) {
            while (!end.isDone()) {
                cache.surplus().forEach(TableReader::close);
            }
            end.get();
        }
        threads.shutdown();
        for (TableFile file : files) {
            assertEquals(1, file.references());
            file.release();
            file.dispose();
        }
        assertEquals(List.of(), storage.openFiles());
    }
}
