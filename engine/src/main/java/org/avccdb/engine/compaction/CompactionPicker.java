package org.avccdb.engine.compaction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.avccdb.CompactionCause;
import org.avccdb.Options;
import org.avccdb.engine.manifest.Version;
import org.avccdb.engine.table.TableFile;

/**
 * Finds what to compact next: in the level that is furthest beyond what it may hold; or tables that are to get a root. Any
 * thread may call it.
 *
 * <ol>
 *   <li>Inputs from level 0 are its oldest tables, without a gap, or its newest, which stay there as one; from other levels,
 *       any.
 *   <li>With those that go down come all tables of the next level that overlap the span of all inputs together.
 *   <li>A plan is claimed in the {@link InFlight} of the context before it is handed out.
 * </ol>
 */
public final class CompactionPicker {
    /** More tables at once would make the merge slower, not cheaper. */
    static final int MAX_LEVEL0_INPUTS = 32;
    /** How many tables' worth of inputs a compaction may grow to where it need not be as large. */
    static final int EXPANSION_TABLES = 25;

    private final TaskContext context;
    private final Options options;
    private final BooleanSupplier resting;
    /** Per level, behind which key the tables have their turn; null for the first. */
    private final byte[][] turns = new byte[Version.LEVELS][];

    /**
     * A picker that has given no level its turn yet.
     *
     * @param resting says whether nothing is being written; any thread asks
     */
    public CompactionPicker(final TaskContext context, final BooleanSupplier resting) {
        this.context = context;
        this.options = context.options();
        this.resting = resting;
    }

    /** Goes on where an earlier one left off: tables of a level behind this key have their turn. */
    public void continueBehind(final int level, final byte[] key) {
        synchronized (context.inFlight()) {
            turns[level] = key == null ? null : key.clone();
        }
    }

    /** How full a level is, in parts of what it may hold: from 1 on it is to be compacted. The deepest is never full. */
    public double score(final Version version, final int level) {
        if (level == 0) {
            return Level0Choice.of(version, options, version.level(0).length, isResting())
                    .score();
        }
        if (level == Version.LEVELS - 1) {
            return 0;
        }
        return (version.bytes(level) + bytesHiddenBy(version, level)) / options.compactionTotalBytes(level);
    }

    /** About how much the deletes of a level hide in those below: short as they are, they would fill no level for long. */
    private static double bytesHiddenBy(final Version version, final int level) {
        final long deletes = version.keyDeletes(level) + version.versionDeletes(level);
        long bytes = 0;
        long records = 0;
        for (int below = level + 1; deletes > 0 && below < Version.LEVELS; below++) {
            bytes += version.bytes(below);
            records += version.records(below);
        }
        return records == 0 ? 0 : (double) bytes * Math.min(deletes, records) / records;
    }

    /** Whether nothing is being written. */
    public boolean isResting() {
        return resting.getAsBoolean();
    }

    /** Whether a level is full. */
    public boolean isNeeded(final Version version) {
        for (int level = 0; level < Version.LEVELS; level++) {
            if (score(version, level) >= 1) {
                return true;
            }
        }
        return false;
    }

    /** The next compaction, claimed; null if no level is full, or only where others are at work. */
    public Compaction pick() {
        synchronized (context.inFlight()) {
            final Version version = context.versions().current();
            final List<Integer> full = new ArrayList<>();
            for (int level = 0; level < Version.LEVELS; level++) {
                if (score(version, level) >= 1) {
                    full.add(level);
                }
            }
            full.sort((a, b) -> Double.compare(score(version, b), score(version, a)));
            for (final int level : full) {
                final Compaction plan = level == 0 ? planLevel0(version) : planLevel(version, level);
                if (plan != null) {
                    return plan.claim(context.inFlight());
                }
            }
            return null;
        }
    }

    /** A merge within level 0, claimed, for the time that another compaction takes; null if there is none to do. */
    public Compaction pickWithinLevel0() {
        synchronized (context.inFlight()) {
            final Compaction plan = planWithinLevel0(context.versions().current(), false);
            return plan == null ? null : plan.claim(context.inFlight());
        }
    }

    private Compaction planWithinLevel0(final Version version, final boolean rests) {
        final int free = context.inFlight().unclaimed(version.level(0));
        final Level0Choice choice = Level0Choice.of(version, options, free, rests);
        return choice.kind() == Level0Choice.Kind.WITHIN ? withinLevel0(context, version, choice.newest()) : null;
    }

    /** Makes one table of some of level 0 that are apart from the others, newest first. */
    static Compaction withinLevel0(
            final TaskContext context, final Version version, final List<TableFile> newestFirst) {
        return new Compaction(
                CompactionCause.LEVEL0_COUNT, context.options(), version, 0, 0, newestFirst, List.of(), false);
    }

    /** A compaction that gives a table the root that it lacks, claimed; null if there is none, or where others are at work. */
    public Compaction pickForRoot() {
        synchronized (context.inFlight()) {
            final Compaction plan = planRoot(context.versions().current());
            return plan == null ? null : plan.claim(context.inFlight());
        }
    }

    /** Of a table that was written while nothing was hashed: one of level 0 goes down, another one is written anew in place. */
    private Compaction planRoot(final Version version) {
        final List<TableFile> oldestFirst = new ArrayList<>(Arrays.asList(version.level(0)));
        Collections.reverse(oldestFirst);
        for (int i = 0; i < Math.min(MAX_LEVEL0_INPUTS, oldestFirst.size()); i++) {
            if (Tables.lacksRoot(oldestFirst.get(i).meta(), options)) {
                final List<TableFile> upper = oldestFirst.subList(0, i + 1);
                final Compaction plan = level0(CompactionCause.AUTHENTICATION, context, version, upper, false);
                return plan.conflicts(context.inFlight()) ? null : plan;
            }
        }
        for (int level = 1; level < Version.LEVELS; level++) {
            for (final TableFile table : version.level(level)) {
                if (Tables.lacksRoot(table.meta(), options)) {
                    final Compaction plan = new Compaction(
                            CompactionCause.AUTHENTICATION,
                            options,
                            version,
                            level,
                            level,
                            List.of(table),
                            List.of(),
                            false);
                    if (!plan.conflicts(context.inFlight())) {
                        return plan;
                    }
                }
            }
        }
        return null;
    }

    private Compaction planLevel0(final Version version) {
        final int free = context.inFlight().unclaimed(version.level(0));
        final boolean rests = isResting();
        return Level0Choice.of(version, options, free, rests).kind() == Level0Choice.Kind.DOWN
                ? planDownFromLevel0(version)
                : planWithinLevel0(version, rests);
    }

    private Compaction planDownFromLevel0(final Version version) {
        final List<TableFile> oldestFirst = new ArrayList<>(Arrays.asList(version.level(0)));
        Collections.reverse(oldestFirst);
        final int most = Math.min(MAX_LEVEL0_INPUTS, oldestFirst.size());
        if (isAlone(oldestFirst.subList(0, most))) {
            final Compaction plan =
                    level0(CompactionCause.LEVEL0_COUNT, context, version, oldestFirst.subList(0, 1), true);
            if (plan.isMove() && !plan.conflicts(context.inFlight())) {
                return plan;
            }
        }
        for (int count = most; count > 0; count--) {
            final Compaction plan =
                    level0(CompactionCause.LEVEL0_COUNT, context, version, oldestFirst.subList(0, count), true);
            if (!plan.conflicts(context.inFlight())) {
                return plan;
            }
        }
        return null;
    }

    /** Whether the oldest table has keys in common with none of those that it could be merged with. */
    private static boolean isAlone(final List<TableFile> oldestFirst) {
        final KeySpan span = KeySpan.of(oldestFirst.get(0).meta());
        for (final TableFile other : oldestFirst.subList(1, oldestFirst.size())) {
            if (span.overlaps(other.meta())) {
                return false;
            }
        }
        return true;
    }

    /** Of the oldest tables of level 0. */
    static Compaction level0(
            final CompactionCause cause,
            final TaskContext context,
            final Version version,
            final List<TableFile> oldestFirst,
            final boolean movable) {
        final List<TableFile> upper = new ArrayList<>(oldestFirst);
        Collections.reverse(upper);
        final List<TableFile> lower = Tables.overlapping(version, 1, Tables.span(upper));
        return new Compaction(cause, context.options(), version, 0, 1, upper, lower, movable);
    }

    private Compaction planLevel(final Version version, final int level) {
        final TableFile[] tables = version.level(level);
        final int first = firstTurn(tables, turns[level]);
        for (int i = 0; i < tables.length; i++) {
            final Compaction plan = expanded(version, level, tables[(first + i) % tables.length]);
            if (!plan.conflicts(context.inFlight())) {
                turns[level] = Tables.span(plan.upper()).largest();
                return plan;
            }
        }
        return null;
    }

    private static int firstTurn(final TableFile[] tables, final byte[] behind) {
        for (int i = 0; i < tables.length; i++) {
            if (behind == null || Arrays.compareUnsigned(tables[i].meta().smallestKey(), behind) > 0) {
                return i;
            }
        }
        return 0;
    }

    /** A table with what it overlaps, and more tables of its level if they come for little. */
    private Compaction expanded(final Version version, final int level, final TableFile table) {
        final List<TableFile> one = List.of(table);
        final List<TableFile> lower = Tables.overlapping(version, level + 1, KeySpan.of(table.meta()));
        final Compaction plan =
                new Compaction(CompactionCause.LEVEL_SIZE, options, version, level, level + 1, one, lower, true);
        if (lower.isEmpty()) {
            return plan;
        }
        final List<TableFile> more = Tables.overlapping(version, level, plan.span());
        if (more.size() == 1) {
            return plan;
        }
        final List<TableFile> lowerOfMore = Tables.overlapping(version, level + 1, Tables.span(more));
        final long bytes = Tables.bytes(more) + Tables.bytes(lowerOfMore);
        if (lowerOfMore.size() > lower.size()
                || bytes > (long) EXPANSION_TABLES * options.compactionTableBytes(level + 1)) {
            return plan;
        }
        final Compaction larger =
                new Compaction(CompactionCause.LEVEL_SIZE, options, version, level, level + 1, more, lower, true);
        return larger.conflicts(context.inFlight()) ? plan : larger;
    }
}
