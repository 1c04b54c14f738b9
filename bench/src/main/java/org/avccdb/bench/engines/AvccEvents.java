package org.avccdb.bench.engines;

import org.avccdb.EventListener;

/** Passes on what this project's database tells. */
final class AvccEvents implements EventListener {
    private final Events events;

    AvccEvents(final Events events) {
        this.events = events;
    }

    @Override
    public void flushBegun(final FlushBegun event) {
        events.begun();
    }

    @Override
    public void flushCompleted(final FlushCompleted event) {
        events.ended();
        events.endedNow("flush", event.nanos(), event.tableBytes(), "to level " + event.level());
    }

    @Override
    public void compactionBegun(final CompactionBegun event) {
        events.begun();
    }

    @Override
    public void compactionCompleted(final CompactionCompleted event) {
        events.ended();
        events.endedNow(
                "compaction",
                event.nanos(),
                event.bytesWritten(),
                event.level() + " to " + event.targetLevel() + (event.moved() ? ", moved" : ""));
    }

    @Override
    public void backgroundError(final BackgroundError event) {
        events.failed(event.work() + ": " + event.error());
    }

    @Override
    public void writeStallEnded(final WriteStallEnded event) {
        events.endedNow("stall", event.nanos(), 0, event.cause().name());
    }
}
