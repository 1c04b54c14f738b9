package org.avccdb.engine.metrics;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;
import org.avccdb.EventListener;
import org.avccdb.StallCause;

/**
 * Takes every event of the engine to all who want to know: the metrics, the user's listener, the flight recorder and the
 * database's log.
 *
 * <ol>
 *   <li>Any thread reports any event, but for those that {@link Metrics} leaves to the writer's role: {@link #rotated}, stalls,
 *       delays and syncs. Nothing that the listener throws reaches who reports.
 *   <li>Lines of the log wait in a queue until {@link #drain}, which one thread at a time calls: whoever reports is not held
 *       up by a disk. Where the queue is full, lines are left out, and their number is written instead.
 * </ol>
 */
public final class EventLog implements EventListener {
    private static final int QUEUE_CAPACITY = 1024;

    private final Metrics metrics;
    private final EventListener listener;
    private final Consumer<String> sink;
    private final InstantSource clock;
    private final ManyToOneConcurrentArrayQueue<String> lines = new ManyToOneConcurrentArrayQueue<>(QUEUE_CAPACITY);
    private final AtomicLong leftOut = new AtomicLong();

    /**
     * A log that nothing is in.
     *
     * @param sink takes lines, without their end
     * @param clock the time of day
     */
    public EventLog(
            final Metrics metrics,
            final EventListener listener,
            final Consumer<String> sink,
            final InstantSource clock) {
        this.metrics = metrics;
        this.listener = listener;
        this.sink = sink;
        this.clock = clock;
    }

    /** Puts a line into the log. */
    public void line(final String text) {
        if (!lines.offer(clock.instant().truncatedTo(ChronoUnit.MILLIS) + " " + text)) {
            leftOut.incrementAndGet();
        }
    }

    /** Puts a failure into the log, with what it was caused by. */
    public void failure(final String text, final Throwable error) {
        final StringBuilder causes = new StringBuilder(text);
        Throwable cause = error;
        // A bound, because causes may form a circle.
        for (int i = 0; i < 8 && cause != null; i++) {
            causes.append(i == 0 ? ": " : ", caused by ").append(cause);
            cause = cause.getCause();
        }
        line(causes.toString());
    }

    /**
     * Writes what has been reported. What the sink throws reaches the caller; the line is lost then.
     *
     * @return how many lines
     */
    public int drain() {
        final long missing = leftOut.getAndSet(0);
        final int written = lines.drain(sink);
        if (missing > 0) {
            sink.accept(missing + " lines were left out, because they came too fast");
        }
        return written;
    }

    @Override
    public void flushBegun(final FlushBegun event) {
        line(EventText.of(event));
        tell(() -> listener.flushBegun(event));
    }

    @Override
    public void flushCompleted(final FlushCompleted event) {
        metrics.flushed(event);
        Recordings.flush(event);
        line(EventText.of(event));
        tell(() -> listener.flushCompleted(event));
    }

    @Override
    public void compactionBegun(final CompactionBegun event) {
        line(EventText.of(event));
        tell(() -> listener.compactionBegun(event));
    }

    @Override
    public void compactionCompleted(final CompactionCompleted event) {
        metrics.compacted(event);
        Recordings.compaction(event);
        line(EventText.of(event));
        tell(() -> listener.compactionCompleted(event));
    }

    @Override
    public void tableCreated(final TableCreated event) {
        line(EventText.of(event));
        tell(() -> listener.tableCreated(event));
    }

    @Override
    public void tableDeleted(final TableDeleted event) {
        line(EventText.of(event));
        tell(() -> listener.tableDeleted(event));
    }

    /** Writes wait from now on. Writer's role. */
    @Override
    public void writeStallBegun(final WriteStallBegun event) {
        metrics.pauseBegun();
        tell(() -> listener.writeStallBegun(event));
    }

    /** Writes go on. Writer's role. */
    @Override
    public void writeStallEnded(final WriteStallEnded event) {
        metrics.pauseEnded(event.nanos());
        Recordings.stall(event.cause(), event.nanos());
        line(EventText.of(event));
        tell(() -> listener.writeStallEnded(event));
    }

    /** Writes were slowed down a little, too often for a line in the log or a call of the listener. Writer's role. */
    public void writesDelayed(final long nanos) {
        metrics.delayed(nanos);
        Recordings.stall(StallCause.LEVEL0_SLOWDOWN, nanos);
    }

    /** The journal was made durable. Writer's role. */
    public void journalSynced(final long nanos) {
        metrics.synced(nanos);
        Recordings.journalSync(nanos);
    }

    /** Memtable and journal segment were changed. Writer's role. */
    @Override
    public void rotated(final Rotated event) {
        metrics.rotated(event.nanos());
        Recordings.rotation(event);
        line(EventText.of(event));
        tell(() -> listener.rotated(event));
    }

    @Override
    public void backgroundError(final BackgroundError event) {
        metrics.counters().increment(Counter.BACKGROUND_ERRORS);
        failure(event.work() + " failed and will be tried again", event.error());
        tell(() -> listener.backgroundError(event));
    }

    @Override
    public void writingStopped(final WritingStopped event) {
        failure("no more writes are accepted: " + event.reason(), event.error());
        tell(() -> listener.writingStopped(event));
    }

    private void tell(final Runnable call) {
        try {
            call.run();
        } catch (final Throwable thrown) {
            // Whatever a listener does wrong, the database's work goes on.
            failure("the event listener threw", thrown);
        }
    }
}
