package org.avccdb;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.agrona.concurrent.Agent;
import org.avccdb.EventListener.BackgroundError;
import org.avccdb.engine.compaction.CompactionPicker;
import org.avccdb.engine.compaction.InFlight;
import org.avccdb.engine.compaction.Pacer;
import org.avccdb.engine.compaction.TaskContext;
import org.avccdb.engine.compaction.WriteRest;
import org.avccdb.engine.flush.MemtableTable;
import org.avccdb.engine.ingest.Waiting;
import org.avccdb.engine.journal.Journal;
import org.avccdb.engine.journal.ReplayResult;
import org.avccdb.engine.journal.SegmentEnd;
import org.avccdb.engine.manifest.Identity;
import org.avccdb.engine.manifest.ObsoleteFiles;
import org.avccdb.engine.manifest.Presence;
import org.avccdb.engine.manifest.Version;
import org.avccdb.engine.manifest.VersionEdit;
import org.avccdb.engine.manifest.VersionSet;
import org.avccdb.engine.memtable.FrozenMemtable;
import org.avccdb.engine.memtable.Memtable;
import org.avccdb.engine.memtable.Progress;
import org.avccdb.engine.metrics.EventLog;
import org.avccdb.engine.metrics.Metrics;
import org.avccdb.engine.read.Cursors;
import org.avccdb.engine.read.PinSpiller;
import org.avccdb.engine.read.Views;
import org.avccdb.engine.recovery.JournalRecovery;
import org.avccdb.engine.recovery.ManifestRecovery;
import org.avccdb.engine.recovery.SegmentSyncs;
import org.avccdb.engine.roots.Roots;
import org.avccdb.engine.storage.FileNames;
import org.avccdb.engine.storage.LogText;
import org.avccdb.engine.storage.NioStorage;
import org.avccdb.engine.storage.Storage;
import org.avccdb.engine.storage.UnsyncedStorage;
import org.avccdb.engine.table.BlockCache;
import org.avccdb.engine.table.HashWorker;
import org.avccdb.engine.table.SubtreeCache;
import org.avccdb.engine.table.TableCache;
import org.avccdb.engine.table.TableFile;
import org.avccdb.engine.table.TableSettings;
import org.avccdb.engine.table.TableWriters;
import org.avccdb.engine.threading.Background;
import org.avccdb.engine.threading.CompactionQueue;
import org.avccdb.engine.threading.EngineEvents;
import org.avccdb.engine.threading.HashingAgent;
import org.avccdb.engine.threading.Installer;
import org.avccdb.engine.threading.Invoker;
import org.avccdb.engine.threading.ListenerQueue;
import org.avccdb.engine.threading.Threads;
import org.avccdb.engine.threading.Wakeup;
import org.avccdb.engine.writer.FailureLatch;
import org.avccdb.engine.writer.Hindrances;
import org.avccdb.engine.writer.LiveRuns;
import org.avccdb.engine.writer.Supplies;
import org.avccdb.engine.writer.WriterAgent;
import org.avccdb.engine.writer.WriterParts;
import org.avccdb.memdb.Arena;
import org.avccdb.memdb.ArenaPool;
import org.avccdb.memdb.KeyDigest;
import org.avccdb.memdb.MemoryLedger;

/**
 * Opens a database: finds out what is there, brings the journals back, puts the parts together and starts the threads. Used by
 * one thread, once.
 *
 * <ol>
 *   <li>Before writes are accepted it is recorded durably where each replayed journal segment ends.
 *   <li>Where opening fails, everything that was taken is let go.
 * </ol>
 */
final class Opening {
    /** An arena that nobody has needed for so long goes back to the system; who writes that slowly can bear new pages. */
    private static final long ARENA_IDLE_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** What is prepared takes room that nobody uses, and what is long takes long to prepare. */
    private static final int DEFAULT_SEGMENT_BYTES = 4 << 20;

    /** Segments that a memtable fills are kept for the next one, and some more. */
    private static final double SPARES_TO_ARENA = 1.25;

    /** Cached subtrees are some 20 times smaller than their block; but they are all there is for tables that are read in place. */
    private static final int BLOCK_TO_SUBTREE_CACHE = 16;

    /** They are on the heap, which is mostly for others. */
    private static final int HEAP_TO_SUBTREE_CACHE = 16;

    private static final AtomicLong SEEDS = new AtomicLong(System.nanoTime());

    private final Storage storage;
    private final Options options;
    private final MemoryLedger ledger = new MemoryLedger(Long.MAX_VALUE);
    private final Metrics metrics = new Metrics();
    private Disposals disposals;
    private final Undo undo = new Undo();
    private final Invoker invoker;
    private final LongSupplier clock;
    private final Waiting waiting;

    private LogText log;
    private EventLog events;
    private ListenerQueue listener;
    private BlockCache blocks;
    private TableCache tables;
    private TableSettings settings;
    private Roots roots;
    private VersionSet versions;
    private Views views;
    private Cursors cursors;
    private PinSpiller pins;

    private Opening(final Storage storage, final Options options) {
        this.storage = options.noSync() ? new UnsyncedStorage(storage) : storage;
        this.options = options;
        this.invoker = options.threadingMode() == ThreadingMode.INVOKER
                ? new Invoker(options.invokerSeed(), this::unexpected)
                : null;
        this.clock = invoker != null ? invoker : System::nanoTime;
        this.waiting = invoker != null ? invoker : Waiting.FOR_THREADS;
    }

    static EngineParts open(final Path directory, final Options options) {
        requireExport();
        if (!NioStorage.isDirectory(directory) && (options.readOnly() || options.errorIfMissing())) {
            throw missing(directory.toString());
        }
        final Storage storage = options.readOnly() ? NioStorage.open(directory) : NioStorage.create(directory);
        return open(storage, options, false);
    }

    static EngineParts recover(final Path directory, final Options options) {
        if (options.readOnly()) {
            throw new IllegalArgumentException("a recovery writes a new manifest: recover with option readOnly false,"
                    + " and open with true afterwards");
        }
        requireExport();
        if (!NioStorage.isDirectory(directory)) {
            throw missing(directory.toString());
        }
        return open(NioStorage.open(directory), options, true);
    }

    /** Opens what is in a storage, which is closed with the database. */
    static EngineParts open(final Storage storage, final Options options, final boolean recover) {
        final Opening opening = new Opening(storage, options);
        opening.undo.add(storage::close);
        try {
            return opening.run(recover);
        } catch (final RuntimeException | Error failure) {
            opening.undo.run(failure);
            throw failure;
        }
    }

    /** Says in a line what is missing where Agrona cannot reach the JDK's memory access. */
    private static void requireExport() {
        MemoryLedger.process()
                .allocate(0, org.avccdb.memdb.MemoryPurpose.SCRATCH)
                .free();
    }

    private static DatabaseMissingException missing(final String where) {
        return new DatabaseMissingException("there is no database in " + where);
    }

    private void unexpected(final Throwable error) {
        events.backgroundError(new BackgroundError("an agent", error));
    }

    private void listenerFailed(final Throwable thrown) {
        events.failure("the event listener threw", thrown);
    }

    private EngineParts run(final boolean recover) {
        final Storage.DirectoryLock lock = storage.lock(options.readOnly());
        undo.add(lock::close);
        final boolean create = !recover && isToBeCreated();
        if (recover) {
            requireRemains();
        }
        if (!options.readOnly()) {
            log = LogText.open(storage);
            undo.add(log::close);
        }
        listener = new ListenerQueue(options.eventListener(), this::listenerFailed);
        undo.add(listener::stop);
        if (invoker == null && options.eventListener() != EventListener.NONE) {
            listener.start(storage.location());
        }
        events = new EventLog(
                metrics,
                options.eventListener() == EventListener.NONE ? EventListener.NONE : listener,
                log == null ? line -> {} : log::line,
                InstantSource.system());
        disposals = new Disposals(storage, events);
        blocks = new BlockCache(options.blockCacheBytes(), BlockCache.frameBytes(options.blockBytes()), ledger);
        undo.add(blocks::close);
        tables = new TableCache(
                storage, blocks, options.openFilesCacheCapacity(), options.paranoidChecks(), disposals::add);
        undo.add(tables::close);
        settings = TableSettings.of(options);
        if (recover) {
            new ManifestRecovery(storage, tables, settings, ledger, options, events::line).run();
        }
        versions = create ? create() : VersionSet.load(storage, tables, options.maxManifestBytes());
        undo.add(versions::close);
        versions.identity().requireOrder(options.versionOrder(), storage.location());
        checkTables();
        events.line((create ? "created " : "opened ") + versions.identity() + " in " + storage.location());
        views = new Views(clock);
        cursors = new Cursors(views);
        return options.readOnly() ? openToRead(lock) : openToWrite(lock, create);
    }

    private boolean isToBeCreated() {
        final Presence presence = Presence.of(storage);
        if (presence == Presence.ABSENT) {
            if (options.errorIfMissing() || options.readOnly()) {
                throw missing(storage.location());
            }
            return true;
        }
        if (presence == Presence.PRESENT && options.errorIfExists()) {
            throw new DatabaseExistsException("there is a database in " + storage.location() + " already");
        }
        return false;
    }

    /** Nothing to recover is not an empty database, but most likely the wrong directory. */
    private void requireRemains() {
        final Presence presence = Presence.of(storage);
        if (presence == Presence.ABSENT || presence == Presence.FOREIGN) {
            throw new DatabaseMissingException("there is no table and no journal to recover in " + storage.location());
        }
    }

    private VersionSet create() {
        final byte[] id = new byte[Identity.ID_LENGTH];
        new SecureRandom().nextBytes(id);
        final boolean authenticated = options.authentication() == Authentication.MERKLE;
        // All segments there will be are needed, and the first of them begins with the first record.
        return VersionSet.create(
                storage,
                tables,
                Identity.of(id, options.versionOrder(), authenticated),
                options.maxManifestBytes(),
                new VersionEdit().oldestJournal(1));
    }

    /** After a crash the roots that the manifest tells are compared with those in the tables; and tables without any counted. */
    private void checkTables() {
        int tables = 0;
        int withoutRoot = 0;
        for (int level = 0; level < Version.LEVELS; level++) {
            for (final TableFile table : versions.current().level(level)) {
                if (!versions.isCleanlyClosed()) {
                    table.check();
                }
                tables++;
                withoutRoot += table.meta().root() == null ? 1 : 0;
            }
        }
        if (settings.authenticated() && withoutRoot > 0) {
            events.line(withoutRoot + " of " + tables + " tables have no root, because they were written with"
                    + " authentication NONE; while the database is open for writing they are written anew in the"
                    + " background, or at once by compactRange(KeyRange.all())");
        }
    }

    private JournalRecovery replay(final int arenaBytes, final SegmentSyncs syncs) {
        final Map<Long, SegmentEnd> ended = new HashMap<>();
        versions.segmentEnds()
                .forEach((segment, end) ->
                        ended.put(segment, new SegmentEnd(segment, (int) end.offset(), end.lastSequence())));
        final JournalRecovery recovery = new JournalRecovery(ledger, arenaBytes, SEEDS::getAndIncrement, inTables());
        recovery.run(storage, versions.identity().databaseId(), versions.oldestJournal(), ended, syncs);
        undo.addRecovery(recovery);
        requireWhole(recovery.result());
        if (recovery.result().groups() > 0 || !recovery.result().tail().isEmpty()) {
            events.line("replayed " + recovery.result());
        }
        return recovery;
    }

    /** After a clean close no part of the journal can be a torn tail. A checkpoint begins without a journal. */
    private void requireWhole(final ReplayResult replayed) {
        if (versions.isCleanlyClosed() && versions.oldestJournal() != 0 && !replayed.clean()) {
            final SegmentEnd last = replayed.last();
            throw new CorruptionException(
                    FileNames.journal(last == null ? versions.oldestJournal() : last.number()),
                    last == null ? -1 : last.end(),
                    "the mark of the clean close is missing, and perhaps what was before it");
        }
    }

    private Progress inTables() {
        long highest = versions.highestVersion();
        final Version version = versions.current();
        for (int level = 0; level < Version.LEVELS; level++) {
            highest = Math.max(highest, version.maxPutVersion(level));
        }
        return new Progress(versions.flushedSequence(), versions.appliedPosition(), highest);
    }

    private int arenaBytes() {
        return (int) Memtable.arenaLength(1, options.writeBufferBytes());
    }

    private EngineParts openToRead(final Storage.DirectoryLock lock) {
        roots = roots(HashWorker.NONE, HashWorker.NONE);
        final JournalRecovery recovery = replay(arenaBytes(), new SegmentSyncs(storage, false));
        final LiveRuns runs = new LiveRuns(views, versions);
        final Memtable empty = newMemtable(new Arena((int) Memtable.arenaLength(1, 0), ledger), Arena::release);
        runs.start(recovery.frozen(0, 0), empty);
        undo.forgetRecovery();
        final Progress reached = recovery.progress();
        views.makeVisible(reached.lastSequence());
        final Threads threads = threads();
        final Agent keeper = Background.forReading(chores(), new EngineEvents(metrics, events), clock);
        if (invoker != null) {
            invoker.run(List.of(keeper, listener));
        } else {
            threads.start("background", ThreadRole.COMPACTION, new Wakeup(), keeper);
        }
        return parts(lock, threads, new Writes(null, options, () -> {}), reached::appliedPosition, null, runs);
    }

    private static Memtable newMemtable(final Arena arena, final Consumer<Arena> onFree) {
        return new Memtable(arena, KeyDigest.LEADING_BYTES, SEEDS.getAndIncrement(), onFree);
    }

    private EngineParts openToWrite(final Storage.DirectoryLock lock, final boolean create) {
        final int arenaBytes = arenaBytes();
        final JournalRecovery recovery = replay(arenaBytes, new SegmentSyncs(storage, invoker == null));
        final int segmentBytes = segmentBytes(arenaBytes);
        final Journal journal = new Journal(
                storage,
                versions.identity().databaseId(),
                segmentBytes,
                1 + (int) (SPARES_TO_ARENA * arenaBytes / segmentBytes),
                versions::newNumber,
                recovery.result().last());
        undo.add(journal::close);
        final long first = journal.prepareFirst();
        final List<FrozenMemtable> replayed = recovery.frozen(versions.oldestJournal(), first);
        if (create) {
            // Its manifest is there already, and asks for all segments there will be.
            storage.syncDirectory();
        } else {
            versions.openForWriting(recovery.outcome(first));
        }
        deleteObsolete();
        final Progress reached = recovery.progress();
        journal.rotate(reached.lastSequence() + 1, 0);

        final ArenaPool pool = new ArenaPool(
                arenaBytes,
                options.arenaPoolSize(),
                (long) arenaBytes * (options.maxFrozenMemtables() + 2 + options.arenaPoolSize()),
                ARENA_IDLE_NANOS,
                clock,
                ledger);
        undo.add(pool::close);
        final LiveRuns runs = new LiveRuns(views, versions);
        final Supplies supplies = new Supplies(pool, ledger, journal, runs, arenaBytes, ARENA_IDLE_NANOS, clock);
        undo.add(supplies::close);
        undo.forgetRecovery();
        runs.start(replayed, newMemtable(pool.take(arenaBytes), supplies::giveBack));
        undo.add(runs::close);
        views.makeVisible(reached.lastSequence());

        final FailureLatch latch = new FailureLatch();
        final Hindrances hindrances = new Hindrances();
        final EngineEvents engineEvents = new EngineEvents(metrics, events);
        final WriterParts writer = WriterParts.of(
                options,
                journal,
                runs,
                views,
                supplies,
                latch,
                hindrances,
                engineEvents,
                waiting,
                clock,
                SEEDS::getAndIncrement,
                ledger,
                reached);
        undo.add(writer.front()::close);
        final Installer installer = new Installer(versions, latch, cause -> {
            hindrances.latched(latch.refusal());
            engineEvents.latched(cause);
        });
        final HashingAgent hashing = hashing();
        roots = roots(hashing, settings.hashing());
        final TaskContext context = new TaskContext(
                storage,
                new TableWriters(storage, settings, ledger, tables),
                options,
                versions,
                new InFlight(),
                new Pacer(options.compactionRateBytesPerSecond(), clock, this::areWritesWaiting),
                clock);
        final CompactionPicker picker = new CompactionPicker(
                context, new WriteRest(views::visibleSequence, () -> runs.frozenCount() > 0, clock));
        for (int level = 1; level < Version.LEVELS; level++) {
            picker.continueBehind(level, versions.compactionPointer(level));
        }
        final CompactionQueue compactions = new CompactionQueue(picker);
        final RetiredSegments retired = new RetiredSegments(storage, journal, clock);
        final List<IntSupplier> chores = chores();
        chores.add(pool::drain);
        pins = new PinSpiller(views, options.pinnedMemoryBytes(), this::privateTable);
        chores.add(this::spillPins);
        chores.add(() -> retired.work(versions.oldestJournal(), events));
        final Background background = new Background(
                context,
                runs,
                supplies,
                hindrances,
                installer,
                compactions,
                chores,
                engineEvents,
                hashing,
                memtable -> roots == null ? HashWorker.NONE : roots.workerFor(memtable),
                options.threadingMode());
        runs.onChange(background::wake);
        supplies.onWant(background::wake);
        final WriteSide side = new WriteSide(
                writer.front(),
                writer.writer(),
                journal,
                supplies,
                pool,
                latch,
                hindrances,
                installer,
                background,
                compactions,
                context);
        final Threads threads = threads();
        start(threads, background, new WriterAgent(writer.writer()));
        return parts(
                lock,
                threads,
                new Writes(writer.front(), options, invoker == null ? () -> {} : invoker::background),
                writer.writer()::appliedPosition,
                side,
                runs);
    }

    /** Who hashes for others; null where nothing is hashed. */
    private HashingAgent hashing() {
        if (!settings.authenticated()) {
            return null;
        }
        final HashingAgent hashing = new HashingAgent(options.threadingMode() == ThreadingMode.DEDICATED);
        if (options.threadingMode() != ThreadingMode.SHARED) {
            // What a thread hands to itself is only done later.
            settings = settings.hashedBy(hashing);
        }
        return hashing;
    }

    /** As where level 0 has come to the pause trigger. */
    private boolean areWritesWaiting() {
        return versions.current().level(0).length >= options.writeL0PauseTrigger();
    }

    private int segmentBytes(final int arenaBytes) {
        return options.journalSegmentBytes() > 0
                ? options.journalSegmentBytes()
                : Math.min(DEFAULT_SEGMENT_BYTES, arenaBytes);
    }

    private void deleteObsolete() {
        final List<String> deleted = ObsoleteFiles.delete(storage, versions);
        if (!deleted.isEmpty()) {
            events.line("deleted what is no longer needed: " + deleted);
        }
    }

    private int spillPins() {
        try {
            return pins.work();
        } catch (final StorageException failure) {
            events.backgroundError(new BackgroundError("moving what snapshots pin from memory to tables", failure));
            return 0;
        }
    }

    private TableFile privateTable(final Memtable memtable) {
        final long number = versions.newNumber();
        final TableFile table =
                new TableFile(MemtableTable.write(memtable, storage, number, settings, ledger, number, 0), tables);
        table.markObsolete();
        return table;
    }

    private List<IntSupplier> chores() {
        final List<IntSupplier> chores = new ArrayList<>();
        chores.add(views::reclaim);
        chores.add(cursors::reclaimDeferred);
        chores.add(() -> disposals.work());
        chores.add(() -> Disposals.letSurplusGo(tables, views));
        chores.add(events::drain);
        return chores;
    }

    private Threads threads() {
        final Threads threads = new Threads(storage.location(), options.pinning(), this::unexpected, events::line);
        undo.add(threads::stop);
        return threads;
    }

    private void start(final Threads threads, final Background background, final WriterAgent writer) {
        if (invoker != null) {
            final List<Agent> agents = background.agents();
            agents.add(writer);
            agents.add(listener);
            invoker.run(agents);
        } else {
            threads.startWriter(writer);
            background.start(threads, options.threadingMode());
        }
    }

    /** Who makes roots; null where nothing is hashed. */
    private Roots roots(final HashWorker ofParts, final HashWorker ofTables) {
        return settings.authenticated()
                ? new Roots(
                        versions.identity(),
                        new SubtreeCache(Math.min(
                                options.blockCacheBytes() / BLOCK_TO_SUBTREE_CACHE,
                                Runtime.getRuntime().maxMemory() / HEAP_TO_SUBTREE_CACHE)),
                        ofParts,
                        ofTables)
                : null;
    }

    private EngineParts parts(
            final Storage.DirectoryLock lock,
            final Threads threads,
            final Writes writes,
            final LongSupplier appliedPosition,
            final WriteSide side,
            final LiveRuns runs) {
        return new EngineParts(
                options,
                storage,
                lock,
                versions,
                views,
                cursors,
                tables,
                settings,
                blocks,
                ledger,
                metrics,
                events,
                log,
                threads,
                invoker,
                waiting,
                clock,
                writes,
                appliedPosition,
                disposals,
                listener,
                pins,
                roots,
                runs,
                side);
    }
}
