package org.avccdb.engine.manifest;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.avccdb.CorruptionException;
import org.avccdb.engine.storage.FileNames;
import org.avccdb.engine.storage.Storage;
import org.avccdb.engine.table.TableCache;
import org.avccdb.engine.table.TableFile;
import org.avccdb.engine.table.TableMeta;

/**
 * What the database consists of, kept in the manifest.
 *
 * <p>Any thread may call any method. Edits are applied one at a time, under the lock of this object, which is held while the
 * manifest is synced; so are {@link #openForWriting}, {@link #withhold} and {@link #close}. Nothing else waits for a lock.
 *
 * <ol>
 *   <li>An edit is on disk before it takes effect, and so are the names of the tables that it adds.
 *   <li>A failure of the storage while an edit is written leaves it in doubt: it may be there when the database is opened
 *       again. So its tables must not be deleted, and every later edit is refused ({@link #failure}). A
 *       {@link org.avccdb.NoSpaceException}, and any other error without {@link #failure}, says that the edit is not there.
 *   <li>No sync is repeated on the same file.
 *   <li>A number that {@link #newNumber} has handed out is not handed out again, after a crash neither.
 *   <li>This object holds one reference on the current version until the next takes its place. Who uses the current version
 *       beyond a moment takes one of its own: {@link #acquire}.
 * </ol>
 */
public final class VersionSet implements AutoCloseable {
    /** How many numbers may be handed out between two edits without being recorded one by one. */
    static final long RESERVED_NUMBERS = 1000;

    private final Storage storage;
    private final TableCache cache;
    private final Identity identity;
    private final EditLog log;
    private final AtomicLong nextNumber;
    private final WithheldTables withheld = new WithheldTables();
    private volatile ManifestState state;
    private volatile Version current;

    private VersionSet(
            final Storage storage,
            final TableCache cache,
            final Identity identity,
            final EditLog log,
            final ManifestState state,
            final Version version,
            final long nextNumber) {
        this.storage = storage;
        this.cache = cache;
        this.identity = identity;
        this.log = log;
        this.state = state;
        this.current = version;
        this.nextNumber = new AtomicLong(nextNumber);
    }

    /** A new database in a directory where there is none; it is there, empty and open for writing, when this returns. */
    public static VersionSet create(
            final Storage storage, final TableCache cache, final Identity identity, final long maxManifestBytes) {
        return create(storage, cache, identity, maxManifestBytes, new VersionEdit());
    }

    /**
     * The same with tables and more from its beginning: for a database whose manifest was lost. At no time is there one
     * without them, which would take them for files that nobody needs.
     *
     * @param first what the database begins with; its tables are synced
     */
    public static VersionSet create(
            final Storage storage,
            final TableCache cache,
            final Identity identity,
            final long maxManifestBytes,
            final VersionEdit first) {
        final LevelsBuilder builder = new LevelsBuilder(cache, null);
        final LevelsBuilder.Result result = fitting(builder, first);
        final EditLog log = new EditLog(storage, identity, maxManifestBytes, 0, 0, 0);
        final VersionSet set = new VersionSet(
                storage,
                cache,
                identity,
                log,
                new ManifestState().after(first),
                result.version(),
                highestNumber(storage.list()) + 1);
        try {
            set.openForWriting(new VersionEdit());
        } catch (final RuntimeException | Error e) {
            set.close();
            throw e;
        }
        return set;
    }

    /** Reads the database in a directory, and writes nothing until {@link #openForWriting}. */
    public static VersionSet load(final Storage storage, final TableCache cache, final long maxManifestBytes) {
        final CurrentDescriptor.Current current = readCurrent(storage);
        final LevelsBuilder builder = new LevelsBuilder(cache, null);
        final ManifestState[] state = {new ManifestState()};
        final ManifestReader.Contents contents = ManifestReader.read(storage, current, edit -> {
            state[0] = state[0].after(edit);
            return builder.apply(edit);
        });
        final String file = FileNames.manifest(current.manifest());
        final List<String> names = storage.list();
        checkTables(storage, names, builder, state[0], file);
        final LevelsBuilder.Result result = builder.build();
        if (result.problem() != null) {
            throw new CorruptionException(file, -1, result.problem());
        }
        final EditLog log = new EditLog(
                storage,
                current.identity(),
                maxManifestBytes,
                current.manifest(),
                storage.length(file),
                contents.lastEdit());
        final long next = Math.max(state[0].nextNumber(), highestNumber(names) + 1);
        return new VersionSet(storage, cache, current.identity(), log, state[0], result.version(), next);
    }

    /** What CURRENT says of a database whose manifest is lost; null where that is lost too. */
    public static Identity knownIdentity(final Storage storage) {
        try {
            return storage.exists(FileNames.CURRENT) ? CurrentFile.read(storage).identity() : null;
        } catch (final CorruptionException damaged) {
            return null;
        }
    }

    private static CurrentDescriptor.Current readCurrent(final Storage storage) {
        final Presence presence = Presence.of(storage);
        if (presence != Presence.PRESENT) {
            throw new CorruptionException(
                    FileNames.CURRENT,
                    -1,
                    presence == Presence.DAMAGED
                            ? "it is missing in " + storage.location() + ", where other files of a database are"
                                    + ManifestReader.HINT
                            : "there is no database in " + storage.location()
                                    + ", but other files are; a new one needs a directory of its own, new or empty");
        }
        final CurrentDescriptor.Current current = CurrentFile.read(storage);
        final String file = FileNames.manifest(current.manifest());
        if (!storage.exists(file)) {
            throw new CorruptionException(file, -1, "it is missing, but CURRENT names it" + ManifestReader.HINT);
        }
        return current;
    }

    private static void checkTables(
            final Storage storage,
            final List<String> files,
            final LevelsBuilder builder,
            final ManifestState state,
            final String file) {
        if (state.nextNumber() == VersionEdit.UNSET) {
            throw new CorruptionException(file, -1, "the next file number is missing");
        }
        final Set<String> names = new HashSet<>(files);
        for (int level = 0; level < Version.LEVELS; level++) {
            for (final TableMeta meta : builder.tables(level)) {
                if (meta.number() >= state.nextNumber()) {
                    throw new CorruptionException(
                            file, -1, meta + " is beyond the next file number, " + state.nextNumber());
                }
                final String name = FileNames.table(meta.number());
                if (!names.contains(name)) {
                    throw new CorruptionException(name, -1, "the table is missing");
                }
                if (storage.length(name) != meta.bytes()) {
                    throw new CorruptionException(
                            name, -1, "it has " + storage.length(name) + " bytes, not " + meta.bytes());
                }
            }
        }
    }

    private static long highestNumber(final List<String> names) {
        long highest = 0;
        for (final String name : names) {
            highest = Math.max(highest, FileNames.number(name));
        }
        return highest;
    }

    /**
     * Starts a new manifest that begins with the present state, or rather with what an edit makes of it. Must come before the
     * other edits; once. Names of files that are in the directory before this are there for good afterwards.
     *
     * @param edit says nothing of tables
     */
    public synchronized void openForWriting(final VersionEdit edit) {
        checkOpen();
        if (log.isStarted()) {
            throw new IllegalStateException("open for writing already");
        }
        if (edit.isCleanClose() || !edit.added().isEmpty() || !edit.removed().isEmpty()) {
            throw new IllegalArgumentException("tables or the mark of a clean close in a first edit: " + edit);
        }
        state = state.after(edit);
        log.start(snapshot(), newNumber());
    }

    /** The tables of now. It may be gone at any time; see {@link #acquire}. */
    public Version current() {
        final Version version = current;
        if (version == null) {
            throw new IllegalStateException("closed");
        }
        return version;
    }

    /** The tables of now, with a reference that the caller must release. */
    public Version acquire() {
        while (true) {
            final Version version = current();
            if (version.tryRetain()) {
                return version;
            }
        }
    }

    /** A number for a new file. */
    public long newNumber() {
        return nextNumber.getAndIncrement();
    }

    /**
     * Makes an edit durable, and puts it into effect. The edit is no longer the caller's.
     *
     * @throws org.avccdb.NoSpaceException if there is no room for it; it can be tried again when there is
     * @throws org.avccdb.StorageException if it could not be written; see the invariants for what that means
     * @throws AssertionError if it does not fit the present version
     */
    public synchronized void apply(final VersionEdit edit) {
        checkOpen();
        if (!log.isStarted()) {
            throw new IllegalStateException("not open for writing");
        }
        if (edit.isCleanClose() && !edit.equals(new VersionEdit().cleanClose())) {
            throw new IllegalArgumentException("what else is in the edit would be lost with the mark: " + edit);
        }
        final boolean roll = log.isFull();
        final long newManifest = roll ? newNumber() : 0;
        // When the last edit is the clean close, the numbers reserved for a crash are given back.
        edit.nextNumber(nextNumber.get() + (edit.isCleanClose() ? 0 : RESERVED_NUMBERS));
        final Version next = next(edit);
        try {
            log.append(edit, roll ? snapshot() : null, newManifest);
        } catch (final RuntimeException | Error e) {
            next.release();
            throw e;
        }
        install(edit, next);
    }

    /** The version after an edit, with a reference. */
    private Version next(final VersionEdit edit) {
        if (edit.added().isEmpty() && edit.removed().isEmpty()) {
            return acquire();
        }
        return fitting(new LevelsBuilder(cache, current), edit).version();
    }

    private static LevelsBuilder.Result fitting(final LevelsBuilder builder, final VersionEdit edit) {
        final String misfit = builder.apply(edit);
        if (misfit != null) {
            throw new AssertionError(misfit);
        }
        final LevelsBuilder.Result result = builder.build();
        if (result.problem() != null) {
            throw new AssertionError(result.problem());
        }
        return result;
    }

    private void install(final VersionEdit edit, final Version next) {
        state = state.after(edit);
        final Version old = current;
        current = next;
        final List<TableFile> gone = tablesGone(edit, old, next);
        if (edit.added().isEmpty()) {
            orderDissolved(edit, gone);
        }
        withheld.removed(gone, next);
        old.release();
        log.seal();
    }

    /**
     * Of tables of which nothing has remained, no other table says that it has replaced them. So that a rebuild of the manifest does not bring
     * back what they have deleted, each goes after the older ones, and after what these had replaced and somebody still reads.
     */
    private void orderDissolved(final VersionEdit edit, final List<TableFile> gone) {
        final Set<Long> before = new TreeSet<>();
        for (final long replaced : replaced(gone)) {
            before.add(replaced);
        }
        for (final VersionEdit.Removed removed : edit.removed()) {
            before.remove(removed.number());
            for (final TableFile table : gone) {
                if (table.meta().number() == removed.number()) {
                    table.goesAfter(List.copyOf(before));
                }
            }
        }
    }

    private static List<TableFile> tablesGone(final VersionEdit edit, final Version old, final Version next) {
        if (edit.removed().isEmpty()) {
            return List.of();
        }
        final Set<Long> numbers = new HashSet<>();
        edit.removed().forEach(removed -> numbers.add(removed.number()));
        edit.added().forEach(added -> numbers.remove(added.meta().number()));
        final List<TableFile> gone = new ArrayList<>();
        for (int level = 0; level < Version.LEVELS && old != next; level++) {
            for (final TableFile table : old.level(level)) {
                if (numbers.contains(table.meta().number())) {
                    gone.add(table);
                }
            }
        }
        return gone;
    }

    private VersionEdit snapshot() {
        final VersionEdit snapshot = state.snapshot().nextNumber(nextNumber.get() + RESERVED_NUMBERS);
        for (int level = 0; level < Version.LEVELS; level++) {
            for (final TableFile table : current.level(level)) {
                snapshot.add(level, table.meta());
            }
        }
        return snapshot;
    }

    private void checkOpen() {
        if (current == null) {
            throw new IllegalStateException("closed");
        }
    }

    /**
     * Numbers of the tables that the output of a compaction replaces: its inputs, and what these have replaced that is still
     * on disk. Without the latter a rebuild of the manifest could bring old records back once the inputs are gone.
     */
    public long[] replaced(final Collection<TableFile> inputs) {
        final Set<Long> numbers = new TreeSet<>();
        final Set<Long> asked = new HashSet<>();
        for (final TableFile input : inputs) {
            for (final long ancestor : input.meta().origin().replaced()) {
                if (asked.add(ancestor) && storage.exists(FileNames.table(ancestor))) {
                    numbers.add(ancestor);
                }
            }
        }
        inputs.forEach(input -> numbers.add(input.meta().number()));
        return numbers.stream().mapToLong(Long::longValue).toArray();
    }

    /** Groups of which tables that are not in the version must stay on disk, see {@link WithheldTables}. */
    Set<Long> incompleteGroups() {
        return WithheldTables.incompleteGroups(current());
    }

    /** Keeps a table on disk as long as others of its group are in the version. */
    synchronized void withhold(final TableMeta meta) {
        checkOpen();
        withheld.withhold(new TableFile(meta, cache));
    }

    /** Whether a table is not in the version, but must stay on disk. */
    synchronized boolean isWithheld(final long number) {
        return withheld.contains(number);
    }

    public Identity identity() {
        return identity;
    }

    /** Journals with lower numbers are no longer needed. */
    public long oldestJournal() {
        return state.oldestJournal();
    }

    /** The highest sequence number that an edit told of. */
    public long lastSequence() {
        return state.lastSequence();
    }

    /** Everything up to this sequence number is in tables. */
    public long flushedSequence() {
        return state.flushedSequence();
    }

    /** The highest version that was ever put, as far as edits say. */
    public long highestVersion() {
        return state.highestVersion();
    }

    /** Of the last edit that carried one; 0 if none did. */
    public long appliedPosition() {
        return state.appliedPosition();
    }

    /** Where journal segments end that were replayed and are still needed, by segment. */
    public Map<Long, SegmentEnd> segmentEnds() {
        return Collections.unmodifiableMap(state.segmentEnds());
    }

    /** Behind which user key the next compaction of a level begins; null at the beginning. */
    public byte[] compactionPointer(final int level) {
        return state.compactionPointers().get(level);
    }

    /** Whether the last edit is the mark of a clean close. */
    public boolean isCleanlyClosed() {
        return state.isCleanlyClosed();
    }

    /** How many edits the database has had, the first of each manifest included. */
    public long edits() {
        return log.edits();
    }

    public long manifestBytes() {
        return log.bytes();
    }

    /** Names the present manifest. */
    public long manifestNumber() {
        return log.number();
    }

    /** Why no more edits are accepted, or null. */
    public Throwable failure() {
        return log.failure();
    }

    /** The levels, for people. */
    public String levelsText() {
        final Version version = acquire();
        try {
            final StringBuilder text = new StringBuilder("level  tables           bytes       records       deletes\n");
            for (int level = 0; level < Version.LEVELS; level++) {
                column(text, level, 5);
                column(text, version.level(level).length, 8);
                column(text, version.bytes(level), 16);
                column(text, version.records(level), 14);
                column(text, version.keyDeletes(level) + version.versionDeletes(level), 14);
                text.append('\n');
            }
            return text.toString();
        } finally {
            version.release();
        }
    }

    /** Right-aligned. Some ask each second, and a formatter would leave far more garbage. */
    private static void column(final StringBuilder text, final long value, final int width) {
        final String digits = Long.toString(value);
        for (int i = digits.length(); i < width; i++) {
            text.append(' ');
        }
        text.append(digits);
    }

    /** Lets the current version go, and closes the manifest. A second call does nothing. */
    @Override
    public synchronized void close() {
        final Version last = current;
        if (last == null) {
            return;
        }
        current = null;
        withheld.release();
        last.release();
        log.close();
    }
}
