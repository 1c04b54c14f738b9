package org.avccdb.engine.threading;

import java.util.List;
import java.util.function.LongSupplier;
import org.avccdb.AvccDbException;
import org.avccdb.engine.compaction.Backoff;
import org.avccdb.engine.compaction.Compaction;
import org.avccdb.engine.compaction.TaskContext;
import org.avccdb.engine.compaction.TaskStatistics;
import org.avccdb.engine.flush.FlushTask;
import org.avccdb.engine.manifest.VersionEdit;
import org.avccdb.engine.writer.LiveRuns;

/** Flush agents of one order, which work whenever they are stepped. */
public final class TestFlushes {
    private final FlushOrder order;
    private final LiveRuns runs;
    private final Installer installer;
    private final LongSupplier clock;

    public TestFlushes(final TaskContext context, final LiveRuns runs, final Installer installer) {
        this.order = new FlushOrder(
                runs,
                (frozen, older) -> new FlushTask(context, List.of(frozen.memtable()), older, frozen.nextJournal()));
        this.runs = runs;
        this.installer = installer;
        this.clock = context.nanoClock();
    }

    /** One more of them. */
    public FlushAgent agent() {
        return new FlushAgent(
                order, () -> true, runs, installer, new Deaf(), new Retry(new Backoff(1, 1, clock), whyNot -> {}));
    }

    private static final class Deaf implements TaskEvents {
        @Override
        public void flushBegins(final long records, final long dataBytes) {}

        @Override
        public void flushed(
                final long records, final long dataBytes, final VersionEdit edit, final TaskStatistics statistics) {}

        @Override
        public void compactionBegins(final Compaction plan) {}

        @Override
        public void compacted(final Compaction plan, final VersionEdit edit, final TaskStatistics statistics) {}

        @Override
        public void failed(final String work, final AvccDbException failure) {}
    }
}
