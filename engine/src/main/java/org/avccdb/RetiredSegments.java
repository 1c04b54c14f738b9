package org.avccdb;

import java.util.List;
import org.avccdb.EventListener.BackgroundError;
import org.avccdb.engine.journal.Journal;
import org.avccdb.engine.journal.JournalReplay;
import org.avccdb.engine.metrics.EventLog;
import org.avccdb.engine.storage.Storage;

/**
 * Takes journal segments out of use whose content is in tables. One background thread at a time uses it.
 *
 * <ol>
 *   <li>A segment is taken out of use only after the edit that says it is not needed is durable.
 * </ol>
 */
final class RetiredSegments {
    private final Storage storage;
    private final Journal journal;
    private long upTo;

    RetiredSegments(final Storage storage, final Journal journal) {
        this.storage = storage;
        this.journal = journal;
    }

    /** Takes out of use what is older than the oldest segment that is needed. */
    int work(final long oldestNeeded, final EventLog events) {
        if (oldestNeeded <= upTo) {
            return 0;
        }
        final List<Long> present = JournalReplay.present(storage, 0);
        int done = 0;
        for (final long number : present) {
            if (number < oldestNeeded) {
                try {
                    journal.retire(number);
                    done++;
                } catch (final AvccDbException failure) {
                    events.backgroundError(new BackgroundError("recycling of a journal segment", failure));
                }
            }
        }
        upTo = oldestNeeded;
        return done;
    }
}
