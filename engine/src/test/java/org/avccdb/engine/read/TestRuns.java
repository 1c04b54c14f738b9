package org.avccdb.engine.read;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.Compression;
import org.avccdb.VersionOrder;
import org.avccdb.engine.manifest.Identity;
import org.avccdb.engine.manifest.Version;
import org.avccdb.engine.manifest.VersionEdit;
import org.avccdb.engine.manifest.VersionSet;
import org.avccdb.engine.memtable.Memtable;
import org.avccdb.engine.storage.SimulatedStorage;
import org.avccdb.engine.table.BlockCache;
import org.avccdb.engine.table.HashWorker;
import org.avccdb.engine.table.TableCache;
import org.avccdb.engine.table.TableFile;
import org.avccdb.engine.table.TableSettings;
import org.avccdb.engine.table.TableWriter;
import org.avccdb.memdb.Arena;
import org.avccdb.memdb.KeyDigest;
import org.avccdb.memdb.MemoryLedger;

/** Memtables, tables and levels with given records, and the views over them. Fails if something is not let go in the end. */
final class TestRuns implements AutoCloseable {
    private static final TableSettings SETTINGS =
            new TableSettings(256, 3, Compression.NONE, 10, false, HashWorker.NONE);

    final MemoryLedger ledger = new MemoryLedger(Long.MAX_VALUE);
    final Views views = new Views(System::nanoTime);
    final Cursors cursors = new Cursors(views);

    private final SimulatedStorage storage = new SimulatedStorage();
    private final BlockCache blocks = new BlockCache(64 << 10, BlockCache.frameBytes(256), ledger);
    private final TableCache tables = new TableCache(storage, blocks, 1000, true, TableFile::dispose);
    private final VersionSet versions =
            VersionSet.create(storage, tables, Identity.of(new byte[16], VersionOrder.ARBITRARY, false), 1 << 20);
    private final List<Memtable> memtables = new ArrayList<>();

    /** A memtable, held until {@link #close}. */
    Memtable memtable(List<Rec> records, int arenaBytes) {
        Memtable memtable = freshMemtable(arenaBytes);
        memtables.add(memtable);
        List<Rec> inOrder = new ArrayList<>(records);
        inOrder.sort(Comparator.comparingLong(Rec::sequence));
        inOrder.forEach(rec -> add(memtable, rec));
        return memtable;
    }

    Memtable memtable(Rec... records) {
        return memtable(Arrays.asList(records), 64 << 10);
    }

    /** An empty memtable, which the caller releases. */
    Memtable freshMemtable(int arenaBytes) {
        return new Memtable(new Arena(arenaBytes, ledger), KeyDigest.LEADING_BYTES, 1, Arena::release);
    }

    static void add(Memtable memtable, Rec rec) {
        memtable.add(
                rec.type(),
                new UnsafeBuffer(rec.key()),
                0,
                rec.key().length,
                rec.version(),
                rec.sequence(),
                new UnsafeBuffer(rec.value()),
                0,
                rec.value().length);
    }

    /** A version with these runs below memtables; a level is cut into several tables. */
    Version version(List<List<Rec>> level0NewestFirst, List<List<Rec>> levels, Random random) {
        VersionEdit edit = new VersionEdit();
        for (List<Rec> run : level0NewestFirst) {
            addTable(edit, 0, run);
        }
        for (int i = 0; i < levels.size(); i++) {
            List<Rec> part = new ArrayList<>();
            for (Rec rec : levels.get(i)) {
                boolean isNewKey = !part.isEmpty()
                        && !Arrays.equals(part.get(part.size() - 1).key(), rec.key());
                if (isNewKey && random.nextInt(3) == 0) {
                    addTable(edit, i + 1, part);
                    part.clear();
                }
                part.add(rec);
            }
            addTable(edit, i + 1, part);
        }
        if (!edit.isEmpty()) {
            versions.apply(edit);
        }
        return versions.current();
    }

    private void addTable(VersionEdit edit, int level, List<Rec> records) {
        if (records.isEmpty()) {
            return;
        }
        long number = versions.newNumber();
        TableWriter writer = new TableWriter(storage, number, SETTINGS, ledger);
        for (Rec rec : records) {
            writer.add(
                    new UnsafeBuffer(rec.key()),
                    0,
                    rec.key().length,
                    rec.version(),
                    rec.stamp(),
                    new UnsafeBuffer(rec.value()),
                    0,
                    rec.value().length);
        }
        edit.add(level, writer.finish(level, new long[0], number, 1));
    }

    /** Publishes runs, newest first: memtables, tables of level 0, and levels from 1. */
    void publish(List<List<Rec>> runs, int memtableRuns, int level0Runs, long upTo, Random random) {
        List<Memtable> made = new ArrayList<>();
        for (List<Rec> run : runs.subList(0, memtableRuns)) {
            made.add(memtable(run, 1 << 20));
        }
        Version version = version(
                runs.subList(memtableRuns, memtableRuns + level0Runs),
                runs.subList(memtableRuns + level0Runs, runs.size()),
                random);
        views.publish(made.get(0), made.subList(1, made.size()), version);
        views.makeVisible(upTo);
    }

    /** Publishes memtables alone. */
    void publish(Memtable... newestFirst) {
        views.publish(newestFirst[0], Arrays.asList(newestFirst).subList(1, newestFirst.length), versions.current());
    }

    void publish(Memtable active, List<Memtable> frozenNewestFirst) {
        views.publish(active, frozenNewestFirst, versions.current());
    }

    int openTables() {
        return tables.open();
    }

    Reads reads() {
        return new Reads(views, views, cursors, nanos -> {});
    }

    @Override
    public void close() {
        cursors.close();
        views.close();
        memtables.forEach(Memtable::release);
        versions.close();
        blocks.close();
    }
}
