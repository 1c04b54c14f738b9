package org.avccdb.engine.table;

import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.Compression;
import org.avccdb.engine.storage.Storage;
import org.avccdb.memdb.MemoryLedger;

/** Writes tables for tests. */
final class TestTable {
    static final long NUMBER = 42;

    private TestTable() {}

    static TableMeta write(Storage storage, TableSettings settings, List<TestRecord> records, MemoryLedger ledger) {
        return write(storage, NUMBER, settings, records, ledger);
    }

    static TableMeta write(
            Storage storage, long number, TableSettings settings, List<TestRecord> records, MemoryLedger ledger) {
        TableWriter writer = new TableWriter(storage, number, settings, ledger);
        for (TestRecord record : records) {
            add(writer, record);
        }
        return writer.finish(1, new long[] {7, 8}, number, 1);
    }

    static void add(TableWriter writer, TestRecord record) {
        UnsafeBuffer key = new UnsafeBuffer(record.key());
        UnsafeBuffer value = new UnsafeBuffer(record.value());
        writer.add(key, 0, key.capacity(), record.version(), record.stamp(), value, 0, value.capacity());
    }

    static TableSettings settings(Random random) {
        int blockBytes = 1 << (4 + random.nextInt(9));
        int bits = random.nextInt(4) == 0 ? 0 : random.nextInt(20);
        return new TableSettings(
                blockBytes, 1 + random.nextInt(20), compression(random), bits, random.nextBoolean(), HashWorker.NONE);
    }

    static Compression compression(Random random) {
        Compression[] all = Compression.values();
        return all[random.nextInt(all.length)];
    }
}
