package org.avccdb;

import java.util.Iterator;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.avccdb.EventListener.BackgroundError;
import org.avccdb.engine.journal.Journal;
import org.avccdb.engine.journal.JournalReplay;
import org.avccdb.engine.metrics.EventLog;
import org.avccdb.engine.storage.Storage;

/**
 * Takes journal segments out of use whose content is in tables, and deletes those that wait for their next use where it does
 * not come soon. One background thread at a time uses it.
 *
 * <ol>
 *   <li>A segment is taken out of use only after the edit that says it is not needed is durable.
 *   <li>The directory is asked for segments once, for those of the time before, which the journal does not know of.
 * </ol>
 */
final class RetiredSegments {
    /** Where no segment has been used for so long writes are so slow that preparing one anew for each is no burden. */
    private static final long SPARE_IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Storage storage;
    private final Journal journal;
    private final LongSupplier clock;
    private long upTo;
    /** Segments that may be there: those that were when the first was to be retired, and what the journal has made since. */
    private final TreeSet<Long> there = new TreeSet<>();

    private boolean isListed;

    private long prepared;
    private long preparedAt;

    RetiredSegments(final Storage storage, final Journal journal, final LongSupplier clock) {
        this.storage = storage;
        this.journal = journal;
        this.clock = clock;
        this.preparedAt = clock.getAsLong();
    }

    /** Takes out of use what is older than the oldest segment that is needed; else deletes a file that waits in vain. */
    int work(final long oldestNeeded, final EventLog events) {
        return oldestNeeded > upTo ? retire(oldestNeeded, events) : shrink(events);
    }

    private int shrink(final EventLog events) {
        final long now = clock.getAsLong();
        if (journal.prepared() != prepared) {
            prepared = journal.prepared();
            preparedAt = now;
        }
        if (now - preparedAt < SPARE_IDLE_NANOS) {
            return 0;
        }
        try {
            return journal.shrink() ? 1 : 0;
        } catch (final AvccDbException failure) {
            events.backgroundError(new BackgroundError("deletion of a journal segment that is not needed", failure));
            return 0;
        }
    }

    private int retire(final long oldestNeeded, final EventLog events) {
        if (!isListed) {
            there.addAll(JournalReplay.present(storage, 0));
            isListed = true;
        }
        there.addAll(journal.numbers());
        int done = 0;
        for (final Iterator<Long> older = there.headSet(oldestNeeded).iterator(); older.hasNext(); ) {
            try {
                if (journal.retire(older.next())) {
                    older.remove();
                    done++;
                }
            } catch (final AvccDbException failure) {
                events.backgroundError(new BackgroundError("recycling of a journal segment", failure));
            }
        }
        upTo = oldestNeeded;
        return done;
    }
}
