package org.avccdb.engine.writer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.Compression;
import org.avccdb.StorageException;
import org.avccdb.VersionOrder;
import org.avccdb.engine.flush.MemtableTable;
import org.avccdb.engine.keys.EntryDescriptor;
import org.avccdb.engine.keys.RecordType;
import org.avccdb.engine.manifest.Identity;
import org.avccdb.engine.manifest.Version;
import org.avccdb.engine.manifest.VersionSet;
import org.avccdb.engine.memtable.Memtable;
import org.avccdb.engine.memtable.Progress;
import org.avccdb.engine.read.PinnedView;
import org.avccdb.engine.read.Views;
import org.avccdb.engine.storage.SimulatedStorage;
import org.avccdb.engine.table.HashWorker;
import org.avccdb.engine.table.TableCache;
import org.avccdb.engine.table.TableFile;
import org.avccdb.engine.table.TableSettings;
import org.avccdb.memdb.Arena;
import org.avccdb.memdb.KeyDigest;
import org.avccdb.memdb.MemoryLedger;
import org.avccdb.memdb.OutOfNativeMemoryException;
import org.junit.jupiter.api.Test;

/** What a transaction keeps where the next memtable cannot be had, or the present one cannot go to a table. */
class TransactionRunsTest {
    private static final int ARENA = 16 << 10;

    private static final TableSettings SETTINGS =
            new TableSettings(4096, 4, Compression.NONE, 10, false, HashWorker.NONE);

    private final MemoryLedger unlimited = new MemoryLedger(Long.MAX_VALUE);
    private final SimulatedStorage storage = new SimulatedStorage();
    private final TableCache tables = new TableCache(storage, null, 10, false, TableFile::dispose);
    private final VersionSet versions =
            VersionSet.create(storage, tables, Identity.of(new byte[16], VersionOrder.ARBITRARY, false), 1 << 20);
    private final Views views = new Views(System::nanoTime);
    private final UnsafeBuffer entry = new UnsafeBuffer(new byte[1024]);
    private final List<Long> spilled = new ArrayList<>();
    private boolean failing;

    private TableFile spill(Memtable memtable) {
        if (failing) {
            throw new StorageException("full", null);
        }
        spilled.add(memtable.records());
        long number = versions.newNumber();
        return new TableFile(MemtableTable.write(memtable, storage, number, SETTINGS, unlimited, number, 0), tables);
    }

    private void put(TransactionRuns runs) {
        EntryDescriptor.putHeader(entry, 0, RecordType.PUT, 8, 900, 0);
        runs.add(entry, 0, EntryDescriptor.end(entry, 0));
    }

    private int putUntilItFails(TransactionRuns runs, Class<? extends Throwable> why) {
        int records = 0;
        while (true) {
            long before = runs.progress().lastSequence();
            try {
                put(runs);
                records++;
            } catch (OutOfNativeMemoryException | StorageException refused) {
                assertEquals(why, refused.getClass());
                assertEquals(before, runs.progress().lastSequence());
                return records;
            }
        }
    }

    private void inTransaction(long ledgerBytes, Consumer<TransactionRuns> test) {
        MemoryLedger ledger = new MemoryLedger(ledgerBytes);
        Memtable active = new Memtable(new Arena(ARENA, unlimited), KeyDigest.LEADING_BYTES, 1, Arena::release);
        Version version = versions.acquire();
        views.publish(active, List.of(), version);
        version.release();
        PinnedView base = views.pin(views);
        TransactionRuns runs = new TransactionRuns(
                views, base.retainView(), new Progress(0, 0, 0), ARENA, ledger, () -> 1, false, this::spill);
        test.accept(runs);
        runs.close(true);
        base.release();
        views.reclaim();
        assertEquals(0, ledger.totalBytes(), ledger::toString);
    }

    @Test
    void whatCannotGoToATableStays() {
        inTransaction(Long.MAX_VALUE, runs -> {
            failing = true;
            int records = putUntilItFails(runs, StorageException.class);
            assertTrue(records > 5);
            assertFalse(runs.hasTables());
            failing = false;
            put(runs);
            assertEquals(List.of((long) records), spilled);
        });
    }

    @Test
    void whereThereIsNoMemoryItCanStillBeCommitted() {
        inTransaction(ARENA + ARENA / 2, runs -> {
            int records = putUntilItFails(runs, OutOfNativeMemoryException.class);
            assertEquals(List.of(), spilled);
            runs.spillAll(this::spill);
            assertEquals(List.of((long) records), spilled);
        });
    }
}
