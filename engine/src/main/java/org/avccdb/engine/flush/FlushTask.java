package org.avccdb.engine.flush;

import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.avccdb.engine.compaction.InFlight;
import org.avccdb.engine.compaction.KeySpan;
import org.avccdb.engine.compaction.MergeInput;
import org.avccdb.engine.compaction.OlderRuns;
import org.avccdb.engine.compaction.OutputCuts;
import org.avccdb.engine.compaction.RunMerge;
import org.avccdb.engine.compaction.TableTask;
import org.avccdb.engine.compaction.Tables;
import org.avccdb.engine.compaction.TaskContext;
import org.avccdb.engine.compaction.TaskStatistics;
import org.avccdb.engine.keys.RecordCursor;
import org.avccdb.engine.manifest.Version;
import org.avccdb.engine.manifest.VersionEdit;
import org.avccdb.engine.memtable.Memtable;
import org.avccdb.engine.memtable.MemtableCursor;
import org.avccdb.engine.table.TableMeta;

/**
 * Makes tables of frozen memtables: the oldest that are not in tables yet, but for those that other flushes are at. These must
 * be part of the database before it takes its last step: from then on its tables would count if the manifest were lost, and
 * writes that are older than theirs must not be missing then.
 *
 * <p>In level 0 a flush is one table, whatever its size: each table there is a run of its own, which every lookup may have to
 * ask, and the count of them decides about compactions. Deeper it is cut, so that compactions can take it in parts.
 */
public final class FlushTask implements TableTask {
    /** How many tables' worth a table is below level 0: what is flushed there will be moved more often than merged. */
    private static final int TABLES_IN_ONE = 4;
    /** How many tables' worth of the next level the outputs may overlap to go below level 0. */
    private static final int OVERLAP_TABLES = 10;

    private final TaskContext context;
    private final List<Memtable> memtables;
    private final KeySpan span;
    private final long oldestJournal;
    private final long begun;
    private final int level;
    private final InFlight.Claim claim;
    private final RunMerge merge;
    private boolean isTaken;
    private long nanos = -1;

    /**
     * Chooses the level and claims it.
     *
     * @param memtables oldest first, with records each; the caller keeps them from being freed until this is closed
     * @param older the keys of memtables that are older and may not be in tables yet
     * @param oldestJournal the oldest journal that is still needed when they are in tables
     */
    public FlushTask(
            final TaskContext context,
            final List<Memtable> memtables,
            final List<KeySpan> older,
            final long oldestJournal) {
        this.context = context;
        this.memtables = List.copyOf(memtables);
        this.oldestJournal = oldestJournal;
        this.begun = context.nanoClock().getAsLong();
        span = spanOf(memtables);
        final OlderRuns olderRuns = new OlderRuns();
        older.forEach(keys -> olderRuns.add(keys, span));
        final OutputCuts cuts;
        synchronized (context.inFlight()) {
            final Version version = context.versions().current();
            final long tableBytes = context.options().compactionTableBytes(1);
            level = older.stream().anyMatch(span::overlaps)
                    ? 0
                    : FlushLevel.choose(version, context.inFlight(), span, OVERLAP_TABLES * tableBytes);
            claim = level == 0 ? null : context.inFlight().claim(level, level, span);
            addAll(version, span, olderRuns);
            cuts = level == 0
                    ? OutputCuts.none()
                    : new OutputCuts(
                            TABLES_IN_ONE * tableBytes,
                            OVERLAP_TABLES * tableBytes,
                            Tables.metas(version, level + 1, span),
                            span);
        }
        merge = new RunMerge(context, newestFirst(), span, olderRuns, level, new long[0], cuts);
    }

    /** All tables are older than a memtable. */
    private static void addAll(final Version version, final KeySpan span, final OlderRuns older) {
        for (final TableMeta table : Tables.metas(version, 0, span)) {
            older.add(List.of(table), span);
        }
        for (int deeper = 1; deeper < Version.LEVELS; deeper++) {
            older.add(Tables.metas(version, deeper, span), span);
        }
    }

    private List<MergeInput> newestFirst() {
        final List<MergeInput> inputs = new ArrayList<>();
        for (final Memtable memtable : memtables) {
            inputs.add(0, new MemtableInput(memtable));
        }
        return inputs;
    }

    private static KeySpan spanOf(final List<Memtable> memtables) {
        KeySpan span = null;
        for (final Memtable memtable : memtables) {
            final MemtableCursor cursor = new MemtableCursor(memtable);
            if (!cursor.first()) {
                throw new IllegalArgumentException("a memtable without records is not to be flushed");
            }
            final byte[] smallest = key(cursor);
            cursor.last();
            span = KeySpan.union(span, new KeySpan(smallest, key(cursor)));
        }
        if (span == null) {
            throw new IllegalArgumentException("a flush of no memtable");
        }
        return span;
    }

    private static byte[] key(final RecordCursor cursor) {
        final DirectBuffer buffer = cursor.keyBuffer();
        final byte[] key = new byte[cursor.keyLength()];
        buffer.getBytes(cursor.keyOffset(), key);
        return key;
    }

    @Override
    public boolean step() {
        if (!merge.isDone()) {
            merge.step();
            if (merge.isDone()) {
                merge.checkNothingIsLost();
                nanos = context.nanoClock().getAsLong() - begun;
            }
        }
        return merge.isDone();
    }

    /** Always 0: writers wait for flushes. */
    @Override
    public long delayNanos() {
        return 0;
    }

    @Override
    public VersionEdit edit() {
        if (!merge.isDone() || isTaken) {
            throw new IllegalStateException("the edit of a flush is there once, at its end");
        }
        isTaken = true;
        final VersionEdit edit = new VersionEdit();
        merge.tables().forEach(table -> edit.add(level, table));
        final long last = memtables.get(memtables.size() - 1).lastSequence();
        return edit.oldestJournal(oldestJournal).lastSequence(last).flushedSequence(last);
    }

    /** Whether only the last step is left. */
    public boolean isMerged() {
        return merge.isMerged();
    }

    /** The keys that the tables have. */
    public KeySpan span() {
        return span;
    }

    /** Where the tables go. */
    public int level() {
        return level;
    }

    @Override
    public TaskStatistics statistics() {
        long bytesRead = 0;
        for (final Memtable memtable : memtables) {
            bytesRead += memtable.dataBytes();
        }
        return new TaskStatistics(
                bytesRead,
                merge.bytesWritten(),
                merge.recordsRead(),
                merge.recordsDropped(),
                merge.tables().size(),
                nanos >= 0 ? nanos : context.nanoClock().getAsLong() - begun);
    }

    @Override
    public void refused() {
        isTaken = false;
    }

    @Override
    public void close() {
        if (!isTaken) {
            merge.abandon();
        }
        if (claim != null) {
            context.inFlight().release(claim);
        }
    }
}
