package org.avccdb.engine.threading;

import java.util.function.Function;
import org.agrona.concurrent.Agent;
import org.avccdb.AvccDbException;
import org.avccdb.NoSpaceException;
import org.avccdb.engine.compaction.TableTask;
import org.avccdb.engine.manifest.VersionEdit;
import org.avccdb.engine.memtable.FrozenMemtable;
import org.avccdb.engine.writer.LiveRuns;

/**
 * Turns frozen memtables into tables, the oldest first, one at a time. Stepped by one thread at a time.
 *
 * <ol>
 *   <li>A memtable leaves the database's state only after the edit with its table is durable.
 *   <li>What failed is discarded and tried again from the beginning.
 * </ol>
 */
public final class FlushAgent implements Agent {
    private final LiveRuns runs;
    private final Function<FrozenMemtable, TableTask> planner;
    private final Installer installer;
    private final TaskEvents events;
    private final Retry retry;

    private FrozenMemtable memtable;
    private TableTask task;

    FlushAgent(
            final LiveRuns runs,
            final Function<FrozenMemtable, TableTask> planner,
            final Installer installer,
            final TaskEvents events,
            final Retry retry) {
        this.runs = runs;
        this.planner = planner;
        this.installer = installer;
        this.events = events;
        this.retry = retry;
    }

    /** Any thread: how often a flush has failed; counted after others have been told. */
    public long failures() {
        return retry.failures();
    }

    @Override
    public int doWork() {
        try {
            if (task == null && !begin()) {
                return 0;
            }
            if (task.step()) {
                complete();
            }
        } catch (final RuntimeException | Error thrown) {
            // Whatever it was: a task that has thrown is of no use any more.
            giveUp();
            final AvccDbException failure = Retry.asFailure("flush", thrown);
            retry.failed(failure);
            events.failed("flush", failure);
        }
        return 1;
    }

    private boolean begin() {
        if (installer.isStopped() || !retry.mayTry()) {
            return false;
        }
        memtable = runs.oldestFrozen();
        if (memtable == null) {
            return false;
        }
        if (memtable.memtable().records() == 0) {
            leaveOut();
            return false;
        }
        events.flushBegins(memtable.memtable().records(), memtable.memtable().dataBytes());
        task = planner.apply(memtable);
        return true;
    }

    /** A memtable without records: the next one had to be larger, or there is a new position to be kept. */
    private void leaveOut() {
        install(new VersionEdit());
        memtable = null;
        retry.succeeded();
    }

    private void complete() {
        final VersionEdit edit = task.edit();
        try {
            install(edit);
        } catch (final NoSpaceException notWritten) {
            task.refused();
            throw notWritten;
        }
        events.flushed(memtable.memtable().records(), memtable.memtable().dataBytes(), edit, task.statistics());
        task.close();
        task = null;
        memtable = null;
        retry.succeeded();
    }

    private void install(final VersionEdit edit) {
        final FrozenMemtable done = memtable;
        edit.oldestJournal(done.nextJournal())
                .flushedSequence(done.progress().lastSequence())
                .lastSequence(done.progress().lastSequence())
                .appliedPosition(done.progress().appliedPosition())
                .highestVersion(done.progress().highestVersion());
        installer.install(edit, () -> runs.flushed(done));
    }

    private void giveUp() {
        if (task != null) {
            task.close();
            task = null;
        }
        memtable = null;
    }

    @Override
    public void onClose() {
        giveUp();
    }

    @Override
    public String roleName() {
        return "flush";
    }
}
