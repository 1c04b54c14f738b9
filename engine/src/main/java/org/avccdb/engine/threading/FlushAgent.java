package org.avccdb.engine.threading;

import java.util.function.BooleanSupplier;
import org.agrona.concurrent.Agent;
import org.avccdb.AvccDbException;
import org.avccdb.NoSpaceException;
import org.avccdb.engine.flush.FlushTask;
import org.avccdb.engine.manifest.VersionEdit;
import org.avccdb.engine.memtable.FrozenMemtable;
import org.avccdb.engine.memtable.Memtable;
import org.avccdb.engine.writer.LiveRuns;

/**
 * Turns frozen memtables into tables, one at a time. Stepped by one thread at a time; there may be several of them on one
 * {@link FlushOrder}.
 *
 * <ol>
 *   <li>A memtable leaves the database's state only after the edit with its table is durable.
 *   <li>What failed is discarded and tried again from the beginning, by whoever of them comes first.
 * </ol>
 */
public final class FlushAgent implements Agent {
    private final FlushOrder order;
    private final BooleanSupplier reason;
    private final LiveRuns runs;
    private final Installer installer;
    private final TaskEvents events;
    private final Retry retry;

    private FlushOrder.Flush flush;

    /**
     * An agent that does nothing yet.
     *
     * @param reason whether to begin with another memtable
     */
    FlushAgent(
            final FlushOrder order,
            final BooleanSupplier reason,
            final LiveRuns runs,
            final Installer installer,
            final TaskEvents events,
            final Retry retry) {
        this.order = order;
        this.reason = reason;
        this.runs = runs;
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
            if (flush == null && !begin()) {
                return 0;
            }
            return proceed() ? 1 : 0;
        } catch (final RuntimeException | Error thrown) {
            // Whatever it was: a task that has thrown is of no use any more.
            giveUp();
            final AvccDbException failure = Retry.asFailure("flush", thrown);
            retry.failed(failure);
            events.failed("flush", failure);
            return 1;
        }
    }

    private boolean begin() {
        if (!reason.getAsBoolean() || installer.isStopped() || !retry.mayTry()) {
            return false;
        }
        flush = order.begin();
        if (flush == null) {
            return false;
        }
        if (flush.task() != null) {
            final Memtable memtable = flush.memtable().memtable();
            events.flushBegins(memtable.records(), memtable.dataBytes());
        }
        return true;
    }

    private boolean proceed() {
        if (flush.task() != null && !flush.task().isMerged()) {
            flush.task().step();
        } else if (order.isNext(flush)) {
            complete();
        } else if (order.isBehindAnother(flush)) {
            giveUp();
        } else {
            return false;
        }
        return true;
    }

    private void complete() {
        if (flush.task() == null) {
            // A memtable without records: the next one had to be larger, or there is a new position to be kept.
            install(new VersionEdit());
        } else {
            install(flush.task());
        }
        order.end(flush);
        flush = null;
        retry.succeeded();
    }

    private void install(final FlushTask task) {
        final Memtable memtable = flush.memtable().memtable();
        task.step();
        final VersionEdit edit = task.edit();
        try {
            install(edit);
        } catch (final NoSpaceException notWritten) {
            task.refused();
            throw notWritten;
        }
        events.flushed(memtable.records(), memtable.dataBytes(), edit, task.statistics());
        task.close();
    }

    private void install(final VersionEdit edit) {
        final FrozenMemtable done = flush.memtable();
        edit.oldestJournal(done.nextJournal())
                .flushedSequence(done.progress().lastSequence())
                .lastSequence(done.progress().lastSequence())
                .appliedPosition(done.progress().appliedPosition())
                .highestVersion(done.progress().highestVersion());
        installer.install(edit, () -> runs.flushed(done));
    }

    private void giveUp() {
        if (flush == null) {
            return;
        }
        if (flush.task() != null) {
            flush.task().close();
        }
        order.end(flush);
        flush = null;
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
