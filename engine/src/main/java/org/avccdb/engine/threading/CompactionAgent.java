package org.avccdb.engine.threading;

import java.util.function.Function;
import java.util.function.Supplier;
import org.agrona.concurrent.Agent;
import org.avccdb.AvccDbException;
import org.avccdb.NoSpaceException;
import org.avccdb.engine.compaction.Compaction;
import org.avccdb.engine.compaction.TableTask;
import org.avccdb.engine.manifest.VersionEdit;
import org.avccdb.engine.writer.LiveRuns;

/**
 * Carries out compactions, in small steps: one at a time, but that while one goes on, a short one within level 0 may come
 * between, so that a long one does not let level 0 fill up. Stepped by one thread at a time; any thread may ask whether it
 * rests, and what it is at.
 *
 * <ol>
 *   <li>What failed is discarded and tried again later; its inputs are still there.
 * </ol>
 */
public final class CompactionAgent implements Agent {
    private final LiveRuns runs;
    private final Supplier<Compaction> planner;
    private final Supplier<Compaction> meanwhile;
    private final Function<Compaction, TableTask> tasks;
    private final Installer installer;
    private final TaskEvents events;
    private final Retry retry;

    private volatile Work usual;
    private Work between;
    private int level0Tables;
    private volatile boolean resting = true;
    private volatile long failures;

    /** A compaction that has begun. */
    private static final class Work {
        final Compaction plan;
        final TableTask task;

        Work(final Compaction plan, final TableTask task) {
            this.plan = plan;
            this.task = task;
        }
    }

    CompactionAgent(
            final LiveRuns runs,
            final Supplier<Compaction> planner,
            final Supplier<Compaction> meanwhile,
            final Function<Compaction, TableTask> tasks,
            final Installer installer,
            final TaskEvents events,
            final Retry retry) {
        this.runs = runs;
        this.planner = planner;
        this.meanwhile = meanwhile;
        this.tasks = tasks;
        this.installer = installer;
        this.events = events;
        this.retry = retry;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // only the agent's own thread counts
    public int doWork() {
        begin();
        final Work work = between == null ? usual : between;
        if (work == null) {
            resting = true;
            return 0;
        }
        if (work.task.delayNanos() > 0) {
            return 0;
        }
        try {
            if (work.task.step()) {
                complete(work);
            }
        } catch (final RuntimeException | Error thrown) {
            // Whatever it was: a task that has thrown is of no use any more.
            end(work);
            final AvccDbException failure = Retry.asFailure("compaction", thrown);
            failures = failures + 1;
            retry.failed(failure);
            events.failed("compaction", failure);
        }
        return 1;
    }

    private void begin() {
        if (between != null || installer.isStopped()) {
            return;
        }
        final boolean grown = runs.level0Count() > level0Tables;
        level0Tables = runs.level0Count();
        if (usual == null && retry.mayTry()) {
            usual = begun(planner.get());
        } else if (usual != null && grown && retry.mayTry()) {
            between = begun(meanwhile.get());
        }
    }

    private Work begun(final Compaction plan) {
        if (plan == null) {
            return null;
        }
        resting = false;
        events.compactionBegins(plan);
        return new Work(plan, tasks.apply(plan));
    }

    private void complete(final Work work) {
        final VersionEdit edit = work.task.edit();
        try {
            installer.install(edit, runs::versionChanged);
        } catch (final NoSpaceException notWritten) {
            work.task.refused();
            throw notWritten;
        }
        events.compacted(work.plan, edit, work.task.statistics());
        end(work);
        retry.succeeded();
    }

    private void end(final Work work) {
        work.task.close();
        if (work == between) {
            between = null;
        } else {
            usual = null;
        }
    }

    /** What others may help with; null if there is nothing. Any thread. */
    TableTask presentTask() {
        final Work work = usual;
        return work == null ? null : work.task;
    }

    /** Whether there was nothing to do at its last step. */
    public boolean isResting() {
        return resting;
    }

    /** How many compactions have failed so far. */
    public long failures() {
        return failures;
    }

    @Override
    public void onClose() {
        if (between != null) {
            end(between);
        }
        if (usual != null) {
            end(usual);
        }
    }

    @Override
    public String roleName() {
        return "compaction";
    }
}
