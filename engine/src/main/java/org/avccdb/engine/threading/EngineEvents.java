package org.avccdb.engine.threading;

import org.avccdb.AvccDbException;
import org.avccdb.EventListener.BackgroundError;
import org.avccdb.EventListener.CompactionBegun;
import org.avccdb.EventListener.CompactionCompleted;
import org.avccdb.EventListener.FlushBegun;
import org.avccdb.EventListener.FlushCompleted;
import org.avccdb.EventListener.Rotated;
import org.avccdb.EventListener.TableCreated;
import org.avccdb.EventListener.WriteStallBegun;
import org.avccdb.EventListener.WriteStallEnded;
import org.avccdb.EventListener.WritingStopped;
import org.avccdb.Latency;
import org.avccdb.StallCause;
import org.avccdb.engine.compaction.Compaction;
import org.avccdb.engine.compaction.TaskStatistics;
import org.avccdb.engine.manifest.VersionEdit;
import org.avccdb.engine.metrics.EventLog;
import org.avccdb.engine.metrics.Metrics;
import org.avccdb.engine.writer.WriterObserver;

/** Passes what writer and agents report on to metrics, log and listeners. Called by the threads that they say. */
public final class EngineEvents implements WriterObserver, TaskEvents {
    private final Metrics metrics;
    private final EventLog log;

    public EngineEvents(final Metrics metrics, final EventLog log) {
        this.metrics = metrics;
        this.log = log;
    }

    @Override
    public void committed(final int writes, final int records, final long bytes) {
        metrics.committed(writes, records, bytes);
    }

    @Override
    public void put(final long nanos) {
        metrics.record(Latency.PUT, nanos);
    }

    @Override
    public void syncWait(final long nanos) {
        metrics.record(Latency.SYNC_WAIT, nanos);
    }

    @Override
    public void synced(final long nanos) {
        log.journalSynced(nanos);
    }

    @Override
    public void rotated(final long records, final long dataBytes, final long nanos) {
        log.rotated(new Rotated(records, dataBytes, nanos));
    }

    @Override
    public void stallBegins(final StallCause cause) {
        log.writeStallBegun(new WriteStallBegun(cause));
    }

    @Override
    public void stallEnded(final StallCause cause, final long nanos) {
        log.writeStallEnded(new WriteStallEnded(cause, nanos));
    }

    @Override
    public void delayed(final long nanos) {
        log.writesDelayed(nanos);
    }

    @Override
    public void latched(final Throwable cause) {
        log.writingStopped(new WritingStopped("what is on disk is in doubt; reopen the database to recover", cause));
    }

    @Override
    public void flushBegins(final long records, final long dataBytes) {
        log.flushBegun(new FlushBegun(1, records, dataBytes));
    }

    @Override
    public void flushed(
            final long records, final long dataBytes, final VersionEdit edit, final TaskStatistics statistics) {
        edit.added().forEach(this::created);
        log.flushCompleted(new FlushCompleted(
                1,
                records,
                dataBytes,
                edit.added().stream().mapToInt(VersionEdit.Added::level).max().orElse(0),
                edit.added().size(),
                edit.added().stream().mapToLong(table -> table.meta().bytes()).sum(),
                statistics.nanos()));
    }

    @Override
    public void compactionBegins(final Compaction plan) {
        log.compactionBegun(
                new CompactionBegun(plan.cause(), plan.level(), plan.outputLevel(), plan.inputs(), plan.inputBytes()));
    }

    @Override
    public void compacted(final Compaction plan, final VersionEdit edit, final TaskStatistics statistics) {
        if (!plan.isMove()) {
            edit.added().forEach(this::created);
        }
        log.compactionCompleted(new CompactionCompleted(
                plan.cause(),
                plan.level(),
                plan.outputLevel(),
                plan.isMove(),
                plan.inputs(),
                statistics.tablesWritten(),
                statistics.bytesRead(),
                statistics.bytesWritten(),
                statistics.nanos()));
    }

    private void created(final VersionEdit.Added table) {
        log.tableCreated(new TableCreated(
                table.meta().number(),
                table.level(),
                table.meta().bytes(),
                table.meta().records()));
    }

    @Override
    public void failed(final String work, final AvccDbException failure) {
        log.backgroundError(new BackgroundError(work, failure));
    }
}
