package org.avccdb.bench.engines;

import org.rocksdb.AbstractEventListener;
import org.rocksdb.CompactionJobInfo;
import org.rocksdb.FlushJobInfo;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteStallCondition;
import org.rocksdb.WriteStallInfo;

/** Passes on what RocksDB tells. */
final class RocksEvents extends AbstractEventListener {
    private static final long NANOS_A_MICRO = 1_000;

    private final Events events;
    private volatile long flushBegan;
    private volatile long stallBegan;

    RocksEvents(final Events events) {
        super(
                EnabledEventCallback.ON_FLUSH_BEGIN,
                EnabledEventCallback.ON_FLUSH_COMPLETED,
                EnabledEventCallback.ON_COMPACTION_COMPLETED,
                EnabledEventCallback.ON_STALL_CONDITIONS_CHANGED);
        this.events = events;
    }

    @Override
    public void onFlushBegin(final RocksDB db, final FlushJobInfo info) {
        flushBegan = System.nanoTime();
    }

    @Override
    public void onFlushCompleted(final RocksDB db, final FlushJobInfo info) {
        events.endedNow(
                "flush",
                System.nanoTime() - flushBegan,
                info.getTableProperties().getDataSize(),
                info.getFlushReason().name());
    }

    @Override
    public void onCompactionCompleted(final RocksDB db, final CompactionJobInfo info) {
        events.endedNow(
                "compaction",
                info.stats().elapsedMicros() * NANOS_A_MICRO,
                info.stats().totalOutputBytes(),
                info.baseInputLevel() + " to " + info.outputLevel());
    }

    @Override
    public void onStallConditionsChanged(final WriteStallInfo info) {
        final boolean was = info.getPreviousCondition() != WriteStallCondition.NORMAL;
        final boolean is = info.getCurrentCondition() != WriteStallCondition.NORMAL;
        if (was) {
            events.endedNow(
                    "stall",
                    System.nanoTime() - stallBegan,
                    0,
                    info.getPreviousCondition().name());
        }
        if (is) {
            stallBegan = System.nanoTime();
        }
    }
}
