package org.avccdb.engine.metrics;

import org.avccdb.EventListener.CompactionBegun;
import org.avccdb.EventListener.CompactionCompleted;
import org.avccdb.EventListener.FlushBegun;
import org.avccdb.EventListener.FlushCompleted;
import org.avccdb.EventListener.Rotated;
import org.avccdb.EventListener.TableCreated;
import org.avccdb.EventListener.TableDeleted;
import org.avccdb.EventListener.WriteStallEnded;

/**
 * What the database's log says of events. In so many words, because what a record says of itself is generated when it is first
 * asked for it: tens of milliseconds for the first of them, at the cost of the writer who rotates.
 */
final class EventText {
    private EventText() {}

    static String of(final FlushBegun event) {
        return "flush begun: " + records(event.memtables(), event.records(), event.dataBytes());
    }

    static String of(final FlushCompleted event) {
        return "flush completed: " + records(event.memtables(), event.records(), event.dataBytes()) + "; level "
                + event.level() + ", " + event.tables() + " tables, " + event.tableBytes() + " bytes; "
                + took(event.nanos());
    }

    static String of(final CompactionBegun event) {
        return "compaction begun: " + event.cause() + ", level " + event.level() + " to " + event.targetLevel() + "; "
                + event.tables() + " tables, " + event.bytes() + " bytes";
    }

    static String of(final CompactionCompleted event) {
        return "compaction completed: " + event.cause() + ", level " + event.level() + " to " + event.targetLevel()
                + (event.moved() ? ", moved" : "") + "; read " + event.tablesRead() + " tables, " + event.bytesRead()
                + " bytes; wrote " + event.tablesWritten() + " tables, " + event.bytesWritten() + " bytes; "
                + took(event.nanos());
    }

    static String of(final TableCreated event) {
        return "table created: " + event.table() + ", level " + event.level() + "; " + event.records() + " records, "
                + event.bytes() + " bytes";
    }

    static String of(final TableDeleted event) {
        return "table deleted: " + event.table() + "; " + event.bytes() + " bytes";
    }

    static String of(final WriteStallEnded event) {
        return "writes had to wait: " + event.cause() + "; " + took(event.nanos());
    }

    static String of(final Rotated event) {
        return "rotated: " + event.records() + " records, " + event.dataBytes() + " bytes; " + took(event.nanos());
    }

    private static String records(final int memtables, final long records, final long dataBytes) {
        return memtables + " memtables, " + records + " records, " + dataBytes + " bytes";
    }

    private static String took(final long nanos) {
        return nanos / 1_000 + " us";
    }
}
