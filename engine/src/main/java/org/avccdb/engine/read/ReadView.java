package org.avccdb.engine.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.avccdb.engine.manifest.Version;
import org.avccdb.engine.memtable.Memtable;
import org.avccdb.engine.read.Run.LevelRun;
import org.avccdb.engine.read.Run.MemtableRun;
import org.avccdb.engine.read.Run.TableRun;
import org.avccdb.engine.table.TableFile;

/**
 * All runs of the database at a moment, newest first.
 *
 * <p>Any thread may call any method; who reads holds a reference, or is inside ({@link EpochPins}) since before the view was
 * replaced.
 *
 * <ol>
 *   <li>But for its reference count a view never changes, though the first memtable may still be written to: readers see of
 *       it what their sequence number lets them.
 *   <li>While the count is above zero, the view holds a reference on each memtable, table and version in it. It is made with
 *       one; a count of zero is final.
 *   <li>Only the first run, or in an overlay one of what it lies upon that has no writer meanwhile, is a memtable that can be
 *       written to. So the highest versions of what is older are constant.
 * </ol>
 */
public final class ReadView {
    private final Run[] runs;
    private final long[] olderMaxPutVersions;
    private final long leastSequence;
    private final List<Memtable> memtables;
    private final List<TableFile> tables;
    private final Version version;
    private final ReadView base;
    private final AtomicInteger references = new AtomicInteger(1);

    private ReadView(
            final List<Run> runs,
            final List<Memtable> memtables,
            final List<TableFile> tables,
            final Version version,
            final ReadView base) {
        this.runs = runs.toArray(new Run[0]);
        this.olderMaxPutVersions = new long[this.runs.length];
        long highest = 0;
        for (int i = this.runs.length - 1; i >= 0; i--) {
            olderMaxPutVersions[i] = highest;
            highest = Math.max(highest, this.runs[i].maxPutVersion());
        }
        this.memtables = List.copyOf(memtables);
        this.tables = List.copyOf(tables);
        this.version = version;
        this.leastSequence = version == null ? 0 : version.maxSequence();
        this.base = base;
        this.memtables.forEach(Memtable::retain);
        this.tables.forEach(TableFile::retain);
        if (version != null) {
            version.retain();
        }
        if (base != null) {
            base.retain();
        }
    }

    /** What the database consists of. The caller holds a reference on each part. */
    static ReadView of(
            final Memtable active,
            final List<Memtable> frozenNewestFirst,
            final Version version,
            final ReadView previous) {
        final List<Run> runs = new ArrayList<>();
        runs.add(MemtableRun.active(active));
        final List<Memtable> memtables = new ArrayList<>();
        memtables.add(active);
        for (final Memtable frozen : frozenNewestFirst) {
            runs.add(MemtableRun.frozen(frozen));
            memtables.add(frozen);
        }
        if (previous != null && previous.version == version) {
            for (final Run run : previous.runs) {
                if (!(run instanceof MemtableRun)) {
                    runs.add(run);
                }
            }
        } else {
            addRuns(version, runs);
        }
        return new ReadView(runs, memtables, List.of(), version, null);
    }

    private static void addRuns(final Version version, final List<Run> runs) {
        for (final TableFile table : version.level(0)) {
            runs.add(TableRun.of(table));
        }
        for (int level = 1; level < Version.LEVELS; level++) {
            if (version.level(level).length > 0) {
                runs.add(new LevelRun(version, level));
            }
        }
    }

    /**
     * Runs of a transaction upon a view to whose memtables nobody writes meanwhile. Others may write to them once the
     * transaction has ended, with the sequence numbers that the overlay's own runs have: cursors that are open then must not
     * see that.
     *
     * @param ownMemtables newest first, of which the first may be written to
     * @param ownTables newest first, all older than the memtables
     * @param base a view that the caller holds; the overlay holds it too
     * @param baseSequence the highest sequence number in the base
     */
    public static ReadView overlay(
            final List<Memtable> ownMemtables,
            final List<TableFile> ownTables,
            final ReadView base,
            final long baseSequence) {
        final List<Run> runs = new ArrayList<>();
        for (final Memtable memtable : ownMemtables) {
            runs.add(runs.isEmpty() ? MemtableRun.active(memtable) : MemtableRun.frozen(memtable));
        }
        for (final TableFile table : ownTables) {
            runs.add(TableRun.of(table));
        }
        for (final Run run : base.runs) {
            runs.add(run instanceof MemtableRun memtable ? memtable.upTo(baseSequence) : run);
        }
        return new ReadView(runs, ownMemtables, ownTables, null, base);
    }

    /**
     * The same records with some memtables replaced.
     *
     * @param replacements a table with the same records for each; null for one without any
     */
    ReadView withTables(final Map<Memtable, TableFile> replacements) {
        final List<Run> otherRuns = new ArrayList<>();
        for (final Run run : runs) {
            if (run instanceof MemtableRun old && replacements.containsKey(old.memtable())) {
                final TableFile table = replacements.get(old.memtable());
                if (table != null) {
                    otherRuns.add(TableRun.of(table));
                }
            } else {
                otherRuns.add(run);
            }
        }
        final List<Memtable> otherMemtables = new ArrayList<>(memtables);
        otherMemtables.removeIf(replacements::containsKey);
        final List<TableFile> otherTables = new ArrayList<>(tables);
        replacements.values().stream().filter(Objects::nonNull).forEach(otherTables::add);
        return new ReadView(otherRuns, otherMemtables, otherTables, version, base);
    }

    /** The tables, but for those of memtables that were moved to tables; null in an overlay. */
    public Version version() {
        return version;
    }

    /** Below this number nobody sees the view: all of its tables are visible. */
    long leastSequence() {
        return leastSequence;
    }

    /** How many runs there are. */
    public int runs() {
        return runs.length;
    }

    /** A run; 0 is the newest. */
    public Run run(final int index) {
        return runs[index];
    }

    /** Highest put version of all runs older than this one, 0 where there is none above. */
    public long olderMaxPutVersion(final int index) {
        return olderMaxPutVersions[index];
    }

    /** Its memtables, newest first. */
    List<Memtable> memtables() {
        if (base == null) {
            return memtables;
        }
        final List<Memtable> all = new ArrayList<>(memtables);
        all.addAll(base.memtables());
        return all;
    }

    /** Takes a reference; the caller must have one, or be inside since before the view was replaced. */
    public void retain() {
        if (references.getAndIncrement() <= 0) {
            throw new IllegalStateException("a view is to be kept that has been let go already");
        }
    }

    /** Lets a reference go; the last one lets go of all that is in the view. */
    public void release() {
        final int left = references.decrementAndGet();
        if (left < 0) {
            throw new IllegalStateException("a view is let go more often than it was kept");
        }
        if (left == 0) {
            memtables.forEach(Memtable::release);
            tables.forEach(TableFile::release);
            if (version != null) {
                version.release();
            }
            if (base != null) {
                base.release();
            }
        }
    }
}
