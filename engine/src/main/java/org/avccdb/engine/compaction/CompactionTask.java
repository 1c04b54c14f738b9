package org.avccdb.engine.compaction;

import java.util.List;
import org.avccdb.engine.manifest.VersionEdit;
import org.avccdb.engine.table.TableMeta;

/**
 * Carries a {@link Compaction} out: merges its inputs, or where it is a move, just says so. A long one is merged in slices of
 * keys, so that others can help.
 */
public final class CompactionTask implements TableTask {
    private final TaskContext context;
    private final Compaction plan;
    private final long begun;
    private final InputTally tally = new InputTally();
    private volatile SlicedMerge merge;
    private boolean isDone;
    private boolean isTaken;
    private long nanos = -1;

    /** A task that has not begun; it releases the plan's claim when it is closed. */
    public CompactionTask(final TaskContext context, final Compaction plan) {
        this.context = context;
        this.plan = plan;
        this.begun = context.nanoClock().getAsLong();
    }

    @Override
    public boolean step() {
        if (isDone) {
            return true;
        }
        if (plan.isMove()) {
            end();
        } else if (merge == null) {
            merge = begin();
        } else if (context.pacer().delayNanos() == 0 && merge.step()) {
            tally.check(plan.allInputs());
            end();
        }
        return isDone;
    }

    private SlicedMerge begin() {
        // Roots can only be checked by who reads the whole table.
        final boolean checksHashes = context.options().paranoidChecks();
        final List<KeySlice> slices = checksHashes ? List.of(KeySlice.ALL) : plan.slices();
        final long[] replaced = context.versions().replaced(plan.allInputs());
        final TableGroup group = new TableGroup(slices.size());
        return new SlicedMerge(
                context.pacer(),
                slices,
                slice -> new RunMerge(
                        context,
                        plan.openInputs(slice, tally, checksHashes),
                        plan.span(),
                        plan.olderRuns(slice),
                        plan.outputLevel(),
                        replaced,
                        plan.cuts(slice),
                        group));
    }

    @Override
    public boolean help() {
        final SlicedMerge begun = merge;
        return begun != null && context.pacer().delayNanos() == 0 && begun.help();
    }

    private void end() {
        isDone = true;
        nanos = context.nanoClock().getAsLong() - begun;
    }

    @Override
    public long delayNanos() {
        return isDone || plan.isMove() ? 0 : context.pacer().delayNanos();
    }

    @Override
    public VersionEdit edit() {
        if (!isDone || isTaken) {
            throw new IllegalStateException("the edit of a compaction is there once, at its end");
        }
        isTaken = true;
        return plan.edit(outputs());
    }

    private List<TableMeta> outputs() {
        return plan.isMove() ? List.of(plan.upper().get(0).meta()) : merge.tables();
    }

    @Override
    public TaskStatistics statistics() {
        final long time = nanos >= 0 ? nanos : context.nanoClock().getAsLong() - begun;
        if (merge == null) {
            return new TaskStatistics(0, 0, 0, 0, 0, time);
        }
        return new TaskStatistics(
                plan.inputBytes(),
                merge.bytesWritten(),
                merge.recordsRead(),
                merge.recordsDropped(),
                merge.tables().size(),
                time);
    }

    /** What is being done. */
    public Compaction plan() {
        return plan;
    }

    @Override
    public void refused() {
        isTaken = false;
    }

    @Override
    public void close() {
        if (merge != null && !isTaken) {
            merge.abandon();
        }
        context.inFlight().release(plan.claim());
    }
}
