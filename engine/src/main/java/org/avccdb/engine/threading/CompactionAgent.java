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
 * Carries out compactions, one at a time, in small steps. Stepped by one thread at a time; any thread may ask whether it rests.
 *
 * <ol>
 *   <li>What failed is discarded and tried again later; its inputs are still there.
 * </ol>
 */
public final class CompactionAgent implements Agent {
    private final LiveRuns runs;
    private final Supplier<Compaction> planner;
    private final Function<Compaction, TableTask> tasks;
    private final Installer installer;
    private final TaskEvents events;
    private final Retry retry;

    private Compaction plan;
    private TableTask task;
    private volatile boolean resting = true;
    private volatile long failures;

    CompactionAgent(
            final LiveRuns runs,
            final Supplier<Compaction> planner,
            final Function<Compaction, TableTask> tasks,
            final Installer installer,
            final TaskEvents events,
            final Retry retry) {
        this.runs = runs;
        this.planner = planner;
        this.tasks = tasks;
        this.installer = installer;
        this.events = events;
        this.retry = retry;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // only the agent's own thread counts
    public int doWork() {
        if (task == null && !begin()) {
            resting = true;
            return 0;
        }
        if (task.delayNanos() > 0) {
            return 0;
        }
        try {
            if (task.step()) {
                complete();
            }
        } catch (final RuntimeException | Error thrown) {
            // Whatever it was: a task that has thrown is of no use any more.
            giveUp();
            final AvccDbException failure = Retry.asFailure("compaction", thrown);
            failures = failures + 1;
            retry.failed(failure);
            events.failed("compaction", failure);
        }
        return 1;
    }

    private boolean begin() {
        if (installer.isStopped() || !retry.mayTry()) {
            return false;
        }
        plan = planner.get();
        if (plan == null) {
            return false;
        }
        resting = false;
        events.compactionBegins(plan);
        task = tasks.apply(plan);
        return true;
    }

    private void complete() {
        final VersionEdit edit = task.edit();
        try {
            installer.install(edit, runs::versionChanged);
        } catch (final NoSpaceException notWritten) {
            task.refused();
            throw notWritten;
        }
        events.compacted(plan, edit, task.statistics());
        task.close();
        task = null;
        retry.succeeded();
    }

    private void giveUp() {
        if (task != null) {
            task.close();
            task = null;
        }
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
        giveUp();
    }

    @Override
    public String roleName() {
        return "compaction";
    }
}
