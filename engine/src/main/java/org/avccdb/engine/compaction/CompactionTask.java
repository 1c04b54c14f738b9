package org.avccdb.engine.compaction;

import java.util.List;
import org.avccdb.engine.manifest.VersionEdit;
import org.avccdb.engine.table.TableMeta;

/** Carries a {@link Compaction} out: merges its inputs, or where it is a move, just says so. */
public final class CompactionTask implements TableTask {
    private final TaskContext context;
    private final Compaction plan;
    private final long begun;
    private RunMerge merge;
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
            merge = new RunMerge(
                    context,
                    plan.openInputs(context.options().paranoidChecks()),
                    plan.span(),
                    plan.olderRuns(),
                    plan.outputLevel(),
                    context.versions().replaced(plan.allInputs()),
                    plan.cuts());
        } else if (context.pacer().delayNanos() == 0) {
            final long before = merge.bytesWritten();
            merge.step();
            context.pacer().spend(Math.max(0, merge.bytesWritten() - before));
            if (merge.isDone()) {
                end();
            }
        }
        return isDone;
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
