package org.avccdb.engine.compaction;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;
import org.avccdb.Options;
import org.avccdb.VersionOrder;
import org.avccdb.engine.flush.FlushTask;
import org.avccdb.engine.keys.RecordType;
import org.avccdb.engine.keys.Versions;
import org.avccdb.engine.manifest.Identity;
import org.avccdb.engine.manifest.Version;
import org.avccdb.engine.manifest.VersionSet;
import org.avccdb.engine.memtable.Memtable;
import org.avccdb.engine.memtable.MemtableCursor;
import org.avccdb.engine.storage.FileNames;
import org.avccdb.engine.storage.FileType;
import org.avccdb.engine.storage.SimulatedStorage;
import org.avccdb.engine.storage.Storage;
import org.avccdb.engine.table.BlockCache;
import org.avccdb.engine.table.TableCache;
import org.avccdb.engine.table.TableFile;
import org.avccdb.engine.table.TableMeta;
import org.avccdb.engine.table.TableReader;
import org.avccdb.engine.table.TableSettings;
import org.avccdb.engine.table.TableWriters;
import org.avccdb.memdb.Arena;
import org.avccdb.memdb.KeyDigest;
import org.avccdb.memdb.MemoryLedger;
import org.avccdb.memdb.RecordDescriptor;

/** Memtables, tables and tasks, without journal and threads; and beside it all records that were ever written. */
public final class TestDatabase implements AutoCloseable {
    private static final int ARENA_BYTES = 1 << 18;

    private final MemoryLedger ledger = new MemoryLedger(1 << 26);
    private final BlockCache blocks = new BlockCache(0, 4096, ledger);
    private final List<TableFile> unused = new ArrayList<>();
    private final TableCache tables;
    private final VersionSet versions;
    private final Storage storage;
    private final TaskContext context;
    private final List<TestRecord> written = new ArrayList<>();
    private final Deque<Memtable> frozen = new ArrayDeque<>();
    private Memtable active;
    private long sequence;
    private long nanos;

    public TestDatabase(final Storage storage, final Options options) {
        this.storage = storage;
        tables = new TableCache(storage, blocks, 0, true, unused::add);
        final Identity identity = Identity.of(new byte[Identity.ID_LENGTH], VersionOrder.ARBITRARY, false);
        versions = VersionSet.create(storage, tables, identity, 1 << 20);
        context = new TaskContext(
                storage,
                new TableWriters(storage, TableSettings.of(options), ledger, tables),
                options,
                versions,
                new InFlight(),
                new Pacer(options.compactionRateBytesPerSecond(), () -> nanos),
                () -> nanos);
    }

    /** Small tables and levels, so that a few hundred records fill several of them. */
    public static Options.Builder smallOptions() {
        return Options.builder()
                .blockBytes(256)
                .compactionTableBytes(1024)
                .compactionTotalBytes(4096)
                .compactionTotalSizeMultiplier(3)
                .compactionL0Trigger(3)
                .authentication(org.avccdb.Authentication.NONE)
                .compression(org.avccdb.Compression.NONE);
    }

    public TaskContext context() {
        return context;
    }

    public Version version() {
        return versions.current();
    }

    public MemoryLedger ledger() {
        return ledger;
    }

    /** Lets time go by. */
    void advance(final long byNanos) {
        nanos += byNanos;
    }

    public void put(final byte[] key, final long version, final byte[] value) {
        write(key, version, RecordType.PUT, value);
    }

    public void delete(final byte[] key) {
        write(key, Versions.KEY_DELETE, RecordType.KEY_DELETE, new byte[0]);
    }

    public void deleteVersion(final byte[] key, final long version) {
        write(key, version, RecordType.VERSION_DELETE, new byte[0]);
    }

    private void write(final byte[] key, final long version, final int type, final byte[] value) {
        if (active == null) {
            active = new Memtable(
                    new Arena(ARENA_BYTES, ledger), KeyDigest.LEADING_BYTES, sequence, arena -> arena.release());
        }
        sequence++;
        active.add(
                type,
                new UnsafeBuffer(key),
                0,
                key.length,
                version,
                sequence,
                new UnsafeBuffer(value),
                0,
                value.length);
        written.add(new TestRecord(key, version, RecordDescriptor.stamp(sequence, type), value));
    }

    /** A random write to one of so many keys, which differ in length. */
    void writeAnything(final Random random, final int keys) {
        writeAnything(random, 0, keys);
    }

    /** A random write to a key between two numbers. */
    void writeAnything(final Random random, final int from, final int to) {
        final int number = from + random.nextInt(to - from);
        final byte[] key = String.format("k%04d%s", number, "-".repeat(number % 7))
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        final int kind = random.nextInt(20);
        if (kind == 0) {
            delete(key);
        } else if (kind < 4) {
            deleteVersion(key, random.nextInt(4));
        } else {
            final byte[] value = new byte[random.nextInt(60)];
            random.nextBytes(value);
            put(key, random.nextInt(4), value);
        }
    }

    public void freeze() {
        if (active != null) {
            frozen.add(active);
            active = null;
        }
    }

    boolean hasFrozen() {
        return !frozen.isEmpty();
    }

    int frozenCount() {
        return frozen.size();
    }

    /** A flush of the oldest frozen memtables. */
    public FlushTask flushTask(final int memtables) {
        return new FlushTask(context, frozen.stream().limit(memtables).toList(), List.of(), 0);
    }

    /** Freezes what there is and flushes all of it, one memtable after the other. */
    public void flush() {
        freeze();
        while (!frozen.isEmpty()) {
            run(flushTask(1));
            dropFrozen(1);
        }
    }

    /** The oldest frozen memtables are in tables. */
    public void dropFrozen(final int memtables) {
        for (int i = 0; i < memtables; i++) {
            frozen.remove().release();
        }
    }

    /** All steps, and the edit. */
    public TaskStatistics run(final TableTask task) {
        try (task) {
            while (!task.step()) {
                nanos += task.delayNanos();
            }
            versions.apply(task.edit());
        }
        disposeOfUnused();
        return task.statistics();
    }

    void apply(final TableTask task) {
        versions.apply(task.edit());
        disposeOfUnused();
    }

    void disposeOfUnused() {
        unused.forEach(TableFile::dispose);
        unused.clear();
    }

    /** Whoever reads a table opens it anew. */
    void closeReaders() {
        tables.surplus().forEach(TableReader::close);
    }

    /** Compacts until no level is full; returns how many compactions it took. */
    int compactAll(final CompactionPicker picker) {
        int count = 0;
        for (Compaction plan = picker.pick(); plan != null; plan = picker.pick()) {
            run(new CompactionTask(context, plan));
            count++;
        }
        return count;
    }

    /** Everything is as it was written, whatever has been flushed and compacted; and the runs are in order. */
    public void check(final String what) {
        final List<TestRecord> found = RunOrderChecker.check(what, version());
        for (final Memtable memtable : frozen) {
            found.addAll(records(memtable));
        }
        if (active != null) {
            found.addAll(records(active));
        }
        assertEquals(Content.of(written), Content.of(found), what);
    }

    /** Nothing is on disk but what is in the version, and nothing is open or claimed that need not be. */
    public void checkNothingIsLeft(final String what) {
        disposeOfUnused();
        final Set<String> expected = new HashSet<>();
        final Set<Long> groups = new HashSet<>();
        for (int level = 0; level < Version.LEVELS; level++) {
            for (final TableFile table : version().level(level)) {
                expected.add(FileNames.table(table.meta().number()));
                groups.add(table.meta().origin().group());
            }
        }
        final Set<String> found = new HashSet<>(storage.list());
        found.removeIf(name -> FileNames.type(name) != FileType.TABLE);
        // The tables of one flush stay together until the last of them goes.
        found.removeIf(name -> !expected.contains(name) && groups.contains(groupOf(name)));
        assertEquals(expected, found, what);
        assertEquals(0, context.inFlight().size(), what);
    }

    private long groupOf(final String name) {
        final TableReader reader = TableReader.open(storage, FileNames.number(name), blocks, true);
        final TableMeta meta = reader.meta();
        reader.close();
        return meta.origin().replaced().length == 0 ? meta.origin().group() : -1;
    }

    private static List<TestRecord> records(final Memtable memtable) {
        final List<TestRecord> records = new ArrayList<>();
        final MemtableCursor cursor = new MemtableCursor(memtable);
        while (cursor.next()) {
            records.add(TestRecord.of(cursor));
        }
        return records;
    }

    List<TestRecord> content() {
        return Content.of(written);
    }

    @Override
    public void close() {
        frozen.forEach(Memtable::release);
        if (active != null) {
            active.release();
        }
        versions.close();
        disposeOfUnused();
        blocks.close();
        assertEquals(0, ledger.totalBytes(), ledger::toString);
        if (storage instanceof SimulatedStorage simulated) {
            final List<String> open = simulated.openFiles();
            assertEquals(List.of(), open);
        }
    }
}
