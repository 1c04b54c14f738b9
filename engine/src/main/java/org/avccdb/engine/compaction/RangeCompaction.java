package org.avccdb.engine.compaction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.avccdb.CompactionCause;
import org.avccdb.KeyRange;
import org.avccdb.engine.manifest.Version;
import org.avccdb.engine.table.TableFile;
import org.avccdb.engine.table.TableMeta;

/**
 * Compacts a range of keys, one compaction after the other: level by level, from left to right, until all tables that
 * overlapped the range at the beginning are in the deepest level that has any, and no delete is left in them. Other
 * compactions may come between; what is written meanwhile is left alone. Any thread may call it.
 */
public final class RangeCompaction {
    private final TaskContext context;
    private final KeyRange range;
    private final long newest;
    private int level;
    private byte[] doneUpTo;
    private boolean done;

    /** Of all that is in tables now. */
    public RangeCompaction(final TaskContext context, final KeyRange range) {
        this.context = context;
        this.range = range;
        synchronized (context.inFlight()) {
            final TableFile[] level0 = context.versions().current().level(0);
            this.newest = level0.length == 0 ? 0 : level0[0].meta().maxSequence();
        }
        this.done = range.isEmpty();
    }

    /** Whether nothing is left to do. */
    public boolean isDone() {
        synchronized (context.inFlight()) {
            return done;
        }
    }

    /**
     * The next compaction, claimed; null if there is none, or if others are at work there. One that fails is not repeated:
     * begin again.
     */
    public Compaction next() {
        synchronized (context.inFlight()) {
            final Version version = context.versions().current();
            while (!done) {
                final Compaction plan = plan(version);
                if (plan != null) {
                    if (plan.conflicts(context.inFlight())) {
                        return null;
                    }
                    doneUpTo = level == 0 ? null : Tables.span(plan.upper()).largest();
                    return plan.claim(context.inFlight());
                }
                level++;
                doneUpTo = null;
                done = level > lastLevel(version);
            }
            return null;
        }
    }

    private static int lastLevel(final Version version) {
        return Math.max(1, Tables.deepestLevel(version));
    }

    /** The next one in this level, or null if the level is done. */
    private Compaction plan(final Version version) {
        if (level == 0) {
            return planLevel0(version);
        }
        return level < lastLevel(version) ? planDown(version) : planInPlace(version);
    }

    private Compaction planLevel0(final Version version) {
        final List<TableFile> oldestFirst = new ArrayList<>(Arrays.asList(version.level(0)));
        Collections.reverse(oldestFirst);
        int count = 0;
        for (int i = 0; i < oldestFirst.size(); i++) {
            final TableMeta table = oldestFirst.get(i).meta();
            if (table.maxSequence() <= newest && isInRange(table)) {
                count = i + 1;
            }
        }
        if (count == 0) {
            return null;
        }
        final List<TableFile> chosen = oldestFirst.subList(0, Math.min(count, CompactionPicker.MAX_LEVEL0_INPUTS));
        return CompactionPicker.level0(CompactionCause.RANGE, context, version, chosen, isClean(chosen));
    }

    private Compaction planDown(final Version version) {
        final List<TableFile> upper = new ArrayList<>();
        List<TableFile> lower = List.of();
        for (final TableFile table : remaining(version)) {
            final List<TableFile> below = Tables.overlapping(version, level + 1, KeySpan.of(table.meta()));
            final boolean movable = below.isEmpty() && !isToBeWrittenAnew(table.meta());
            if (!upper.isEmpty() && movable) {
                break;
            }
            upper.add(table);
            final List<TableFile> all = Tables.overlapping(version, level + 1, Tables.span(upper));
            if (upper.size() > 1 && isTooMuch(upper, all, level + 1)) {
                upper.remove(upper.size() - 1);
                break;
            }
            lower = all;
            if (movable) {
                break;
            }
        }
        return upper.isEmpty() ? null : planned(version, level + 1, upper, lower, isClean(upper));
    }

    /** In the deepest level deletes hide nothing, so tables that have some are written anew without; those without a root too. */
    private Compaction planInPlace(final Version version) {
        final List<TableFile> chosen = new ArrayList<>();
        for (final TableFile table : remaining(version)) {
            if (isToBeWrittenAnew(table.meta())) {
                chosen.add(table);
                if (chosen.size() > 1 && isTooMuch(chosen, List.of(), level)) {
                    chosen.remove(chosen.size() - 1);
                    break;
                }
            } else if (!chosen.isEmpty()) {
                break;
            }
        }
        return chosen.isEmpty() ? null : planned(version, level, chosen, List.of(), false);
    }

    private Compaction planned(
            final Version version,
            final int outputLevel,
            final List<TableFile> upper,
            final List<TableFile> lower,
            final boolean movable) {
        return new Compaction(
                CompactionCause.RANGE, context.options(), version, level, outputLevel, upper, lower, movable);
    }

    private boolean isTooMuch(final List<TableFile> upper, final List<TableFile> lower, final int outputLevel) {
        return Tables.bytes(upper) + Tables.bytes(lower)
                > (long) CompactionPicker.EXPANSION_TABLES * context.options().compactionTableBytes(outputLevel);
    }

    private List<TableFile> remaining(final Version version) {
        final List<TableFile> remaining = new ArrayList<>();
        for (final TableFile table : version.level(level)) {
            final boolean isBehind =
                    doneUpTo == null || Arrays.compareUnsigned(table.meta().smallestKey(), doneUpTo) > 0;
            if (isBehind && isInRange(table.meta())) {
                remaining.add(table);
            }
        }
        return remaining;
    }

    private boolean isInRange(final TableMeta table) {
        final byte[] from = range.fromInclusive();
        final byte[] to = range.toExclusive();
        return (from == null || Arrays.compareUnsigned(table.largestKey(), from) >= 0)
                && (to == null || Arrays.compareUnsigned(table.smallestKey(), to) < 0);
    }

    private boolean isClean(final List<TableFile> tables) {
        return tables.stream().noneMatch(table -> isToBeWrittenAnew(table.meta()));
    }

    private boolean isToBeWrittenAnew(final TableMeta table) {
        return Tables.hasDeletes(table) || Tables.lacksRoot(table, context.options());
    }
}
