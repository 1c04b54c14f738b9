package org.avccdb.engine.metrics;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.avccdb.EventListener.CompactionCompleted;
import org.avccdb.EventListener.FlushCompleted;
import org.avccdb.EventListener.Rotated;
import org.avccdb.StallCause;

/**
 * Events for the JDK's flight recorder. Where nobody has ever recorded, each costs a test of a flag. They are committed when something
 * is over and carry how long it took: what begins and what ends it are often different calls.
 */
final class Recordings {
    /** A runtime image may have been made without the recorder. */
    private static final boolean AVAILABLE =
            ModuleLayer.boot().findModule("jdk.jfr").isPresent();

    private Recordings() {}

    /** Asked first: to load one of the events below makes the recorder get ready, which takes a tenth of a second. */
    private static boolean isRecorded() {
        return AVAILABLE && FlightRecorder.isInitialized();
    }

    static void flush(final FlushCompleted flush) {
        if (isRecorded()) {
            final FlushEvent event = new FlushEvent();
            if (event.shouldCommit()) {
                event.records = flush.records();
                event.dataBytes = flush.dataBytes();
                event.tables = flush.tables();
                event.level = flush.level();
                event.tableBytes = flush.tableBytes();
                event.took = flush.nanos();
                event.commit();
            }
        }
    }

    static void compaction(final CompactionCompleted compaction) {
        if (isRecorded()) {
            final CompactionEvent event = new CompactionEvent();
            if (event.shouldCommit()) {
                event.cause = compaction.cause().name();
                event.level = compaction.level();
                event.targetLevel = compaction.targetLevel();
                event.moved = compaction.moved();
                event.bytesRead = compaction.bytesRead();
                event.bytesWritten = compaction.bytesWritten();
                event.took = compaction.nanos();
                event.commit();
            }
        }
    }

    static void stall(final StallCause cause, final long nanos) {
        if (isRecorded()) {
            final WriteStallEvent event = new WriteStallEvent();
            if (event.shouldCommit()) {
                event.cause = cause.name();
                event.took = nanos;
                event.commit();
            }
        }
    }

    static void rotation(final Rotated rotated) {
        if (isRecorded()) {
            final RotationEvent event = new RotationEvent();
            if (event.shouldCommit()) {
                event.records = rotated.records();
                event.dataBytes = rotated.dataBytes();
                event.took = rotated.nanos();
                event.commit();
            }
        }
    }

    static void journalSync(final long nanos) {
        if (isRecorded()) {
            final JournalSyncEvent event = new JournalSyncEvent();
            if (event.shouldCommit()) {
                event.took = nanos;
                event.commit();
            }
        }
    }

    @Name("org.avccdb.Flush")
    @Label("Flush")
    @Description("Frozen memtables were written to tables")
    @Category("avccDB")
    @StackTrace(false)
    static final class FlushEvent extends Event {
        @Label("Records")
        long records;

        @Label("Keys and Values")
        @DataAmount
        long dataBytes;

        @Label("Tables")
        int tables;

        @Label("Level")
        int level;

        @Label("Table Size")
        @DataAmount
        long tableBytes;

        @Label("Took")
        @Timespan
        long took;
    }

    @Name("org.avccdb.Compaction")
    @Label("Compaction")
    @Description("Tables were merged")
    @Category("avccDB")
    @StackTrace(false)
    static final class CompactionEvent extends Event {
        @Label("Cause")
        String cause;

        @Label("Level")
        int level;

        @Label("Target Level")
        int targetLevel;

        @Label("Moved")
        @Description("Whether a table only changed its level")
        boolean moved;

        @Label("Bytes Read")
        @DataAmount
        long bytesRead;

        @Label("Bytes Written")
        @DataAmount
        long bytesWritten;

        @Label("Took")
        @Timespan
        long took;
    }

    @Name("org.avccdb.WriteStall")
    @Label("Write Stall")
    @Description("Writes were slowed down, or waited for flush or compaction")
    @Category("avccDB")
    @StackTrace(false)
    static final class WriteStallEvent extends Event {
        @Label("Cause")
        String cause;

        @Label("Took")
        @Timespan
        long took;
    }

    @Name("org.avccdb.Rotation")
    @Label("Rotation")
    @Description("A full memtable was frozen and the next one taken")
    @Category("avccDB")
    @StackTrace(false)
    static final class RotationEvent extends Event {
        @Label("Records")
        long records;

        @Label("Keys and Values")
        @DataAmount
        long dataBytes;

        @Label("Took")
        @Timespan
        long took;
    }

    @Name("org.avccdb.JournalSync")
    @Label("Journal Sync")
    @Description("The journal was made durable")
    @Category("avccDB")
    @StackTrace(false)
    static final class JournalSyncEvent extends Event {
        @Label("Took")
        @Timespan
        long took;
    }
}
