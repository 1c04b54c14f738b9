package org.avccdb.engine.table;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.Compression;
import org.avccdb.engine.keys.Keys;
import org.avccdb.engine.keys.Versions;
import org.avccdb.engine.storage.NioStorage;
import org.avccdb.memdb.MemoryLedger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading and writing make no garbage once everything has its size. */
class SteadyStateTest {
    private static final int KEYS = 4000;
    private static final int ROUNDS = 10_000;
    private static final long FEW_BYTES = 2000;

    private static final long OF_A_TABLE = 20_000;

    @TempDir
    java.nio.file.Path directory;

    private final MemoryLedger ledger = new MemoryLedger(Long.MAX_VALUE);
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final UnsafeBuffer key = new UnsafeBuffer(new byte[8]);
    private final UnsafeBuffer value = new UnsafeBuffer(new byte[100]);
    private NioStorage storage;

    @BeforeEach
    void open() {
        storage = NioStorage.open(directory);
    }

    private void write(Compression compression) {
        List<TestRecord> records = new ArrayList<>();
        for (int i = 0; i < KEYS; i++) {
            byte[] bytes = new byte[8];
            new UnsafeBuffer(bytes).putLong(0, Long.reverseBytes(i * 3L));
            records.add(TestRecord.put(bytes, i % 3, i, new byte[100]));
        }
        TestTable.write(storage, new TableSettings(4096, 16, compression, 10, false, HashWorker.NONE), records, ledger);
    }

    private long allocatedBy(Runnable work) {
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        work.run();
        return threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
    }

    private void check(Compression compression, long cacheBytes, boolean paranoid) {
        write(compression);
        try (BlockCache cache = new BlockCache(cacheBytes, BlockCache.frameBytes(4096), ledger)) {
            TableReader reader = TableReader.open(storage, TestTable.NUMBER, cache, paranoid);
            TableCursor cursor = new TableCursor();
            Runnable work = () -> read(reader, cursor);
            work.run();
            work.run();
            long bytes = allocatedBy(work);
            assertTrue(bytes < FEW_BYTES, bytes + " bytes with " + compression + ", cache " + cacheBytes);
            reader.close();
        }
    }

    private void read(TableReader reader, TableCursor cursor) {
        Random random = new Random(1);
        for (int i = 0; i < ROUNDS; i++) {
            cursor.attach(reader);
            key.putLong(0, Long.reverseBytes(random.nextInt(3 * KEYS)));
            if (!cursor.seekExactKey(key, 0, 8, Versions.KEY_DELETE, Keys.FIRST_STAMP)) {
                cursor.seek(key, 0, 8, 1, 0);
            }
            cursor.next();
            cursor.prev();
            cursor.detach();
        }
    }

    @Test
    void readingInPlace() {
        check(Compression.NONE, 0, false);
    }

    @Test
    void readingInPlaceWithChecks() {
        check(Compression.NONE, 0, true);
    }

    @Test
    void readingThroughTheCache() {
        check(Compression.LZ4, 4 << 20, false);
    }

    @Test
    void readingThroughACacheThatIsTooSmall() {
        check(Compression.LZ4, 50_000, false);
    }

    @Test
    void readingWithoutACache() {
        check(Compression.LZ4, 0, false);
    }

    @Test
    void writing() {
        TableSettings settings = new TableSettings(4096, 16, Compression.LZ4, 0, false, HashWorker.NONE);
        TableWriter writer = new TableWriter(storage, 1, settings, ledger);
        add(writer, 0);
        long bytes = allocatedBy(() -> add(writer, KEYS));
        writer.abandon();
        assertTrue(bytes < 20L * KEYS, bytes + " bytes for " + KEYS + " records");
    }

    /** Of a table there remains what is told about it. */
    @Test
    void writingOneTableAfterTheOther() {
        TableSettings settings = new TableSettings(4096, 16, Compression.LZ4, 10, true, HashWorker.NONE);
        TableWriters writers = new TableWriters(
                storage, settings, ledger, new TableCache(storage, null, 10, false, TableFile::dispose));
        Runnable table = () -> {
            TableWriter writer = writers.begin(1);
            add(writer, 0);
            writer.finish(1, new long[0], 1, 1);
        };
        table.run();
        long bytes = allocatedBy(table);
        assertTrue(bytes < OF_A_TABLE, bytes + " bytes for a table of " + KEYS + " records");
    }

    private void add(TableWriter writer, int from) {
        for (int i = from; i < from + KEYS; i++) {
            key.putLong(0, Long.reverseBytes(i));
            writer.add(key, 0, 8, 1, (long) i << 8 | 1, value, 0, 100);
        }
    }
}
